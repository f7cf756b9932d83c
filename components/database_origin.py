"""Where an instance has its data from: each kind knows the inputs that AWS takes of it, and leaves out those that it refuses."""

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.database_ground import DatabaseGround
from settings_database import MASTER, NAME, Restore

STANDARD_SUPPORT = "open-source-rds-extended-support-disabled"
"""A major version that is out of support is upgraded; by default it would be paid for."""


@dataclass(frozen=True, kw_only=True)
class Empty:
    """A new database, with nothing in it."""

    password: pulumi.Input[str] | None
    """The master's."""

    def shape(self, inputs: aws.rds.InstanceArgs, ground: DatabaseGround) -> None:
        """Name it, and give it a master, a size, a key and a place."""
        inputs.db_name, inputs.username, inputs.password = NAME, MASTER, self.password
        inputs.allocated_storage = ground.args.config.storage_gib
        inputs.kms_key_id = ground.args.data_key_arn
        _alone(inputs, ground, self.password)


@dataclass(frozen=True, kw_only=True)
class Follower:
    """A replica. It has its source's users, size and, in the same region, its place and key, none of which may be named."""

    source: pulumi.Input[str]
    """Identifier of an instance of this region, or the ARN of one of another region."""
    elsewhere: bool = False
    """Whether the source is in another region."""

    def shape(self, inputs: aws.rds.InstanceArgs, ground: DatabaseGround) -> None:
        """Let it follow."""
        inputs.replicate_source_db, inputs.engine = self.source, None
        if self.elsewhere:
            inputs.db_subnet_group_name, inputs.kms_key_id = ground.subnet_group_name, ground.args.data_key_arn


@dataclass(frozen=True, kw_only=True)
class Promoted:
    """What was a replica: cut off from its source, with the place and the key that it came up with."""

    password: pulumi.Input[str] | None
    """The master's; None for the one that it came with."""
    elsewhere: bool = False
    """Whether the source is in another region."""

    def shape(self, inputs: aws.rds.InstanceArgs, ground: DatabaseGround) -> None:
        """Let it go on alone: `replicate_source_db` is gone, which is the promotion. It is told what it has, lest a new one lack it."""
        inputs.db_name, inputs.username, inputs.password = NAME, MASTER, self.password
        inputs.engine_lifecycle_support, inputs.database_insights_mode = STANDARD_SUPPORT, ground.args.config.insights.mode
        inputs.allocated_storage = ground.args.config.storage_gib
        if self.elsewhere:
            inputs.db_subnet_group_name, inputs.kms_key_id = ground.subnet_group_name, ground.args.data_key_arn


@dataclass(frozen=True, kw_only=True)
class Restored:
    """An instance that is made of a snapshot, or of another one as it was at a time. It keeps the key of its origin."""

    restore: Restore
    """The snapshot, or the time."""
    source: pulumi.Input[str]
    """Identifier of the instance whose backups a time is looked up in."""
    password: pulumi.Input[str] | None
    """The master's; None for the one that it comes with."""

    def shape(self, inputs: aws.rds.InstanceArgs, ground: DatabaseGround) -> None:
        """Say what it is made of."""
        _alone(inputs, ground, self.password)
        inputs.snapshot_identifier = self.restore.snapshot
        if self.restore.time:
            inputs.restore_to_point_in_time = aws.rds.InstanceRestoreToPointInTimeArgs(
                source_db_instance_identifier=self.source, restore_time=self.restore.time
            )


Origin = Empty | Follower | Promoted | Restored


def _alone(inputs: aws.rds.InstanceArgs, ground: DatabaseGround, password: pulumi.Input[str] | None) -> None:
    inputs.password, inputs.db_subnet_group_name = password, ground.subnet_group_name
    inputs.engine_lifecycle_support, inputs.database_insights_mode = STANDARD_SUPPORT, ground.args.config.insights.mode
