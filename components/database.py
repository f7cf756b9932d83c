"""The database: the primary, its replicas and what was restored beside it, and where services find the one that they are to use."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi

from components.archive import Archive, ArchiveArgs
from components.database_events import DatabaseEvents, DatabaseEventsArgs
from components.database_ground import DatabaseGround, DatabaseGroundArgs
from components.database_instance import DatabaseInstance, DatabaseInstanceArgs
from components.database_origin import Empty, Follower, Origin, Promoted, Restored
from components.database_password import DatabasePassword, DatabasePasswordArgs
from components.database_proxy import DatabaseProxy, DatabaseProxyArgs
from components.database_replicas import DatabaseReplicas, DatabaseReplicasArgs
from components.log_searches import LogSearches, LogSearchesArgs
from components.watched import Watched
from settings_database import MASTER, NAME, PORT, PRIMARY, RESTORED
from settings_database import Database as Config


@dataclass(frozen=True, kw_only=True)
class DatabaseArgs:
    """The section, and the ground."""

    config: Config
    """`switchyard:database`."""
    ground: DatabaseGroundArgs
    """Where it stands, and how it is encrypted."""
    users: Sequence[str]
    """The services that log in, each under this name."""
    topic_arn: pulumi.Input[str]
    """Told what RDS says of the instances."""


class Database(pulumi.ComponentResource):
    """PostgreSQL with its replicas.

    Services log in as themselves, by IAM, to the instance that `database.use` names and to the replicas of the primary; the master
    password is for emergencies. Stateful: its instances, their log groups and the password are protected, and each instance says what it
    costs.
    """

    host: pulumi.Output[str]
    """Where services write."""
    before: Sequence[pulumi.Resource]
    """What must be in place before they start."""
    readers: Sequence[pulumi.Output[str]]
    """Where they may read."""
    logins: Sequence[pulumi.Output[str]]
    """What they log in to: with a user's name behind it, each is what `rds-db:connect` is allowed on."""
    arn: pulumi.Output[str]
    """The primary."""
    subnet_group_name: pulumi.Output[str]
    """Where its instances stand."""
    summary: Mapping[str, pulumi.Input[str | int]]
    """What the stack exports of it: the writing instance itself, for whoever administers it."""
    watched: Sequence[Watched]
    """Every instance, and the proxy."""

    def __init__(self, name: str, args: DatabaseArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("switchyard:database:Database", name, None, opts)
        ground = DatabaseGround(name, args.ground, pulumi.ResourceOptions(parent=self))
        secret_arn, password = self._master(f"{name}-master", args)
        primary = self._primary(name, args.config, ground, password)
        restored = self._restored(RESTORED, args.config, ground, password, primary)
        replicas = self._replicas(f"{name}-replicas", args.config, ground, password, primary)
        instances = [primary, *restored.values(), *replicas.promoted.values(), *replicas.following]
        writer = {PRIMARY: primary, **restored, **replicas.promoted}[args.config.use]
        following = replicas.following if writer is primary else []
        proxies = self._proxies(f"{name}-proxy", args, ground, writer)
        self.host = proxies[0].host if proxies else writer.instance.address
        self.before = [each.target for each in proxies]
        self.readers = [each.instance.address for each in following] or [self.host]
        written = proxies[0].resource_id if proxies else writer.instance.resource_id
        self.logins = [_login(args.ground, each) for each in [written, *(each.instance.resource_id for each in following)]]
        self._read(name, args, instances)
        self.arn, self.subnet_group_name = primary.instance.arn, ground.subnet_group_name
        self.summary = {"host": writer.instance.address, "port": PORT, "name": NAME, "user": MASTER, "secret": secret_arn}
        archives = self._archives("archive", args, primary)
        watched = [*(each.watched for each in instances), *(each.watched for each in proxies)]
        self.watched = [*watched, *(each for archive in archives for each in archive.watched)]
        self.register_outputs({})

    def _master(self, name: str, args: DatabaseArgs) -> tuple[pulumi.Input[str], pulumi.Output[str] | None]:
        """Where the master's password is kept, and the password; neither where it is the source's."""
        version = args.config.own_password_version
        if version is None:
            return "", None
        password = DatabasePasswordArgs(
            account_id=args.ground.account_id,
            version=version,
            administrators=args.config.administrators,
            key_arn=args.ground.data_key_arn,
            retiring=not args.config.deletion_protection,
        )
        made = DatabasePassword(name, password, pulumi.ResourceOptions(parent=self))
        return made.secret_arn, made.value

    def _primary(self, name: str, config: Config, ground: DatabaseGround, password: pulumi.Output[str] | None) -> DatabaseInstance:
        instance = _like_the_primary(config, ground, config.called, _origin(config, password), retiring=not config.deletion_protection)
        return DatabaseInstance(name, instance, pulumi.ResourceOptions(parent=self))

    def _restored(
        self, name: str, config: Config, ground: DatabaseGround, password: pulumi.Output[str] | None, primary: DatabaseInstance
    ) -> Mapping[str, DatabaseInstance]:
        restore = config.restore
        if not restore:
            return {}
        origin = Restored(restore=restore, source=primary.instance.identifier, password=password)
        retiring = restore.retiring or not config.deletion_protection
        instance = _like_the_primary(config, ground, f"{config.called}-restored", origin, retiring=retiring)
        return {RESTORED: DatabaseInstance(name, instance, pulumi.ResourceOptions(parent=self))}

    def _replicas(
        self, name: str, config: Config, ground: DatabaseGround, password: pulumi.Output[str] | None, primary: DatabaseInstance
    ) -> DatabaseReplicas:
        replicas = DatabaseReplicasArgs(ground=ground, source=primary.instance, password=password, retiring=not config.deletion_protection)
        return DatabaseReplicas(name, replicas, pulumi.ResourceOptions(parent=self))

    def _proxies(self, name: str, args: DatabaseArgs, ground: DatabaseGround, writer: DatabaseInstance) -> list[DatabaseProxy]:
        """One, or none without its section."""
        if not args.config.proxy:
            return []
        proxy = DatabaseProxyArgs(
            config=args.config.proxy,
            ground=ground,
            identifier=writer.instance.identifier,
            login=_login(args.ground, writer.instance.resource_id),
            users=args.users,
            retiring=args.config.proxy.retiring or not args.config.deletion_protection,
        )
        return [DatabaseProxy(name, proxy, pulumi.ResourceOptions(parent=self))]

    def _archives(self, name: str, args: DatabaseArgs, primary: DatabaseInstance) -> list[Archive]:
        """One, or none without its section."""
        if not args.config.archive:
            return []
        archive = ArchiveArgs(
            account_id=args.ground.account_id,
            region=args.ground.region,
            config=args.config.archive,
            identifier=primary.identifier,
            data_key_arn=args.ground.data_key_arn,
            logs_key_arn=args.ground.logs_key_arn,
            log_retention_days=args.ground.log_retention_days,
        )
        return [Archive(name, archive, pulumi.ResourceOptions(parent=self))]

    def _read(self, name: str, args: DatabaseArgs, instances: Sequence[DatabaseInstance]) -> None:
        """See to it that what happens is told, and what is logged is asked."""
        events = DatabaseEventsArgs(identifiers=[each.identifier for each in instances], topic_arn=args.topic_arn)
        DatabaseEvents(f"{name}-events", events, pulumi.ResourceOptions(parent=self))
        searches = LogSearchesArgs(log_group_names=[each.log_group_name for each in instances])
        LogSearches(f"{name}-log", searches, pulumi.ResourceOptions(parent=self))

    def told(self) -> Mapping[str, pulumi.Input[str]]:
        """What every service that uses the database is told of it."""
        return {
            "DATABASE_HOST": self.host,
            "DATABASE_PORT": str(PORT),
            "DATABASE_NAME": NAME,
            "DATABASE_READERS": pulumi.Output.all(*self.readers).apply(",".join),
        }


def _origin(config: Config, password: pulumi.Output[str] | None) -> Origin:
    if config.replica_of is None:
        return Empty(password=password)
    return Promoted(password=password, elsewhere=True) if config.promoted else Follower(source=config.replica_of, elsewhere=True)


def _like_the_primary(config: Config, ground: DatabaseGround, role: str, origin: Origin, *, retiring: bool) -> DatabaseInstanceArgs:
    return DatabaseInstanceArgs(
        ground=ground,
        role=role,
        origin=origin,
        instance_class=config.instance_class,
        version=config.version,
        backup_days=config.backup_days,
        multi_az=config.multi_az,
        retiring=retiring,
    )


def _login(ground: DatabaseGroundArgs, resource_id: pulumi.Input[str]) -> pulumi.Output[str]:
    return pulumi.Output.concat(f"arn:aws:rds-db:{ground.region}:{ground.account_id}:dbuser:", resource_id)
