"""Auto Scaling groups do in the sandbox what they do on AWS by themselves: launch evenly, replace what is outdated, clean up."""

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from tests.sandbox.provider.driver import Made, Properties
from tests.sandbox.provider.specs.autoscaling import AMI, NEXT_AMI, boot, group, mixed, template
from tests.sandbox.provider.specs.lb import target_groups
from tests.sandbox.provider.world import World

TYPE = "aws.autoscaling.Group"


def make(world: World, **inputs: Any) -> Made:
    """Create a group like the program's."""
    return world.make(TYPE, **{**group(world), **inputs})


def change(world: World, made: Made, **inputs: Any) -> Made:
    """Change a group in place."""
    driver = world.driver(TYPE)
    checked, failures = driver.check(TYPE, made.name, {**made.inputs, **inputs}, made.inputs)
    assert failures == {}
    return driver.update(made, checked)


def running(world: World, made: Made) -> list[Properties]:
    """Return the group's instances as EC2 describes them, tags as a mapping."""
    members = world.client("autoscaling").describe_auto_scaling_groups(AutoScalingGroupNames=[made.id])["AutoScalingGroups"][0]["Instances"]
    ids = [member["InstanceId"] for member in members]
    found = world.client("ec2").describe_instances(InstanceIds=ids)["Reservations"] if ids else []
    instances = [instance for reservation in found for instance in reservation["Instances"]]
    return [{**instance, "Tags": {tag["Key"]: tag["Value"] for tag in instance["Tags"]}} for instance in instances]


def ids(instances: list[Properties]) -> set[str]:
    """Return the ids of instances."""
    return {instance["InstanceId"] for instance in instances}


def targets(world: World, arn: str) -> dict[str, str]:
    """Return the health of a target group's targets."""
    found = world.client("elbv2").describe_target_health(TargetGroupArn=arn)["TargetHealthDescriptions"]
    return {target["Target"]["Id"]: target["TargetHealth"]["State"] for target in found}


def release(world: World, made: Made, ami: str, name: str) -> Made:
    """Pin a group to a new version of its template."""
    id_ = made.inputs["mixedInstancesPolicy"]["launchTemplate"]["launchTemplateSpecification"]["launchTemplateId"]
    answer = world.client("ec2").create_launch_template_version(LaunchTemplateId=id_, LaunchTemplateData=boot(ami, name))
    return change(world, made, mixedInstancesPolicy=mixed(id_, str(answer["LaunchTemplateVersion"]["VersionNumber"])))


def test_a_group_comes_up_complete(world: World) -> None:
    """As many instances as its minimum, over its zones, with image, type and tags; each is a healthy target."""
    made = make(world)
    instances = running(world, made)
    assert Counter(instance["Placement"]["AvailabilityZone"] for instance in instances) == {"eu-west-1a": 1, "eu-west-1b": 1}
    assert {instance["ImageId"] for instance in instances} == {AMI}
    assert {instance["InstanceType"] for instance in instances} == {"m8g.large"}
    for instance in instances:
        assert instance["Tags"].items() >= {"release": "1", "service": "api", "color": "blue", "aws:autoscaling:groupName": made.id}.items()
    assert targets(world, made.inputs["targetGroupArns"][0]) == dict.fromkeys(ids(instances), "healthy")
    assert made.outputs["desiredCapacity"] == len(instances)


@pytest.mark.parametrize("percent", [0, 25, 50])
def test_a_group_comes_up_complete_whatever_its_share_of_spot(percent: int, world: World) -> None:
    """The emulator rounds each share down, and comes up short."""
    inputs = group(world)
    inputs["mixedInstancesPolicy"]["instancesDistribution"] = {"onDemandPercentageAboveBaseCapacity": percent}
    assert len(running(world, world.make(TYPE, **inputs))) == 2


def test_a_group_may_be_empty(world: World) -> None:
    """A color may have no capacity."""
    assert running(world, make(world, minSize=0)) == []


