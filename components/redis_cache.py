"""Redis: one group of nodes without shards, a primary and the replicas that take its place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.firewall import PORTS
from components.redis_catalogue import LOGS, NODE
from components.redis_logs import RedisLogs, RedisLogsArgs
from components.redis_secret import RedisSecret, RedisSecretArgs
from components.redis_users import SERVICES, RedisUsers, RedisUsersArgs
from components.watched import Watched
from settings import Settings
from settings_endpoints import THING_SECRETS, THING_VARIABLES
from settings_redis import Redis
from settings_types import Dependency

PORT = PORTS[Dependency.REDIS]
THING = Dependency.REDIS


@dataclass(frozen=True, kw_only=True)
class RedisCacheArgs:
    """Its section, and where it stands."""

    settings: Settings
    """Who uses it, and how long records are kept."""
    config: Redis
    """The section `switchyard:redis`."""
    subnet_ids: Sequence[pulumi.Input[str]]
    """The network's data tier, one subnet a zone."""
    group_id: pulumi.Input[str]
    """The security group in which the nodes stand."""
    data_key_arn: pulumi.Input[str]
    """Encrypts snapshots, what is on disk and the password."""
    logs_key_arn: pulumi.Input[str]
    """Encrypts the log groups."""
    ready: Sequence[pulumi.Resource]
    """What must exist before a node is reached."""


class RedisCache(pulumi.ComponentResource):
    """A replication group that speaks TLS only, to users that give a password, with its logs, its users and their password's entry.

    A replica takes over by itself where `multi_az` is on. Changes are applied at once, not in the maintenance window: config is what runs,
    a preview would show what waits for ever, and log delivery takes no other way; what interrupts (a node type, a version) is rolled node
    by node. ElastiCache tells of its events at unencrypted topics alone, and makes one that is encrypted inactive without a word; so no
    topic is named, and the alarms of each node and the engine log say what an event would. Stateful: protected. Two cache.t4g.small
    cost about 47 USD a month, three cache.m7g.large about 350.
    """

    told: Mapping[str, pulumi.Output[str]]
    """What a service that uses it is told: parameters by name."""
    secrets: Mapping[str, pulumi.Output[str]]
    """What such a service reads: the entry of its password, by the secret's name."""
    before: Sequence[pulumi.Resource]
    """What must be in place before that is read."""
    watched: Sequence[Watched]
    """Each node."""

    def __init__(self, name: str, args: RedisCacheArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("switchyard:data:RedisCache", name, None, opts)
        users = self._users(name, args)
        password = self._secret(args, users)
        logs = self._logs(name, args)
        group = self._group(name, args, users, logs)
        self.told = _told(group)
        self.secrets = dict.fromkeys(THING_SECRETS[THING], password.arn)
        self.before = password.ready
        self.watched = [_watched(name, place, group) for place in range(args.config.nodes)]
        self.register_outputs({})

    def _users(self, name: str, args: RedisCacheArgs) -> RedisUsers:
        users = RedisUsersArgs(engine=args.config.engine, password_version=args.config.password_version)
        return RedisUsers(f"{name}-users", users, pulumi.ResourceOptions(parent=self))

    def _secret(self, args: RedisCacheArgs, users: RedisUsers) -> RedisSecret:
        settings = args.settings
        secret = RedisSecretArgs(
            account_id=settings.account_id,
            readers=sorted(settings.resource_name(service) for service, config in settings.services.items() if THING in config.uses),
            key_arn=args.data_key_arn,
            password=users.password,
            user=users.services,
        )
        return RedisSecret(THING_SECRETS[THING][0], secret, pulumi.ResourceOptions(parent=self))

    def _logs(self, name: str, args: RedisCacheArgs) -> RedisLogs:
        logs = RedisLogsArgs(
            account_id=args.settings.account_id,
            region=args.settings.region,
            key_arn=args.logs_key_arn,
            retention_days=args.settings.monitoring.log_retention_days,
        )
        return RedisLogs(name, logs, pulumi.ResourceOptions(parent=self))

    def _subnets(self, name: str, args: RedisCacheArgs) -> aws.elasticache.SubnetGroup:
        return aws.elasticache.SubnetGroup(
            f"{name}-subnets", description="The data tier", subnet_ids=args.subnet_ids, opts=pulumi.ResourceOptions(parent=self)
        )

    def _parameters(self, name: str, config: Redis) -> aws.elasticache.ParameterGroup:
        values = {"maxmemory-policy": config.eviction_policy, "timeout": str(config.timeout_seconds)}
        parameters = [aws.elasticache.ParameterGroupParameterArgs(name=key, value=value) for key, value in values.items()]
        return aws.elasticache.ParameterGroup(
            f"{name}-parameters",
            description="What switchyard:redis says",
            family=config.family,
            parameters=parameters,
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _group(self, name: str, args: RedisCacheArgs, users: RedisUsers, logs: RedisLogs) -> aws.elasticache.ReplicationGroup:
        config = args.config
        return aws.elasticache.ReplicationGroup(
            f"{name}-group",
            description=f"{pulumi.get_project()} {pulumi.get_stack()}",
            engine=config.engine,
            engine_version=config.version,
            parameter_group_name=self._parameters(name, config).name,
            node_type=config.node_type,
            num_cache_clusters=config.nodes,
            automatic_failover_enabled=config.multi_az,
            multi_az_enabled=config.multi_az,
            subnet_group_name=self._subnets(name, args).name,
            security_group_ids=[args.group_id],
            port=PORT,
            at_rest_encryption_enabled=True,
            kms_key_id=args.data_key_arn,
            transit_encryption_enabled=True,
            transit_encryption_mode="required",
            user_group_ids=[users.group_id],
            snapshot_retention_limit=config.snapshot_days,
            snapshot_window=config.snapshot_window if config.snapshot_days else None,
            maintenance_window=config.maintenance_window,
            auto_minor_version_upgrade=True,
            log_delivery_configurations=[_delivery(log, logs) for log in LOGS],
            apply_immediately=True,
            opts=pulumi.ResourceOptions(parent=self, protect=True, depends_on=[*args.ready, logs.delivery]),
        )


def _delivery(log: str, logs: RedisLogs) -> aws.elasticache.ReplicationGroupLogDeliveryConfigurationArgs:
    return aws.elasticache.ReplicationGroupLogDeliveryConfigurationArgs(
        log_type=log, log_format="json", destination_type="cloudwatch-logs", destination=logs.groups[log]
    )


def _told(group: aws.elasticache.ReplicationGroup) -> Mapping[str, pulumi.Output[str]]:
    values = (group.primary_endpoint_address, group.reader_endpoint_address, pulumi.Output.from_input(str(PORT)))
    return dict(zip(THING_VARIABLES[THING], (*values, pulumi.Output.from_input(SERVICES)), strict=True))


def _watched(name: str, place: int, group: aws.elasticache.ReplicationGroup) -> Watched:
    """A node by its place among the ids in their order: a node that comes has a number of its own."""
    node = group.member_clusters.apply(lambda nodes: sorted(nodes)[place])
    return Watched(name=f"{name}-{place + 1}", subject=NODE, dimensions={"CacheClusterId": node})
