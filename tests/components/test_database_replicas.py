import pulumi_aws as aws

from tests.configs import Changes, rendered
from tests.rendering import Registration

PROMOTED: Changes = {"database.replicas.r1.promoted": True}


def replica(changes: Changes, name: str = "replica-r1") -> Registration:
    """A replica of a changed production."""
    return rendered(changes).one(aws.rds.Instance, name)


def test_a_replica_has_size_and_zone_of_its_own() -> None:
    """And no standby: another replica is what takes its place."""
    inputs = replica({"database.replicas.r1.instance_class": "db.r8g.xlarge"}).inputs
    assert (inputs["instanceClass"], inputs["availabilityZone"], inputs["multiAz"]) == ("db.r8g.xlarge", "eu-west-1a", False)
    assert replica({}, "replica-r2").inputs["instanceClass"] == "db.m8g.large"


def test_a_replica_has_no_backups_until_it_is_told_to() -> None:
    """Before it is promoted: AWS asks for one backup at least."""
    assert replica({}).inputs["backupRetentionPeriod"] == 0
    assert replica({"database.replicas.r1.backup_days": 7}).inputs["backupRetentionPeriod"] == 7


def test_a_minor_upgrade_begins_with_a_replica() -> None:
    """It is ahead of its source until config raises that as well."""
    changes: Changes = {"database.version": "17.10", "database.replicas.r1.version": "17.11"}
    assert [replica(changes, name).inputs["engineVersion"] for name in ("database", "replica-r1", "replica-r2")] == [
        "17.10",
        "17.11",
        "17.10",
    ]


def test_a_promoted_replica_is_an_instance_of_its_own() -> None:
    """Same identifier, so same address; with backups, a standby, a password and a last snapshot, and no source."""
    before, after = replica({}).inputs, replica(PROMOTED).inputs
    assert before["identifier"] == after["identifier"]
    assert "replicateSourceDb" not in after
    assert (after["backupRetentionPeriod"], after["multiAz"], after["skipFinalSnapshot"]) == (35, True, False)
    assert after["tags"]["backup"] == "daily"
    assert "password" in after


def test_a_promoted_replica_still_comes_after_the_primary() -> None:
    """Until the promotion is applied the state says that it follows: an update of something else needs the two in this order."""
    for changes in ({}, PROMOTED):
        stack = rendered(changes)
        primary = stack.one(aws.rds.Instance, "database")
        assert primary.urn in stack.one(aws.rds.Instance, "replica-r1").dependencies


def test_a_promotion_touches_no_other_instance() -> None:
    """The primary and the other replica go on as they are."""
    for name in ("database", "replica-r2"):
        assert replica({}, name) == replica(PROMOTED, name)


def test_a_replica_that_retires_is_alone_in_it() -> None:
    """Only then may the next change remove it."""
    stack = rendered({"database.replicas.r2.retiring": True})
    assert {made.name for made in stack.of(aws.rds.Instance) if not made.protect} == {"replica-r2"}