@pytest.mark.parametrize("version", ["1", "$Latest", None])
def test_a_plain_launch_template_is_launched_from(version: str | None, world: World) -> None:
    """Without a mixed-instances policy, at the version that the program names, or the template's default one."""
    inputs = group(world)
    spec = inputs.pop("mixedInstancesPolicy")["launchTemplate"]["launchTemplateSpecification"]
    made = world.make(TYPE, **inputs, launchTemplate={"id": spec["launchTemplateId"], "version": version})
    assert [instance["ImageId"] for instance in running(world, made)] == [AMI, AMI]


@pytest.mark.parametrize("ceiling", [2, 4], ids=["full", "with-room"])
def test_a_new_template_version_replaces_every_instance(ceiling: int, world: World) -> None:
    """AWS starts an instance refresh; the old instances leave the target group, and the size stays, as does the balance of the zones."""
    made = make(world, maxSize=ceiling)
    before = ids(running(world, made))
    after = running(world, updated := release(world, made, NEXT_AMI, "2"))
    assert {(instance["ImageId"], instance["Tags"]["release"]) for instance in after} == {(NEXT_AMI, "2")}
    assert Counter(instance["Placement"]["AvailabilityZone"] for instance in after) == {"eu-west-1a": 1, "eu-west-1b": 1}
    assert not before & ids(after)
    assert targets(world, made.inputs["targetGroupArns"][0]) == dict.fromkeys(ids(after), "healthy")
    assert updated.outputs["desiredCapacity"] == 2


def test_a_new_release_on_the_same_image_replaces_every_instance(world: World) -> None:
    """What runs is the template's version, not only its image."""
    made = make(world)
    after = running(world, release(world, made, AMI, "2"))
    assert {instance["Tags"]["release"] for instance in after} == {"2"}


def test_a_refresh_leaves_instances_that_match(world: World) -> None:
    """Only what differs is replaced: an instance that the group launched from the new version itself stays."""
    made = make(world)
    updated = release(world, made, NEXT_AMI, "2")
    kept = ids(running(world, updated))
    policy = {**updated.inputs["mixedInstancesPolicy"], "instancesDistribution": {"onDemandBaseCapacity": 1}}
    assert ids(running(world, change(world, updated, mixedInstancesPolicy=policy))) == kept


def test_a_group_may_leave_its_policy_for_a_plain_template(world: World) -> None:
    """What runs follows what the group says now, not what it said before."""
    made = make(world)
    other = template(world)
    world.client("ec2").create_launch_template_version(LaunchTemplateId=other, LaunchTemplateData=boot(NEXT_AMI, "2"))
    inputs = {name: value for name, value in made.inputs.items() if name != "mixedInstancesPolicy"}
    plain = change(world, replace(made, inputs=inputs), launchTemplate={"id": other, "version": "2"})
    assert {instance["ImageId"] for instance in running(world, plain)} == {NEXT_AMI}


def test_without_instance_refresh_nothing_is_replaced(world: World) -> None:
    """The official provider starts none then."""
    made = make(world, instanceRefresh=None)
    before = ids(running(world, made))
    assert ids(running(world, release(world, made, NEXT_AMI, "2"))) == before


def test_a_refresh_that_is_suspended_replaces_nothing(world: World) -> None:
    """What is kept for who looks into an incident stays; resumed processes go on with what comes then."""
    made = make(world, suspendedProcesses=["InstanceRefresh", "Terminate"])
    before = ids(running(world, made))
    released = release(world, made, NEXT_AMI, "2")
    assert ids(running(world, released)) == before
    resumed = change(world, released, suspendedProcesses=None)
    described = world.client("autoscaling").describe_auto_scaling_groups(AutoScalingGroupNames=[resumed.id])["AutoScalingGroups"][0]
    assert described["SuspendedProcesses"] == []


def test_a_process_that_aws_does_not_have_is_refused(world: World) -> None:
    """A slip there would suspend nothing, and say nothing."""
    with pytest.raises(AssertionError, match="AWS has no process Replace"):
        make(world, suspendedProcesses=["Replace"])


