from typing import Any

import pulumi_aws as aws
import pytest

from tests.configs import Changes, rendered
from tests.graph import plain, takes_from
from tests.rendering import Registration

SOURCE = "arn:aws:rds:eu-central-1:123456789012:db:switchyard-prod-database-3f1b2"
COPY: Changes = {"database.replica_of": SOURCE, "database.replicas": {}, "database.proxy": None, "database.copied_days": None}
TAKEN_OVER: Changes = {**COPY, "database.promoted": True}
RESTORE = "database.restore"


def instance(changes: Changes, name: str = "database") -> Registration:
    """One instance of a changed production."""
    return rendered(changes).one(aws.rds.Instance, name)


def given(changes: Changes, *keys: str, name: str = "database") -> dict[str, Any]:
    """What is said of an instance under some keys."""
    return {key: plain(value) for key, value in instance(changes, name).inputs.items() if key in keys}


BEGINNING = ("dbName", "username", "allocatedStorage", "replicateSourceDb", "snapshotIdentifier", "restoreToPointInTime")
"""What says where the data come from."""
REFUSED = ("username", "password", "dbName", "finalSnapshotIdentifier", "databaseInsightsMode", "engineLifecycleSupport")
"""What AWS takes of no replica."""


def test_a_new_database_is_empty() -> None:
    """It has a name, a master and a size, under the stack's key and without paid support of old versions."""
    assert given({}, *BEGINNING) == {"dbName": "appdata", "username": "switchyard", "allocatedStorage": 100}
    made = rendered({}).one(aws.rds.Instance, "database")
    assert takes_from(rendered({}), made, "kmsKeyId", aws.kms.Key) == {"encryption-data"}
    assert made.inputs["engineLifecycleSupport"] == "open-source-rds-extended-support-disabled"
    assert made.inputs["databaseInsightsMode"] == "advanced"


def test_a_replica_says_nothing_that_is_its_source_s() -> None:
    """In its own region neither key nor subnets: AWS refuses a request that names them."""
    assert given({}, *BEGINNING, name="replica-r1") == {"replicateSourceDb": instance({}).inputs["identifier"]}
    assert given({}, *REFUSED, "kmsKeyId", "dbSubnetGroupName", name="replica-r1") == {}
    assert instance({}, "replica-r1").inputs["skipFinalSnapshot"] is True


def test_a_copy_of_another_region_has_key_and_subnets_of_its_own() -> None:
    """Its source is an ARN, and it has no master password, since that is its source's."""
    assert given(COPY, *BEGINNING) == {"replicateSourceDb": SOURCE}
    assert given(COPY, *REFUSED) == {}
    stack = rendered(COPY)
    made = stack.one(aws.rds.Instance, "database")
    assert takes_from(stack, made, "kmsKeyId", aws.kms.Key) == {"encryption-data"}
    assert takes_from(stack, made, "dbSubnetGroupName", aws.rds.SubnetGroup) == {"database-subnets"}
    assert [entry.name for entry in stack.of(aws.secretsmanager.Secret) if "master" in entry.name] == []


def test_a_promotion_takes_the_source_away_and_nothing_else_that_stays() -> None:
    """Without a source it is promoted; the key, the subnets and the identifier are the same, so that nothing is replaced."""
    before, after = instance(COPY).inputs, instance(TAKEN_OVER).inputs
    gone = before.keys() - after.keys()
    assert gone == {"replicateSourceDb"}
    assert {key for key in before.keys() & after.keys() if before[key] != after[key]} == {"skipFinalSnapshot", "tags"}
    told = {"allocatedStorage", "dbName", "engine", "username"}
    added = {"databaseInsightsMode", "engineLifecycleSupport", "finalSnapshotIdentifier", "password"}
    assert after.keys() - before.keys() == told | added


def test_a_generation_is_made_anew_under_names_of_its_own() -> None:
    """Beside the old one, which goes once nobody is told of it: what took writes cannot follow."""
    following: Changes = {**COPY, "database.generation": 2}
    made = instance(following)
    assert made.replace_on_changes == ("identifier",)
    assert made.inputs["identifier"].startswith("switchyard-prod-database-2-")
    logs = {log.inputs["name"] for log in rendered(following).registrations if log.name.startswith("database-statements")}
    assert logs == {f"/aws/rds/instance/{made.inputs['identifier']}/postgresql"}
    names = {name: instance({"database.generation": 2}, name).inputs["identifier"] for name in ("replica-r1", "replica-r2")}
    assert all(name.startswith("switchyard-prod-database-2-r") for name in names.values())


def test_a_promoted_copy_gets_a_password_of_its_own() -> None:
    """Until then it has its source's."""
    assert "password" not in instance(COPY).inputs
    assert "password" in instance(TAKEN_OVER).inputs


@pytest.mark.parametrize(
    ("origin", "made_of"),
    [
        ("before-the-mistake", {"snapshotIdentifier": "before-the-mistake"}),
        ("2026-11-28T03:00:00Z", {"restoreToPointInTime": {"restoreTime": "2026-11-28T03:00:00Z"}}),
    ],
)
def test_a_restored_instance_is_made_of_a_snapshot_or_a_time(origin: str, made_of: dict[str, Any]) -> None:
    """With a name, users and a size of its own it would be refused; of a time it says whose backups."""
    changes: Changes = {RESTORE: {"from": origin}}
    found = given(changes, *BEGINNING, name="restored")
    source = found.get("restoreToPointInTime", {}).pop("sourceDbInstanceIdentifier", None)
    assert found == made_of
    assert source == (None if "snapshotIdentifier" in made_of else instance(changes).inputs["identifier"])


def test_a_restored_instance_has_the_password_that_is_known_now() -> None:
    """Not the one of the day of its snapshot."""
    stack = rendered({RESTORE: {"from": "before-the-mistake"}}, preview=False)
    passwords = [stack.one(aws.rds.Instance, name).inputs["password"] for name in ("database", "restored")]
    assert plain(passwords[0]) == plain(passwords[1])
