import pulumi_aws as aws

from tests.configs import refusal, rendered
from tests.graph import takes_from
from tests.rendering import Rendering


def test_production_s_backups_are_copied_as_they_are_made(new_stack: Rendering) -> None:
    """Into the second region, under a key that is there: the source's own does not leave its region."""
    copied = new_stack.one(aws.rds.InstanceAutomatedBackupsReplication, "database-copied")
    assert (copied.inputs["region"], copied.inputs["retentionPeriod"]) == ("eu-central-1", 14)
    assert takes_from(new_stack, copied, "sourceDbInstanceArn", aws.rds.Instance) == {"database"}
    assert takes_from(new_stack, copied, "kmsKeyId", aws.kms.Key) == {"encryption-backup-copy"}


def test_nothing_is_copied_without_the_setting() -> None:
    """Staging has no copies of this kind."""
    assert rendered({"database.copied_days": None}).of(aws.rds.InstanceAutomatedBackupsReplication) == []


def test_copies_need_a_key_in_the_second_region() -> None:
    """The one of the vault that is there."""
    assert "database.copied_days: 14 needs a key in eu-central-1" in refusal({"backup.copies.enabled": False})
