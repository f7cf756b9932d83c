"""The signals of backups. CloudWatch has them by vault, and once more by vault and kind of resource."""

from components.signals import DAY, HOUR, Dimension, Missing, Signal, Subject, Tell

VAULT = Subject(
    type="aws:backup/vault:Vault",
    namespace="AWS/Backup",
    dimensions={"BackupVaultName": Dimension(type="aws:backup/vault:Vault", output="name")},
    signals=(
        Signal(
            role="backup-failed",
            metric="NumberOfBackupJobsFailed",
            statistic="Sum",
            period_seconds=HOUR,
            periods=1,
            bad_periods=1,
            tell=Tell.TICKET,
            meaning="AWS Backup could not back something up: its newest backup is older than the plan says.",
        ),
        Signal(
            role="backup-expired",
            metric="NumberOfBackupJobsExpired",
            statistic="Sum",
            period_seconds=HOUR,
            periods=1,
            bad_periods=1,
            tell=Tell.TICKET,
            meaning="A backup did not start or end within its window, so there is none for that day.",
        ),
        Signal(
            role="backup-missing",
            metric="NumberOfBackupJobsCompleted",
            statistic="Sum",
            below=True,
            of_least=True,
            period_seconds=DAY,
            periods=2,
            bad_periods=2,
            missing=Missing.BAD,
            tell=Tell.TICKET,
            meaning="Nothing was backed up for two days: the plan finds nothing, or AWS Backup is switched off for it.",
        ),
        Signal(
            role="copy-failed",
            metric="NumberOfCopyJobsFailed",
            statistic="Sum",
            period_seconds=HOUR,
            periods=1,
            bad_periods=1,
            tell=Tell.TICKET,
            meaning="A backup is not in the second region: it would be lost with this one.",
        ),
        Signal(
            role="restore-failed",
            metric="NumberOfRestoreJobsFailed",
            statistic="Sum",
            period_seconds=HOUR,
            periods=1,
            bad_periods=1,
            tell=Tell.TICKET,
            meaning="A backup could not be restored: in the weekly test, or by whoever is restoring it now.",
        ),
    ),
)
