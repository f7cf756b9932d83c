"""Specs of Auto Scaling: groups."""

from typing import Any

from tests.sandbox.provider.specs.lb import target_groups
from tests.sandbox.provider.world import Spec, World

AMI, NEXT_AMI = "ami-0000000000000000a", "ami-0000000000000000b"


def template(world: World) -> str:
    """Return a new launch template, whose instances say what they run."""
    answer = world.client("ec2").create_launch_template(LaunchTemplateName=world.name(), LaunchTemplateData=boot(AMI, "1"))
    return str(answer["LaunchTemplate"]["LaunchTemplateId"])


def boot(ami: str, release: str) -> dict[str, Any]:
    """Return what a launch template holds."""
    tags = [{"Key": "release", "Value": release}]
    return {"ImageId": ami, "TagSpecifications": [{"ResourceType": "instance", "Tags": tags}]}


def mixed(template_id: str, version: str) -> dict[str, Any]:
    """Return a policy that pins a version."""
    specification = {"launchTemplateId": template_id, "version": version}
    overrides = [{"instanceType": kind} for kind in ("m8g.large", "m7g.large")]
    return {"launchTemplate": {"launchTemplateSpecification": specification, "overrides": overrides}}


def tag(key: str, value: str) -> dict[str, Any]:
    """Return a tag that instances get as well."""
    return {"key": key, "value": value, "propagateAtLaunch": True}


def group(world: World) -> dict[str, Any]:
    """Return the inputs of a group as the program makes it."""
    return {
        "vpcZoneIdentifiers": world.subnets(world.vpc()),
        "minSize": 2,
        "maxSize": 4,
        "mixedInstancesPolicy": {
            **mixed(template(world), "1"),
            "instancesDistribution": {"onDemandAllocationStrategy": "prioritized", "onDemandPercentageAboveBaseCapacity": 100},
        },
        "targetGroupArns": [target_groups(world)[0]],
        "healthCheckType": "ELB",
        "healthCheckGracePeriod": 900,
        "defaultInstanceWarmup": 120,
        "instanceMaintenancePolicy": {"minHealthyPercentage": 100, "maxHealthyPercentage": 150},
        "instanceRefresh": {"strategy": "Rolling", "preferences": {"minHealthyPercentage": 100, "skipMatching": True}},
        "warmPool": {"poolState": "Stopped", "minSize": 1, "maxGroupPreparedCapacity": -1},
        "enabledMetrics": ["GroupInServiceInstances", "GroupMinSize"],
        "serviceLinkedRoleArn": "arn:aws:iam::123456789012:role/aws-service-role/autoscaling.amazonaws.com/fleet",
        "waitForCapacityTimeout": "0",
        "tags": [tag("service", "api"), tag("color", "blue")],
    }


SPECS = (
    Spec(
        type="aws.autoscaling.Group",
        inputs=group,
        change={
            "minSize": 3,
            "maxSize": 5,
            "desiredCapacity": 4,
            "healthCheckGracePeriod": 600,
            "enabledMetrics": ["GroupMaxSize"],
            "targetGroupArns": [],
            "tags": [tag("service", "web")],
            "warmPool": {"poolState": "Running", "minSize": 2},
            "suspendedProcesses": ["InstanceRefresh", "ReplaceUnhealthy", "Terminate"],
        },
        replace={"name": "another"},
        not_imported=(
            *("defaultInstanceWarmup", "instanceMaintenancePolicy", "instanceRefresh", "serviceLinkedRoleArn"),
            *("mixedInstancesPolicy", "waitForCapacityTimeout"),
        ),
    ),
)
