"""What an Auto Scaling group does by itself on AWS, and the emulator's does not: even zones, pinned templates, instance refreshes.

The emulator's groups launch everything into the first subnet, count instances wrongly with some mixed-instances policies, leave what they
terminate in its target groups, and never replace what runs. So a group is made empty, and the steps below launch and terminate.
"""

import functools
from collections import Counter
from collections.abc import Mapping
from typing import Any

from sandbox.provider.caller import tolerating_gone
from sandbox.provider.row import Facts

VERSION_TAG = "aws:ec2launchtemplate:version"
"""The tag by which AWS says what an instance was launched from."""

PASSED_ON = ("IamInstanceProfile", "MetadataOptions", "Monitoring")
"""What the emulator does not take from a launch template by itself."""


def fill(client: Any, facts: Facts) -> None:
    """Launch what is missing: at the group's minimum, or at what is desired of a new group. AWS raises the desired capacity so."""
    fleet = Fleet(client, facts)
    first = 0 if facts["old"] else facts.get("desiredCapacity") or 0
    fleet.launch(max(facts["minSize"], fleet.group["DesiredCapacity"], first) - len(fleet.instances))


def trim(client: Any, facts: Facts) -> None:
    """Terminate what is beyond the new maximum."""
    _shrink(Fleet(client, facts), facts["maxSize"])


def resize(client: Any, facts: Facts) -> None:
    """Bring the group to a new desired capacity."""
    fleet = Fleet(client, facts)
    fleet.launch(facts["desiredCapacity"] - len(fleet.instances))
    _shrink(fleet, facts["desiredCapacity"])


def refresh(client: Any, facts: Facts) -> None:
    """Replace the instances that do not run what the group asks for now, one at a time, launching first where the maximum has room."""
    fleet = Fleet(client, facts)
    for instance in [instance for instance in fleet.instances if not fleet.is_current(instance)]:
        if len(fleet.instances) < facts["maxSize"]:
            fleet.launch(1, leaving=instance["InstanceId"])
            fleet.terminate([instance["InstanceId"]])
        else:
            fleet.terminate([instance["InstanceId"]])
            fleet.launch(1)


def retarget(client: Any, facts: Facts) -> None:
    """Attach the target groups that have come, and detach those that have gone."""
    old, new = set(facts["old"].get("targetGroupArns") or ()), set(facts.get("targetGroupArns") or ())
    if new - old:
        client.attach_load_balancer_target_groups(AutoScalingGroupName=facts["id"], TargetGroupARNs=sorted(new - old))
    if old - new:
        client.detach_load_balancer_target_groups(AutoScalingGroupName=facts["id"], TargetGroupARNs=sorted(old - new))


def retag(client: Any, facts: Facts) -> None:
    """Bring the group's tags to the new ones; they reach instances that are launched from now on."""
    kept = {tag["key"] for tag in facts.get("tags") or ()}
    gone = [tag["key"] for tag in facts["old"].get("tags") or () if tag["key"] not in kept]
    owner = {"ResourceId": facts["id"], "ResourceType": "auto-scaling-group"}
    if gone:
        client.delete_tags(Tags=[{**owner, "Key": key} for key in gone])
    if kept:
        tags = ({"Key": tag["key"], "Value": tag["value"], "PropagateAtLaunch": tag["propagateAtLaunch"]} for tag in facts["tags"])
        client.create_or_update_tags(Tags=[{**owner, **tag} for tag in tags])


def suspend(client: Any, facts: Facts) -> None:
    """Suspend the processes that are named now, and resume those that are named no more."""
    old, new = set(facts["old"].get("suspendedProcesses") or ()), set(facts.get("suspendedProcesses") or ())
    if new - old:
        client.suspend_processes(AutoScalingGroupName=facts["id"], ScalingProcesses=sorted(new - old))
    if old - new:
        client.resume_processes(AutoScalingGroupName=facts["id"], ScalingProcesses=sorted(old - new))


def disband(client: Any, facts: Facts) -> None:
    """Delete the group with its instances. They go first: the emulator's group would leave them in their target groups."""
    fleet = Fleet(client, facts)
    if fleet.group:
        client.update_auto_scaling_group(AutoScalingGroupName=facts["id"], MinSize=0)
        with tolerating_gone():  # a target group may have gone before
            _shrink(fleet, 0)
        client.delete_auto_scaling_group(AutoScalingGroupName=facts["id"], ForceDelete=True)