def test_a_higher_minimum_launches_and_a_lower_one_terminates_nothing(world: World) -> None:
    """AWS raises the desired capacity to the minimum, and never lowers it."""
    made = make(world)
    first = ids(running(world, made))
    raised = change(world, made, minSize=6, maxSize=8)
    assert first < ids(running(world, raised))
    assert Counter(instance["SubnetId"] for instance in running(world, raised)) == dict.fromkeys(made.inputs["vpcZoneIdentifiers"], 3)
    assert raised.outputs["desiredCapacity"] == 6
    lowered = change(world, raised, minSize=1)
    assert len(running(world, lowered)) == 6
    assert lowered.outputs["minSize"] == 1


def test_another_change_leaves_a_group_that_has_scaled_out(world: World) -> None:
    """The desired capacity is Auto Scaling's own as long as the program does not set it."""
    made = make(world)
    world.client("autoscaling").set_desired_capacity(AutoScalingGroupName=made.id, DesiredCapacity=4)
    assert len(running(world, change(world, made, healthCheckGracePeriod=60))) == 4


def test_a_lower_maximum_terminates_what_is_beyond_it(world: World) -> None:
    """The oldest go, and leave the target group."""
    made = make(world, minSize=4)
    left = ids(running(world, change(world, made, minSize=1, maxSize=3)))
    assert len(left) == 3
    assert targets(world, made.inputs["targetGroupArns"][0]).keys() == left


def test_instances_move_with_their_groups_target_groups(world: World) -> None:
    """What is attached gets all instances as targets, and what is detached has none left."""
    made = make(world)
    old, new = made.inputs["targetGroupArns"][0], target_groups(world)[0]
    change(world, made, targetGroupArns=[new])
    assert targets(world, old) == {}
    assert targets(world, new) == dict.fromkeys(ids(running(world, made)), "healthy")


def test_a_desired_capacity_is_followed_both_ways(world: World) -> None:
    """A program may set it."""
    made = make(world, desiredCapacity=3)
    assert len(running(world, made)) == 3
    more = change(world, made, desiredCapacity=4)
    assert len(running(world, more)) == 4
    assert len(running(world, change(world, more, desiredCapacity=2))) == 2


def test_a_deleted_group_takes_its_instances_along(world: World) -> None:
    """They are terminated, and no target group lists them any more; one that is gone already does not matter."""
    made = make(world, protectFromScaleIn=True)
    there = ids(running(world, made))
    world.driver(TYPE).delete(made)
    found = world.client("ec2").describe_instances(InstanceIds=sorted(there))["Reservations"]
    assert {instance["State"]["Name"] for reservation in found for instance in reservation["Instances"]} == {"terminated"}
    assert targets(world, made.inputs["targetGroupArns"][0]) == {}
    other = make(world)
    world.client("elbv2").delete_target_group(TargetGroupArn=other.inputs["targetGroupArns"][0])
    world.driver(TYPE).delete(other)
    assert world.driver(TYPE).read(other)[0] == ""


def test_what_changes_beside_the_program_shows_up(world: World) -> None:
    """Sizes, subnets, metrics, warm pool and target groups are read back."""
    made, client = make(world), world.client("autoscaling")
    arn = made.inputs["targetGroupArns"][0]
    client.detach_load_balancer_target_groups(AutoScalingGroupName=made.id, TargetGroupARNs=[arn])
    client.delete_warm_pool(AutoScalingGroupName=made.id)
    client.enable_metrics_collection(AutoScalingGroupName=made.id, Metrics=["GroupMaxSize"], Granularity="1Minute")
    client.delete_tags(Tags=[{"ResourceId": made.id, "ResourceType": "auto-scaling-group", "Key": "color"}])
    _, outputs, inputs = world.driver(TYPE).read(made)
    found = world.driver(TYPE).diff(Made(TYPE, made.name, made.id, inputs, outputs), made.inputs)
    assert set(found.diffs) == {"targetGroupArns", "warmPool", "enabledMetrics", "tags"}
