"""What AWS refuses of S3's settings and of IAM's roles, and the emulator does not."""

from typing import Any

import pytest

from tests.sandbox.provider.driver import bare
from tests.sandbox.provider.specs.iam import role
from tests.sandbox.provider.world import World

RULE: dict[str, Any] = {"id": "expire", "status": "Enabled", "filter": {"prefix": ""}, "expiration": {"days": 90}}

LIFECYCLE = "aws.s3.BucketLifecycleConfiguration"

ENCRYPTION = "aws.s3.BucketServerSideEncryptionConfiguration"


@pytest.mark.parametrize(
    ("rules", "property_"),
    [
        ([], "rules"),
        ([{**RULE, "expiration": {"days": 0}}], "rules[0].expiration.days"),
        ([{**RULE, "expiration": {"days": 1, "expiredObjectDeleteMarker": True}}], "rules[0].expiration"),
        ([{"id": "idle", "status": "Enabled", "filter": {"prefix": ""}}], "rules[0]"),
        ([RULE, RULE], "rules[1].id"),
        ([{**RULE, "status": "enabled"}], "rules[0].status"),
        ([{**RULE, "noncurrentVersionExpiration": {"noncurrentDays": 0}}], "rules[0].noncurrentVersionExpiration.noncurrentDays"),
    ],
)
def test_a_lifecycle_that_aws_refuses_is_refused(world: World, rules: list[Any], property_: str) -> None:
    """The check names the rule."""
    assert property_ in world.driver(LIFECYCLE).check(LIFECYCLE, "expiring", {"bucket": "logs", "rules": rules})[1]


def test_a_lifecycle_of_several_rules_is_accepted(world: World) -> None:
    """Rules of different ids stand beside each other."""
    rules = [RULE, {**RULE, "id": "expire-more"}]
    assert world.driver(LIFECYCLE).check(LIFECYCLE, "expiring", {"bucket": "logs", "rules": rules})[1] == {}


def test_s3s_own_key_takes_no_kms_key(world: World) -> None:
    """AES256 is S3's own key."""
    default = {"sseAlgorithm": "AES256", "kmsMasterKeyId": "alias/data"}
    rules = [{"applyServerSideEncryptionByDefault": default}]
    failures = world.driver(ENCRYPTION).check(ENCRYPTION, "encrypted", {"bucket": "logs", "rules": rules})[1]
    assert "rules[0].applyServerSideEncryptionByDefault.kmsMasterKeyId" in failures


def test_a_service_linked_role_is_named_by_service_and_suffix(world: World) -> None:
    """The name is AWS's; two stacks of one account have a role each."""
    suffix = world.name()
    outputs = bare(world.make("aws.iam.ServiceLinkedRole", awsServiceName="autoscaling.amazonaws.com", customSuffix=suffix).outputs)
    name = f"AWSServiceRoleForAutoScaling_{suffix}"
    assert outputs["name"] == name
    assert outputs["arn"] == f"arn:aws:iam::123456789012:role/aws-service-role/autoscaling.amazonaws.com/{name}"
    assert outputs["tagsAll"] == {"Project": "switchyard", "Owner": "default"}


def test_a_suffix_must_leave_room_for_the_services_name(world: World) -> None:
    """AWS counts the whole name, 64 characters."""
    type_ = "aws.iam.ServiceLinkedRole"
    inputs = {"awsServiceName": "autoscaling.amazonaws.com", "customSuffix": "s" * 40}
    assert "customSuffix" in world.driver(type_).check(type_, "fleets", inputs)[1]


def test_a_profile_changes_its_role_in_place(world: World) -> None:
    """The old role leaves before the new one comes: a profile holds one."""
    type_ = "aws.iam.InstanceProfile"
    made = world.make(type_, role=role(world))
    new = role(world)
    world.driver(type_).update(made, {**made.inputs, "role": new})
    held = world.client("iam").get_instance_profile(InstanceProfileName=made.id)["InstanceProfile"]["Roles"]
    assert [entry["RoleName"] for entry in held] == [new]
