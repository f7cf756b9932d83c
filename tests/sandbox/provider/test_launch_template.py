"""A launch template gains a version with each change of what instances are, and nothing else makes one."""

from typing import Any

import pytest

from sandbox.provider.wire import UNKNOWN
from tests.sandbox.provider.driver import Made, bare
from tests.sandbox.provider.specs.launch_template import launch_template, user_data
from tests.sandbox.provider.world import World

TYPE = "aws.ec2.LaunchTemplate"

OTHER_AMI = "ami-0fedcba9876543210"

DISK = {"encrypted": "false", "kmsKeyId": "alias/data"}

REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "no base64": ({"userData": "#!/bin/sh"}, "userData"),
    "too much user data": ({"userData": user_data("x" * 16385)}, "userData"),
    "hop limit": ({"metadataOptions": {"httpPutResponseHopLimit": 65}}, "metadataOptions.httpPutResponseHopLimit"),
    "tokens": ({"metadataOptions": {"httpTokens": "never"}}, "metadataOptions.httpTokens"),
    "tags of a snapshot": ({"tagSpecifications": [{"resourceType": "snapshot"}]}, "tagSpecifications[0].resourceType"),
    "key without encryption": ({"blockDeviceMappings": [{"ebs": DISK}]}, "blockDeviceMappings[0].ebs.kmsKeyId"),
    "two default versions": ({"defaultVersion": 1, "updateDefaultVersion": True}, "defaultVersion"),
    "name": ({"name": "a b"}, "name"),
    "network interfaces": ({"networkInterfaces": [{"deviceIndex": 0}]}, "networkInterfaces"),
}


def changed(world: World, made: Made, **inputs: Any) -> Made:
    """Change a template in place."""
    driver = world.driver(TYPE)
    checked, failures = driver.check(TYPE, made.name, {**made.inputs, **inputs}, made.inputs)
    assert failures == {}
    return driver.update(made, checked)


def versions(made: Made) -> tuple[int, int]:
    """Return the latest version and the default one."""
    outputs = bare(made.outputs)
    return outputs["latestVersion"], outputs["defaultVersion"]


@pytest.mark.parametrize(("inputs", "path"), REFUSED.values(), ids=REFUSED)
def test_what_aws_refuses_is_refused_at_the_check(inputs: dict[str, Any], path: str, world: World) -> None:
    """The failure names the property."""
    _, failures = world.driver(TYPE).check(TYPE, "boot", inputs)
    assert list(failures) == [path]


def test_user_data_may_be_as_long_as_aws_takes(world: World) -> None:
    """AWS counts the bytes before base64."""
    _, failures = world.driver(TYPE).check(TYPE, "boot", {"userData": user_data("x" * 16384)})
    assert failures == {}


def test_a_change_makes_a_version_and_the_default(world: World) -> None:
    """As `updateDefaultVersion` asks; the version before stays what it was."""
    made = world.make(TYPE, **launch_template(world))
    assert versions(made) == (1, 1)
    after = changed(world, made, imageId=OTHER_AMI)
    assert versions(after) == (2, 2)
    found = world.client("ec2").describe_launch_template_versions(LaunchTemplateId=made.id)["LaunchTemplateVersions"]
    assert [version["LaunchTemplateData"]["ImageId"] for version in found] == [made.inputs["imageId"], OTHER_AMI]
    assert found[1]["LaunchTemplateData"]["UserData"] == made.inputs["userData"]


def test_the_default_version_stays_unless_asked(world: World) -> None:
    """A group that follows the default version must not change by itself."""
    made = world.make(TYPE, **launch_template(world) | {"updateDefaultVersion": None})
    after = changed(world, made, imageId=OTHER_AMI)
    assert versions(after) == (2, 1)
    assert versions(changed(world, after, defaultVersion=2)) == (2, 2)


def test_tags_make_no_version(world: World) -> None:
    """They are the template's own, and the preview promises the version that is there."""
    made = world.make(TYPE, **launch_template(world))
    driver = world.driver(TYPE)
    checked, _ = driver.check(TYPE, made.name, {**made.inputs, "tags": {"service": "api"}}, made.inputs)
    assert bare(driver.update(made, checked, preview=True).outputs)["latestVersion"] == 1
    after = driver.update(made, checked)
    assert versions(after) == (1, 1)
    assert bare(after.outputs)["tags"] == {"service": "api"}


def test_a_preview_does_not_know_the_next_version(world: World) -> None:
    """So that the preview shows the group on it as changing."""
    made = world.make(TYPE, **launch_template(world))
    driver = world.driver(TYPE)
    checked, _ = driver.check(TYPE, made.name, {**made.inputs, "imageId": OTHER_AMI}, made.inputs)
    assert driver.update(made, checked, preview=True).outputs["latestVersion"] == UNKNOWN


def test_a_version_made_by_hand_is_drift(world: World) -> None:
    """The template is what its latest version says; the next update puts the program's data into a further one."""
    made = world.make(TYPE, **launch_template(world))
    world.client("ec2").create_launch_template_version(LaunchTemplateId=made.id, LaunchTemplateData={"ImageId": OTHER_AMI})
    driver = world.driver(TYPE)
    id_, outputs, inputs = driver.read(made)
    drifted = Made(TYPE, made.name, id_, inputs, outputs)
    assert {"imageId", "userData", "blockDeviceMappings"} <= set(driver.diff(drifted, made.inputs).diffs)
    assert versions(driver.update(drifted, made.inputs)) == (3, 3)
