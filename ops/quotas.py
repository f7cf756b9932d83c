"""AWS's quotas beside what a stack needs when all of it is up and every color is at its largest."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from ops.deployment import PROJECT
from ops.desired import answer
from ops.target import Target
from settings import Settings
from settings_service import Pins
from settings_types import Color, Nat

STANDARD = {"a", "c", "d", "h", "i", "m", "r", "t", "z"}
"""Families of instance types that share one quota, as its name says."""
NOT_APPLIED = {"NoSuchResourceException"}
"""The answer for a quota that was never changed in this account and has its default value only."""


@dataclass(frozen=True)
class Quota:
    """A quota as Service Quotas calls it."""

    service: str
    code: str
    name: str


RULES = Quota("elasticloadbalancing", "L-7EED9B64", "Rules per Application Load Balancer")
TARGET_GROUPS = Quota("elasticloadbalancing", "L-B22855CB", "Target Groups per Region")
ADDRESSES = Quota("ec2", "L-0263D0A3", "EC2-VPC Elastic IPs")
VCPUS = Quota("ec2", "L-1216C47A", "Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances")
VPCS = Quota("vpc", "L-F678F1CE", "VPCs per Region")


@dataclass(frozen=True)
class Need:
    """How much of a quota the stack needs."""

    quota: Quota
    needed: int
    why: str


@dataclass(frozen=True)
class Checked:
    """A need beside what AWS allows."""

    need: Need
    allowed: int | None
    """The quota's value in the account and region; None when it cannot be asked."""

    @property
    def short(self) -> bool:
        """Whether AWS allows less than the stack needs."""
        return self.allowed is not None and self.allowed < self.need.needed


def checked(target: Target) -> list[Checked]:
    """Each need beside its quota. What other stacks use is counted where one question tells it: addresses and VPCs."""
    client = target.client("service-quotas")
    return [Checked(need, _allowed(client, need.quota)) for need in needs(target)]


def needs(target: Target) -> Iterator[Need]:
    """What the stack needs, by its config and by what others have in the region."""
    settings, ec2 = target.file.settings(), target.client("ec2")
    yield Need(RULES, settings.load_balancer.rules_quota, "config counts on them (switchyard:load_balancer.rules_quota)")
    groups = len(Color) * len(settings.services)
    yield Need(TARGET_GROUPS, groups, "two a service")
    network = settings.network
    own, taken = (
        len(network.availability_zones) if network.nat is Nat.PER_ZONE else 1,
        _others(ec2.describe_addresses()["Addresses"], target),
    )
    yield Need(ADDRESSES, own + taken, f"{own} for the NAT gateways, and others have {taken}")
    taken = _others(ec2.describe_vpcs()["Vpcs"], target)
    yield Need(VPCS, 1 + taken, f"the stack's own, and others have {taken}")
    yield Need(VCPUS, _vcpus(ec2, settings), "every color at its capacity.max")


def unasked_types(settings: Settings) -> list[str]:
    """Instance types whose family has a quota of its own, which is not asked."""
    return sorted({kind for pins in _pins(settings) for kind in pins.instance_types if not _is_standard(kind)})


def _pins(settings: Settings) -> Sequence[Pins]:
    return [service.pins(color) for service in settings.services.values() for color in Color]


def _is_standard(instance_type: str) -> bool:
    return re.split(r"\d", instance_type, maxsplit=1)[0] in STANDARD


def _vcpus(ec2: Any, settings: Settings) -> int:
    """The vCPUs of all colors at their largest, each on the largest of its standard types."""
    kinds = sorted({kind for pins in _pins(settings) for kind in pins.instance_types if _is_standard(kind)})
    answered = ec2.describe_instance_types(InstanceTypes=kinds)["InstanceTypes"] if kinds else []
    sizes = {each["InstanceType"]: each["VCpuInfo"]["DefaultVCpus"] for each in answered}
    return sum(pins.capacity.max * max(sizes.get(kind, 0) for kind in pins.instance_types) for pins in _pins(settings))


def _others(found: Sequence[Mapping[str, Any]], target: Target) -> int:
    """How many are not this stack's, by their tags."""
    ours = {("project", PROJECT), ("stack", target.name)}
    return sum(1 for each in found if not ours <= {(tag["Key"], tag["Value"]) for tag in each.get("Tags", [])})


def _allowed(client: Any, quota: Quota) -> int | None:
    """The value that applies, else the default one; None when AWS tells neither."""
    which = {"ServiceCode": quota.service, "QuotaCode": quota.code}
    try:
        found = answer(lambda: client.get_service_quota(**which), NOT_APPLIED) or client.get_aws_default_service_quota(**which)
    except ClientError:
        return None
    return int(found["Quota"]["Value"])
