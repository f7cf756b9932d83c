"""A pool of connections in front of the instance that services write to."""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.database_catalogue import PROXY, pool_thresholds
from components.database_ground import DatabaseGround
from components.documents import allow, assumed_by, policy
from components.naming import lowercase_name, retiring_tag
from components.watched import Watched
from settings_database import PORT, Proxy

NAME_LIMIT = 63


@dataclass(frozen=True, kw_only=True)
class DatabaseProxyArgs:
    """What is pooled, and for whom."""

    config: Proxy
    """`switchyard:database.proxy`."""
    ground: DatabaseGround
    """What the database stands on, and so does the proxy."""
    identifier: pulumi.Input[str]
    """The instance behind it."""
    login: pulumi.Input[str]
    """What `rds-db:connect` is allowed on to log in to that instance, without a user's name."""
    users: Sequence[str]
    """The services that log in, as whom the proxy then logs in itself."""
    retiring: bool
    """Whether its log group is no longer protected."""


class DatabaseProxy(pulumi.ComponentResource):
    """An RDS Proxy for writers that knows no password: clients log in to it by IAM, and it logs in to the instance by IAM as them.

    It stands in the database's security group, where services reach it as they would reach the database, and in one of its own, from
    which alone it reaches the instance. AWS lets no proxy stand before a replica. It is led to another instance within seconds, under the
    same address. Its name is fixed, so that its log group can be there first; other subnets would be another proxy, with a gap between.
    Stateful in its log group, which is protected until it is retiring. Costs about 11 USD a month for each vCPU, at least two.
    """

    proxy: aws.rds.Proxy
    """The proxy."""
    host: pulumi.Output[str]
    """Its address."""
    target: aws.rds.ProxyTarget
    """The instance behind it, without which it answers nobody."""
    watched: Watched
    """The proxy, as its alarms see it."""
    resource_id: pulumi.Output[str]
    """What services log in to: the end of its ARN, `prx-…`."""

    def __init__(self, name: str, args: DatabaseProxyArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("switchyard:database:DatabaseProxy", name, None, opts)
        fixed = lowercase_name("database-proxy", NAME_LIMIT)
        log = self._log_group(f"{name}-log", fixed, args)
        group = self._group(name, args)
        doors = [self._way_out(f"{name}-out", group, args), self._way_in(f"{name}-in", group, args)]
        role = self._role(f"{name}-role")
        logs_in = self._permissions(f"{name}-logs-in", args, role)
        self.proxy = self._proxy(name, fixed, args, group, role, [log, *logs_in, *doors])
        self.target = self._target(f"{name}-target", args, self._pool(f"{name}-pool", args))
        self.host = self.proxy.endpoint
        self.resource_id = self.proxy.arn.apply(lambda arn: arn.rpartition(":")[2])
        thresholds = pool_thresholds(args.ground.args.config.connections, args.config.max_connections_percent)
        self.watched = Watched(name=name, subject=PROXY, dimensions={"ProxyName": self.proxy.name}, thresholds=thresholds)
        self.register_outputs({})

    def _log_group(self, name: str, fixed: str, args: DatabaseProxyArgs) -> aws.cloudwatch.LogGroup:
        return aws.cloudwatch.LogGroup(
            name,
            name=f"/aws/rds/proxy/{fixed}",
            kms_key_id=args.ground.args.logs_key_arn,
            retention_in_days=args.ground.args.log_retention_days,
            tags=retiring_tag(args.retiring),
            opts=pulumi.ResourceOptions(parent=self, protect=not args.retiring),
        )

    def _group(self, name: str, args: DatabaseProxyArgs) -> aws.ec2.SecurityGroup:
        return aws.ec2.SecurityGroup(
            name, description="The proxy of the database", vpc_id=args.ground.vpc_id, opts=pulumi.ResourceOptions(parent=self)
        )

    def _way_out(self, name: str, group: aws.ec2.SecurityGroup, args: DatabaseProxyArgs) -> aws.vpc.SecurityGroupEgressRule:
        return aws.vpc.SecurityGroupEgressRule(
            name,
            description="The proxy, to the database",
            security_group_id=group.id,
            referenced_security_group_id=args.ground.args.group_id,
            ip_protocol="tcp",
            from_port=PORT,
            to_port=PORT,
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _way_in(self, name: str, group: aws.ec2.SecurityGroup, args: DatabaseProxyArgs) -> aws.vpc.SecurityGroupIngressRule:
        return aws.vpc.SecurityGroupIngressRule(
            name,
            description="The proxy, to the database",
            security_group_id=args.ground.args.group_id,
            referenced_security_group_id=group.id,
            ip_protocol="tcp",
            from_port=PORT,
            to_port=PORT,
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _role(self, name: str) -> aws.iam.Role:
        """Without a condition on whom RDS acts for: the proxy knows none of these keys, and would never get the role."""
        return aws.iam.Role(
            name,
            description="Lets the database's proxy log in as the services that are logged in to it",
            assume_role_policy=assumed_by("rds.amazonaws.com"),
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _permissions(self, name: str, args: DatabaseProxyArgs, role: aws.iam.Role) -> list[aws.iam.RolePolicy]:
        """One, or none before the first service uses the database: IAM takes no statement on nothing."""
        users = [pulumi.Output.concat(args.login, "/", user) for user in sorted(args.users)]
        if not users:
            return []
        may = policy(allow(["rds-db:connect"], users))
        return [aws.iam.RolePolicy(name, role=role.name, policy=may, opts=pulumi.ResourceOptions(parent=self))]

    def _proxy(
        self,
        name: str,
        fixed: str,
        args: DatabaseProxyArgs,
        group: aws.ec2.SecurityGroup,
        role: aws.iam.Role,
        before: Sequence[pulumi.Resource],
    ) -> aws.rds.Proxy:
        return aws.rds.Proxy(
            name,
            name=fixed,
            engine_family="POSTGRESQL",
            default_auth_scheme="IAM_AUTH",
            require_tls=True,
            debug_logging=False,
            idle_client_timeout=args.config.idle_timeout_seconds,
            role_arn=role.arn,
            vpc_subnet_ids=args.ground.args.subnet_ids,
            vpc_security_group_ids=[args.ground.args.group_id, group.id],
            opts=pulumi.ResourceOptions(parent=self, depends_on=before, delete_before_replace=True),
        )

    def _pool(self, name: str, args: DatabaseProxyArgs) -> aws.rds.ProxyDefaultTargetGroup:
        return aws.rds.ProxyDefaultTargetGroup(
            name,
            db_proxy_name=self.proxy.name,
            connection_pool_config=aws.rds.ProxyDefaultTargetGroupConnectionPoolConfigArgs(
                connection_borrow_timeout=args.config.borrow_timeout_seconds,
                max_connections_percent=args.config.max_connections_percent,
            ),
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _target(self, name: str, args: DatabaseProxyArgs, pool: aws.rds.ProxyDefaultTargetGroup) -> aws.rds.ProxyTarget:
        """One at a time: the proxy takes no second instance, so the first one goes before another comes."""
        return aws.rds.ProxyTarget(
            name,
            db_proxy_name=self.proxy.name,
            target_group_name=pool.name,
            db_instance_identifier=args.identifier,
            opts=pulumi.ResourceOptions(parent=self, delete_before_replace=True),
        )