def _shrink(fleet: "Fleet", size: int) -> None:
    """Terminate the oldest instances beyond a size."""
    surplus = len(fleet.instances) - size
    if surplus > 0:
        oldest = sorted(fleet.instances, key=lambda instance: instance["LaunchTime"])
        fleet.terminate([instance["InstanceId"] for instance in oldest[:surplus]])


class Fleet:
    """The instances of one group, as they are at each look."""

    def __init__(self, client: Any, facts: Facts) -> None:
        self.autoscaling, self.facts = client, facts
        self.ec2 = facts["clients"]("ec2")

    @property
    def group(self) -> dict[str, Any]:
        """The group as AWS describes it; empty when it is gone."""
        found = self.autoscaling.describe_auto_scaling_groups(AutoScalingGroupNames=[self.facts["id"]])["AutoScalingGroups"]
        return found[0] if found else {}

    @property
    def instances(self) -> list[dict[str, Any]]:
        """Its instances as EC2 describes them."""
        ids = [instance["InstanceId"] for instance in self.group["Instances"]]
        reservations = self.ec2.describe_instances(InstanceIds=ids)["Reservations"] if ids else []
        return [instance for reservation in reservations for instance in reservation["Instances"]]

    @functools.cached_property
    def template(self) -> dict[str, Any]:
        """The version of the launch template that the group is to use."""
        spec = self._mixed.get("LaunchTemplateSpecification") or self.group["LaunchTemplate"]
        id_, version = spec["LaunchTemplateId"], spec.get("Version") or "$Default"
        return dict(self.ec2.describe_launch_template_versions(LaunchTemplateId=id_, Versions=[version])["LaunchTemplateVersions"][0])

    @property
    def _mixed(self) -> dict[str, Any]:
        return dict(self.group.get("MixedInstancesPolicy", {}).get("LaunchTemplate", {}))

    def launch(self, count: int, *, leaving: str = "") -> None:
        """Launch instances from the template, each into the subnet that has fewest of them; one that is about to leave does not count."""
        used = Counter(instance["SubnetId"] for instance in self.instances if instance["InstanceId"] != leaving)
        for _ in range(count):
            subnet = min(self.group["VPCZoneIdentifier"].split(","), key=lambda subnet: used[subnet])
            used[subnet] += 1
            self._launch_into(subnet)

    def _launch_into(self, subnet: str) -> None:
        data = self.template["LaunchTemplateData"]
        kinds = [override["InstanceType"] for override in self._mixed.get("Overrides", ()) if "InstanceType" in override]
        tags = [{"Key": tag["Key"], "Value": tag["Value"]} for tag in self.group["Tags"] if tag["PropagateAtLaunch"]]
        made = self.ec2.run_instances(
            **{name: data[name] for name in PASSED_ON if name in data},
            **({"InstanceType": kinds[0]} if kinds else {}),
            **({"TagSpecifications": [{"ResourceType": "instance", "Tags": tags}]} if tags else {}),
            LaunchTemplate={"LaunchTemplateId": self.template["LaunchTemplateId"], "Version": str(self.template["VersionNumber"])},
            NetworkInterfaces=[{"DeviceIndex": 0, "SubnetId": subnet, "DeleteOnTermination": True}],
            MinCount=1,
            MaxCount=1,
        )
        ids = [instance["InstanceId"] for instance in made["Instances"]]
        self.autoscaling.attach_instances(AutoScalingGroupName=self.facts["id"], InstanceIds=ids)

    def terminate(self, ids: list[str]) -> None:
        """Terminate instances, so that they leave the group and its target groups, and shrink the group by as many."""
        self.autoscaling.detach_instances(AutoScalingGroupName=self.facts["id"], InstanceIds=ids, ShouldDecrementDesiredCapacity=True)
        self.ec2.terminate_instances(InstanceIds=ids)

    def is_current(self, instance: Mapping[str, Any]) -> bool:
        """Whether an instance runs the group's version of the template: by its version tag, its image and the tags of the template."""
        data, tags = self.template["LaunchTemplateData"], {tag["Key"]: tag["Value"] for tag in instance["Tags"]}
        propagated = {tag["Key"] for tag in self.group["Tags"] if tag["PropagateAtLaunch"]}
        specified = [spec["Tags"] for spec in data.get("TagSpecifications", ()) if spec["ResourceType"] == "instance"]
        wanted = {tag["Key"]: tag["Value"] for spec in specified for tag in spec if tag["Key"] not in propagated}
        return (
            tags.get(VERSION_TAG) == str(self.template["VersionNumber"])
            and instance["ImageId"] == data["ImageId"]
            and wanted.items() <= tags.items()
        )
