"""One instance of PostgreSQL, whatever its data come from: its logs' groups first, then the instance."""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws
import pulumi_random as random

from components.database_catalogue import DATABASE, instance_thresholds
from components.database_ground import DatabaseGround
from components.database_origin import Follower, Origin
from components.naming import lowercase_name, retiring_tag
from components.tags import backed_up
from components.watched import Watched
from settings_database import PORT

IDENTIFIER_LIMIT = 43
"""RDS takes 63; but an export takes 60 and is called like its snapshot, which is the instance's name and `-2026-12-01-03-04`."""
LOGS = {"postgresql": "statements", "upgrade": "upgrades", "iam-db-auth-error": "logins"}
"""What RDS exports (rds, CreateDBInstance, EnableCloudwatchLogsExports), and what we call it."""
MONITORING_SECONDS = 60
"""How often the operating system is measured."""
SLOW = pulumi.CustomTimeouts(create="12h", update="3h", delete="2h")
"""A restore copies everything, over to another region too, and a change of class waits for the standby."""


@dataclass(frozen=True, kw_only=True)
class DatabaseInstanceArgs:
    """One instance among those of the database."""

    ground: DatabaseGround
    """What it stands on."""
    role: str
    """What it is called among the others, which makes its identifier: `database`, `database-r1`."""
    origin: Origin
    """Where its data come from."""
    instance_class: str
    """Its size."""
    version: str
    """Its version of PostgreSQL."""
    backup_days: int
    """How long its backups are kept; 0 for none, which only a replica may have."""
    multi_az: bool
    """Whether a standby waits in another zone."""
    zone: str | None = None
    """The zone that it stands in; None for AWS's choice."""
    retiring: bool = False
    """Whether it is no longer protected."""
    after: Sequence[pulumi.Resource] = ()
    """The instance that it follows, or followed until it was promoted."""


class DatabaseInstance(pulumi.ComponentResource):
    """An instance with encrypted gp3 storage that grows by itself, logins by IAM, TLS, backups, measures, and logs that end.

    Nothing is applied at once: a change of class, version or parameter waits for the maintenance window, since it interrupts. Its
    identifier is fixed, so that the log groups can be there first; RDS would make ones that never end. Another identifier is another
    instance. Refuses paid extended support and upgrades of AWS's own choice. Stateful: instance and log groups are protected until it is
    retiring, and the instance once more by AWS; the last thing it leaves is a snapshot, whose name no earlier instance has left. A
    db.m8g.large costs about 130 USD a month, a db.t4g.medium 52, each twice that with a standby, and a GiB 0.14 USD.
    """

    instance: aws.rds.Instance
    """The instance itself."""
    identifier: str
    """What AWS calls it."""
    follows: bool
    """Whether it is a replica."""
    log_group_name: pulumi.Output[str]
    """Where the statements are logged."""
    watched: Watched
    """The instance, as its alarms see it."""

    def __init__(self, name: str, args: DatabaseInstanceArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("switchyard:database:DatabaseInstance", name, None, opts)
        self.identifier, self.follows = lowercase_name(args.role, IDENTIFIER_LIMIT), isinstance(args.origin, Follower)
        logs = {log: self._log_group(f"{name}-{called}", log, args) for log, called in LOGS.items()}
        self.instance = self._instance(name, args, list(logs.values()))
        self.watched = self._watched(name, args)
        self.log_group_name = logs["postgresql"].name
        self.register_outputs({})

    def _log_group(self, name: str, log: str, args: DatabaseInstanceArgs) -> aws.cloudwatch.LogGroup:
        return aws.cloudwatch.LogGroup(
            name,
            name=f"/aws/rds/instance/{self.identifier}/{log}",
            kms_key_id=args.ground.args.logs_key_arn,
            retention_in_days=args.ground.args.log_retention_days,
            tags=retiring_tag(args.retiring),
            opts=pulumi.ResourceOptions(parent=self, protect=not args.retiring),
        )

    def _instance(self, name: str, args: DatabaseInstanceArgs, logs: Sequence[pulumi.Resource]) -> aws.rds.Instance:
        inputs = _server(self.identifier, args)
        _stored(inputs, args)
        _kept(inputs, args, None if self.follows else self._last(f"{name}-last"))
        _seen(inputs, args)
        args.origin.shape(inputs, args.ground)
        before = [*logs, *args.ground.ready, *args.after]
        options = pulumi.ResourceOptions(
            parent=self, protect=not args.retiring, depends_on=before, custom_timeouts=SLOW, replace_on_changes=["identifier"]
        )
        return aws.rds.Instance(name, inputs, options)

    def _last(self, name: str) -> random.RandomId:
        return random.RandomId(name, byte_length=4, opts=pulumi.ResourceOptions(parent=self))

    def _watched(self, name: str, args: DatabaseInstanceArgs) -> Watched:
        config = args.ground.args.config
        return Watched(
            name=name,
            subject=DATABASE,
            dimensions={"DBInstanceIdentifier": self.instance.identifier},
            thresholds=instance_thresholds(args.instance_class, config.connections, config.storage_gib),
            follows=self.follows,
        )


def _server(identifier: str, args: DatabaseInstanceArgs) -> aws.rds.InstanceArgs:
    """The server: what it is, where it stands, who may reach it and how."""
    return aws.rds.InstanceArgs(
        identifier=identifier,
        engine="postgres",
        engine_version=args.version,
        auto_minor_version_upgrade=False,
        apply_immediately=False,
        instance_class=args.instance_class,
        multi_az=args.multi_az,
        availability_zone=args.zone,
        maintenance_window=args.ground.args.config.maintenance_window,
        parameter_group_name=args.ground.parameter_group_name,
        port=PORT,
        publicly_accessible=False,
        vpc_security_group_ids=[args.ground.args.group_id],
        ca_cert_identifier=args.ground.args.config.ca,
        iam_database_authentication_enabled=True,
    )


def _stored(inputs: aws.rds.InstanceArgs, args: DatabaseInstanceArgs) -> None:
    """The volume."""
    config = args.ground.args.config
    inputs.storage_type, inputs.storage_encrypted = "gp3", True
    inputs.iops, inputs.storage_throughput = config.iops, config.throughput_mibps
    inputs.max_allocated_storage = config.max_storage_gib


def _kept(inputs: aws.rds.InstanceArgs, args: DatabaseInstanceArgs, last: random.RandomId | None) -> None:
    """What is left of it, whatever happens: backups, which outlive it, and a last snapshot; AWS makes none of a replica."""
    inputs.backup_retention_period, inputs.backup_window = args.backup_days, args.ground.args.config.backup_window
    inputs.delete_automated_backups, inputs.copy_tags_to_snapshot = False, True
    inputs.skip_final_snapshot = last is None
    inputs.final_snapshot_identifier = pulumi.Output.concat(str(inputs.identifier), "-last-", last.hex) if last else None
    inputs.deletion_protection = not args.retiring
    inputs.tags = {**(backed_up() if last else {}), **retiring_tag(args.retiring)}


def _seen(inputs: aws.rds.InstanceArgs, args: DatabaseInstanceArgs) -> None:
    """What is recorded of it."""
    ground = args.ground
    inputs.enabled_cloudwatch_logs_exports = sorted(LOGS)
    inputs.monitoring_interval, inputs.monitoring_role_arn = MONITORING_SECONDS, ground.monitoring_role_arn
    inputs.performance_insights_enabled, inputs.performance_insights_kms_key_id = True, ground.args.data_key_arn
    inputs.performance_insights_retention_period = ground.args.config.insights.retention_days
