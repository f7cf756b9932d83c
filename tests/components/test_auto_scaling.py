import base64
from typing import Any

import botocore.session
import pulumi_aws as aws
import pytest

from components.auto_scaling import METRICS
from tests.configs import rendered
from tests.graph import takes_from
from tests.rendering import Registration, Rendering

BLUE = "api-blue"


@pytest.fixture
def template(old_stack: Rendering) -> Registration:
    """Return a color's launch template."""
    return old_stack.one(aws.ec2.LaunchTemplate, f"{BLUE}-boot")


@pytest.fixture
def group(old_stack: Rendering) -> Registration:
    """Return a color's Auto Scaling group."""
    return old_stack.one(aws.autoscaling.Group, f"{BLUE}-group")


def _group(changes: dict[str, Any]) -> dict[str, Any]:
    return rendered(changes).one(aws.autoscaling.Group, f"{BLUE}-group").inputs


def test_instances_demand_imdsv2(template: Registration) -> None:
    """One hop, so that a container behind a bridge gets no credentials."""
    assert template.inputs["metadataOptions"] == {
        "httpEndpoint": "enabled",
        "httpTokens": "required",
        "httpPutResponseHopLimit": 1,
    }


def test_disks_are_encrypted_with_the_stack_s_key(old_stack: Rendering, template: Registration) -> None:
    """And gone with their instance."""
    (mapping,) = template.inputs["blockDeviceMappings"]
    assert mapping["deviceName"] == "/dev/xvda"
    assert mapping["ebs"]["encrypted"] == "true"
    assert mapping["ebs"]["deleteOnTermination"] == "true"
    assert takes_from(old_stack, template, "blockDeviceMappings", aws.kms.Key) == {"encryption-data"}


def test_nobody_has_a_key_to_an_instance(template: Registration) -> None:
    """People come by Session Manager; no address is public either."""
    assert template.inputs.keys().isdisjoint({"keyName", "networkInterfaces"})


def test_user_data_is_the_boot_script_and_holds_no_secret(old_stack: Rendering, template: Registration) -> None:
    """It names where secrets are, never one of them, nor the preview token."""
    script = base64.b64decode(template.inputs["userData"]).decode()
    assert script.startswith("#!/bin/bash\n")
    assert "SWITCHYARD_SERVICE=api" in script
    assert "payment-key" not in script
    assert "0123456789abcdefghijklmnopqrstuv" not in script
    assert len(script.encode()) <= 16384
    assert takes_from(old_stack, template, "userData", aws.secretsmanager.Secret) == set()


def test_instances_and_disks_say_what_they_are(template: Registration) -> None:
    """Default tags reach neither; the release is read back from an instance to verify it, and no key holds a space or a slash."""
    found = {specification["resourceType"]: specification["tags"] for specification in template.inputs["tagSpecifications"]}
    assert found.keys() == {"instance", "volume"}
    assert found["instance"] == found["volume"]
    assert found["instance"] == {
        "project": "switchyard",
        "stack": "prod",
        "managed-by": "pulumi",
        "service": "api",
        "color": "blue",
        "release": "sha256:5dd80892943653db3a5bb990e3365ac94bea8494c2f247dd11cfc2f762c268af",
    }


def test_the_group_copies_tags_to_instances(group: Registration) -> None:
    """The provider's default tags do not pass through a group."""
    assert {tag["key"] for tag in group.inputs["tags"]} == {"project", "stack", "managed-by", "service", "color"}
    assert {tag["propagateAtLaunch"] for tag in group.inputs["tags"]} == {True}


def test_a_color_that_may_be_empty_is_declared_cold() -> None:
    """By a tag of the group alone: no instance carries it, so a change of it touches none."""
    made = rendered({"services.api.green.capacity.min": 0, "services.api.green.capacity.restore_minutes": 15})
    group, template = made.one(aws.autoscaling.Group, "api-green-group"), made.one(aws.ec2.LaunchTemplate, "api-green-boot")
    assert [tag for tag in group.inputs["tags"] if tag["key"] == "restore-minutes"] == [
        {"key": "restore-minutes", "value": "15", "propagateAtLaunch": False}
    ]
    assert "restore-minutes" not in str(template.inputs)


def test_the_group_runs_one_pinned_version_of_its_template(old_stack: Rendering, group: Registration) -> None:
    """`$Latest` shows no difference, starts no refresh and cannot be rolled back: https://github.com/pulumi/pulumi-aws/issues/1577."""
    specification = group.inputs["mixedInstancesPolicy"]["launchTemplate"]["launchTemplateSpecification"]
    assert specification == {"launchTemplateId": f"{BLUE}-boot-id", "version": "1"}
    assert takes_from(old_stack, group, "mixedInstancesPolicy", aws.ec2.LaunchTemplate) == {f"{BLUE}-boot"}


def test_instance_types_are_tried_in_their_order_and_never_on_spot(group: Registration) -> None:
    """A fleet that takes traffic is not interrupted."""
    policy = group.inputs["mixedInstancesPolicy"]
    assert [override["instanceType"] for override in policy["launchTemplate"]["overrides"]] == ["m8g.large", "m7g.large"]
    assert policy["instancesDistribution"] == {"onDemandAllocationStrategy": "prioritized", "onDemandPercentageAboveBaseCapacity": 100}


