"""What is left to do by hand around a color in quarantine, as commands of AWS's own with the real ids.

Network ACLs see what crosses a subnet's border, and match the other side's address: an inbound rule the source, an outbound rule the
destination. So an instance is not denied in its own subnet's way out but wherever its packets come in, in every ACL of the VPC. A packet
that stays in its subnet meets none, nor does one that leaves for S3's gateway endpoint.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import count
from typing import Any

from ops.deployment import Deployment
from ops.traffic import wiring
from settings_types import Color

SNAPSHOTS = "To copy the disks of each instance, all of one instance at the same moment:"
STOP = "To be sure, and lose what is in memory only, stop the instances once the disks are copied:"
TRACKED = (
    "Connections that were established go on: security groups track them, and a rule that goes stops new ones only. They end by themselves "
    "when either side closes them, those of the load balancer after {seconds} s without a request."
)
"""https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html: rules that change do not interrupt what is
tracked, and a network ACL that blocks either direction does."""


def established(deployment: Deployment) -> str:
    """What becomes of the connections that a color has when its rules go."""
    return TRACKED.format(seconds=deployment.target.file.settings().load_balancer.idle_timeout_seconds)


class Evidence:
    """The instances of a color, `api.green`, those of its warm pool included."""

    def __init__(self, deployment: Deployment, name: str) -> None:
        self._deployment, self._name = deployment, name
        self._ec2 = deployment.target.client("ec2")

    @cached_property
    def instances(self) -> Sequence[Mapping[str, Any]]:
        """As EC2 describes them, by id."""
        service, _, color = self._name.partition(".")
        group = wiring(self._deployment, service).groups[Color(color)]
        pages = self._ec2.get_paginator("describe_instances").paginate(
            Filters=[
                {"Name": "tag:aws:autoscaling:groupName", "Values": [group]},
                {"Name": "instance-state-name", "Values": ["pending", "running", "stopping", "stopped"]},
            ]
        )
        found = [instance for page in pages for reservation in page["Reservations"] for instance in reservation["Instances"]]
        return sorted(found, key=lambda instance: str(instance["InstanceId"]))

    def snapshots(self) -> list[str]:
        """Copy all disks of each instance."""
        return [self._aws("create-snapshots", self._copied(instance)) for instance in self.instances]

    def _copied(self, instance: Mapping[str, Any]) -> str:
        volumes = [disk["Ebs"]["VolumeId"] for disk in instance["BlockDeviceMappings"] if "Ebs" in disk]
        told = " ".join([self._name, instance["InstanceId"], *volumes])
        return f"--instance-specification InstanceId={instance['InstanceId']} --description '{told}'"

    def stops(self) -> list[str]:
        """Stop them; a group that ends and replaces nothing leaves them in it."""
        return [self._aws("stop-instances", f"--instance-ids {' '.join(instance['InstanceId'] for instance in self.instances)}")]

    def cuts(self) -> list[str]:
        """Deny their packets wherever these come in, before the rules that there are."""
        lines = []
        for acl in self._acls():
            taken = {entry["RuleNumber"] for entry in acl["Entries"] if not entry["Egress"]}
            denied = {entry["CidrBlock"] for entry in self._denials(acl)}
            free = (number for number in count(1) if number not in taken)
            for address in self._addresses():
                if address not in denied:
                    entry = f"--rule-number {next(free)} --protocol=-1 --cidr-block {address} --rule-action deny"
                    lines.append(self._aws("create-network-acl-entry", f"--network-acl-id {acl['NetworkAclId']} --ingress {entry}"))
        return lines

    def closed(self) -> list[str]:
        """What takes these denials back, where there are any."""
        return [
            self._aws(
                "delete-network-acl-entry",
                f"--network-acl-id {acl['NetworkAclId']} --ingress --rule-number {entry['RuleNumber']}",
            )
            for acl in self._acls()
            for entry in self._denials(acl)
            if entry["CidrBlock"] in self._addresses()
        ]

    def _denials(self, acl: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
        """An ACL's inbound denials of an IPv4 network."""
        return (entry for entry in acl["Entries"] if not entry["Egress"] and entry["RuleAction"] == "deny" and "CidrBlock" in entry)

    def _addresses(self) -> list[str]:
        return [f"{instance['PrivateIpAddress']}/32" for instance in self.instances if "PrivateIpAddress" in instance]

    def _acls(self) -> list[Mapping[str, Any]]:
        """The network ACLs of the VPC that stand around a subnet."""
        vpcs = sorted({str(instance["VpcId"]) for instance in self.instances})
        if not vpcs:
            return []
        pages = self._ec2.get_paginator("describe_network_acls").paginate(Filters=[{"Name": "vpc-id", "Values": vpcs}])
        return [acl for page in pages for acl in page["NetworkAcls"] if acl["Associations"]]

    def _aws(self, operation: str, arguments: str) -> str:
        return f"{self._deployment.target.aws} ec2 {operation} --region {self._deployment.target.file.settings().region} {arguments}"
