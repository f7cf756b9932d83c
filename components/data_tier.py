"""The data tier: what keeps the application's data, in subnets that reach nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi

from components.backups import Backups, BackupsArgs
from components.database import Database, DatabaseArgs
from components.database_copy import DatabaseCopy, DatabaseCopyArgs
from components.database_ground import DatabaseGroundArgs
from components.encryption import Encryption
from components.redis_cache import RedisCache, RedisCacheArgs
from components.signals import Tell
from components.watched import Watched
from settings import Settings
from settings_types import Dependency


@dataclass(frozen=True, kw_only=True)
class DataTierArgs:
    """What it is told, and where it stands."""

    settings: Settings
    """Its sections say what there is: one that is missing makes nothing."""
    subnet_ids: Sequence[pulumi.Input[str]]
    """The network's data tier, one subnet a zone."""
    group_ids: Mapping[Dependency, pulumi.Input[str]]
    """The security group in which each thing stands."""
    encryption: Encryption
    """The keys: of what is stored, of its backups and of logs."""
    topics: Mapping[str | None, Mapping[Tell, pulumi.Input[str]]]
    """Who is told, by region (None for the stack's own) and news."""
    site_bucket: pulumi.Input[str]
    """The name of the bucket with the site's releases, which is backed up too."""
    ready: Sequence[pulumi.Resource]
    """What must exist before anything is reached."""


class DataTier(pulumi.ComponentResource):
    """What the services use. Stateful in its parts, which are protected; the parts say what they cost."""

    told: Mapping[Dependency, Mapping[str, pulumi.Input[str]]]
    """What a service that uses a thing is told of it: parameters by name."""
    secrets: Mapping[Dependency, Mapping[str, pulumi.Input[str]]]
    """The secrets that such a service reads: entries by name."""
    before: Mapping[Dependency, Sequence[pulumi.Resource]]
    """What must be in place before such a service starts."""
    database_logins: Sequence[pulumi.Input[str]]
    """What a service that uses the database logs in to, each of which its user's name goes behind."""
    database: Mapping[str, pulumi.Input[str | int]]
    """What the stack exports of the database; nothing where there is none."""
    watched: Sequence[Watched]
    """All that is watched of it."""

    def __init__(self, name: str, args: DataTierArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("switchyard:data:DataTier", name, None, opts)
        redis, database = self._redis("redis", args), self._database("database", args)
        backups = self._backups("backups", args, database)
        self._copy("database", args, database)
        self.told = {Dependency.REDIS: redis.told} if redis else {}
        self.told |= {Dependency.DATABASE: database.told()} if database else {}
        self.secrets = {Dependency.REDIS: redis.secrets} if redis else {}
        self.before = {Dependency.REDIS: redis.before} if redis else {}
        self.before |= {Dependency.DATABASE: database.before} if database else {}
        self.database = database.summary if database else {}
        self.database_logins = database.logins if database else []
        self.watched = [watched for made in (redis, database, backups) if made for watched in made.watched]
        self.register_outputs({})

    def _redis(self, name: str, args: DataTierArgs) -> RedisCache | None:
        config = args.settings.redis
        if config is None:
            return None
        redis = RedisCacheArgs(
            settings=args.settings,
            config=config,
            subnet_ids=args.subnet_ids,
            group_id=args.group_ids[Dependency.REDIS],
            data_key_arn=args.encryption.data_key_arn,
            logs_key_arn=args.encryption.logs_key_arn,
            ready=args.ready,
        )
        return RedisCache(name, redis, pulumi.ResourceOptions(parent=self))

    def _database(self, name: str, args: DataTierArgs) -> Database | None:
        config = args.settings.database
        if config is None:
            return None
        ground = DatabaseGroundArgs(
            config=config,
            account_id=args.settings.account_id,
            region=args.settings.region,
            subnet_ids=args.subnet_ids,
            group_id=args.group_ids[Dependency.DATABASE],
            data_key_arn=args.encryption.data_key_arn,
            logs_key_arn=args.encryption.logs_key_arn,
            log_retention_days=args.settings.monitoring.log_retention_days,
        )
        ticket = args.topics[None][Tell.TICKET]
        database = DatabaseArgs(config=config, ground=ground, users=args.settings.database_users, topic_arn=ticket)
        return Database(name, database, pulumi.ResourceOptions(parent=self))

    def _copy(self, name: str, args: DataTierArgs, database: Database | None) -> DatabaseCopy | None:
        config = args.settings.database
        if database is None or config is None or config.copied_days is None:
            return None
        region = args.settings.recovery.region
        copy = DatabaseCopyArgs(
            source_arn=database.arn, region=region, key_arn=args.encryption.backup_key_arns[region], days=config.copied_days
        )
        return DatabaseCopy(name, copy, pulumi.ResourceOptions(parent=self))

    def _backups(self, name: str, args: DataTierArgs, database: Database | None) -> Backups | None:
        config = args.settings.backup
        if config is None:
            return None
        backups_args = BackupsArgs(
            settings=config,
            account_id=args.settings.account_id,
            vault_key_arns=args.encryption.backup_key_arns,
            data_key_arns=[args.encryption.data_key_arn, args.encryption.site_key_arns[None]],
            buckets=[args.site_bucket],
            database_subnets=database.subnet_group_name if database else None,
            topics=args.topics,
        )
        return Backups(name, backups_args, pulumi.ResourceOptions(parent=self))
