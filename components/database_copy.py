"""The database's own backups, kept in the second region too."""

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws


@dataclass(frozen=True, kw_only=True)
class DatabaseCopyArgs:
    """Whose backups, and where to."""

    source_arn: pulumi.Input[str]
    """The instance whose backups are copied."""
    region: str
    """The second region."""
    key_arn: pulumi.Input[str]
    """Encrypts the copies: a key of the second region, since the source's own does not leave its region."""
    days: int
    """How far back the database can be restored there, to any second; AWS changes it by beginning anew."""


class DatabaseCopy(pulumi.ComponentResource):
    """Snapshots and transaction logs that RDS copies as they are made: a few minutes are lost at the most, where a daily copy loses a day.

    A restore from them makes a new instance there (docs/runbooks/disaster-recovery.md); the recovery stack's replica is quicker. Stateful,
    and not protected: it goes with its source. Costs 0.02 USD for each GB that crosses, and the copies' storage.
    """

    def __init__(self, name: str, args: DatabaseCopyArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("switchyard:database:DatabaseCopy", name, None, opts)
        self._replication(f"{name}-copied", args)
        self.register_outputs({})

    def _replication(self, name: str, args: DatabaseCopyArgs) -> aws.rds.InstanceAutomatedBackupsReplication:
        return aws.rds.InstanceAutomatedBackupsReplication(
            name,
            source_db_instance_arn=args.source_arn,
            kms_key_id=args.key_arn,
            retention_period=args.days,
            region=args.region,
            opts=pulumi.ResourceOptions(parent=self),
        )