def test_no_group_is_told_how_many_instances_it_wants(new_stack: Rendering) -> None:
    """Every update would bring a fleet that scaled out back to it: https://github.com/aws/aws-cdk/pull/5507."""
    groups = new_stack.of(aws.autoscaling.Group)
    assert len(groups) == 4
    assert [group.name for group in groups if "desiredCapacity" in group.inputs] == []


def test_the_group_waits_for_nothing_itself(group: Registration) -> None:
    """On a timeout it would exist and be unknown to the engine: https://github.com/pulumi/pulumi-aws/issues/5178."""
    assert group.inputs["waitForCapacityTimeout"] == "0"
    assert group.inputs.keys().isdisjoint({"waitForElbCapacity", "minElbCapacity"})


def test_instances_are_replaced_by_launching_first(group: Registration) -> None:
    """In a refresh and when one fails; at no time are there fewer than wanted."""
    assert group.inputs["instanceMaintenancePolicy"] == {"minHealthyPercentage": 100, "maxHealthyPercentage": 150}
    refresh = group.inputs["instanceRefresh"]
    assert refresh["strategy"] == "Rolling"
    assert refresh["preferences"] == {"minHealthyPercentage": 100, "maxHealthyPercentage": 150, "skipMatching": True}


def test_no_refresh_rolls_itself_back(new_stack: Rendering) -> None:
    """It would roll back to the new template: https://github.com/hashicorp/terraform-provider-aws/issues/34189."""
    refreshes = [group.inputs["instanceRefresh"]["preferences"] for group in new_stack.of(aws.autoscaling.Group)]
    assert len(refreshes) == 4
    assert [refresh for refresh in refreshes if "autoRollback" in refresh] == []


def test_health_is_what_the_load_balancer_sees(group: Registration) -> None:
    """After a grace in which a new instance may wait for secrets that are set by hand."""
    assert group.inputs["healthCheckType"] == "ELB"
    assert group.inputs["healthCheckGracePeriod"] == 900
    assert group.inputs["defaultInstanceWarmup"] == 120


def test_a_group_is_spread_over_the_application_tier(old_stack: Rendering, group: Registration) -> None:
    """One subnet a zone, under the role whose key policy lets it encrypt disks."""
    assert takes_from(old_stack, group, "vpcZoneIdentifiers", aws.ec2.Subnet) == {f"network-app-{zone}" for zone in "abc"}
    assert takes_from(old_stack, group, "serviceLinkedRoleArn", aws.iam.ServiceLinkedRole) == {"encryption-fleets"}


def test_metrics_are_ones_that_ec2_auto_scaling_knows(group: Registration) -> None:
    """They are off unless they are named, and the alarms read one of them."""
    shape = botocore.session.get_session().get_service_model("autoscaling").shape_for("EnableMetricsCollectionQuery")
    assert group.inputs["enabledMetrics"] == [metric.value for metric in METRICS]
    assert all(f"<code>{metric}</code>" in shape.members["Metrics"].documentation for metric in group.inputs["enabledMetrics"])
    assert "GroupInServiceCapacity" in group.inputs["enabledMetrics"]


def test_failed_launches_are_told(old_stack: Rendering) -> None:
    """To the ticket topic, once its policy lets the fleets' role publish: AWS sends a test at once."""
    told = old_stack.one(aws.autoscaling.Notification, f"{BLUE}-failed")
    assert set(told.inputs["notifications"]) == {
        "autoscaling:EC2_INSTANCE_LAUNCH_ERROR",
        "autoscaling:EC2_INSTANCE_TERMINATE_ERROR",
    }
    assert takes_from(old_stack, told, "topicArn", aws.sns.TopicPolicy) == {"topics-ticket-policy"}


def test_sizes_are_the_color_s_own() -> None:
    """The floor is the largest of min, hold and the emergency floor."""
    held = _group({"services.api.blue.capacity.hold": 8})
    assert (held["minSize"], held["maxSize"]) == (8, 12)
    assert _group({"contingency.scale_floor": 10})["minSize"] == 10
    assert _group({"contingency.scale_floor": 40})["minSize"] == 12


def test_a_warm_pool_is_there_when_it_is_asked_for(group: Registration) -> None:
    """Stopped instances beside the group; without, none."""
    assert "warmPool" not in group.inputs
    assert _group({"services.api.blue.capacity.warm": 2})["warmPool"] == {
        "poolState": "Stopped",
        "minSize": 2,
        "maxGroupPreparedCapacity": -1,
    }


def test_in_quarantine_a_group_leaves_its_instances_as_they_are() -> None:
    """It ends, replaces and refreshes none, and is otherwise what it was: template, sizes, health checks."""
    kept = ["InstanceRefresh", "ReplaceUnhealthy", "Terminate"]
    changes = {"services.api.live": "green", "contingency.quarantine": ["api.blue"]}
    quarantined = _group(changes)
    assert quarantined == {**_group({"services.api.live": "green"}), "suspendedProcesses": kept}
