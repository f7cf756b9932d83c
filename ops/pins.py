"""What stack config pins and AWS knows: account, zones, the CDN's prefix list, and the AMIs of colors without traffic."""

from collections.abc import Iterator, Sequence
from typing import Any

from ops.amis import described, newest
from ops.bootstrap import account_of
from ops.console import progress, warn
from ops.errors import BadInputError, RefusedError, SwitchyardError
from ops.kernels import Kernel
from ops.target import Target
from settings import Settings
from settings_checks import architecture
from settings_service import Service
from settings_types import Color

CDN_PREFIX_LIST = "com.amazonaws.global.cloudfront.origin-facing"
"""AWS's own list of the addresses from which the CDN comes."""

AVAILABLE = "available"

Pinned = Iterator[tuple[str, Any]]
"""Stack config keys and what AWS says they should be; those that are so already too."""


def account(target: Target, *, change: bool) -> Pinned:
    """The account of the credentials; refused where it is another than the file's, unless it may `change`."""
    found, wanted = account_of(target), target.file.settings().account_id
    if found != wanted and not change:
        told = f"The credentials are for account {found}, and the stack is for {wanted}."
        raise RefusedError(told, "Switch to the other profile; or let the stack move to this account with --account.")
    yield "account_id", found


def zones(ec2: Any, settings: Settings) -> Pinned:
    """The pinned zones that the account still has, in their order, since a zone's place gives it its subnets.

    Others are named only. One that AWS calls impaired stays: an outage is no reason to give up its subnets.
    """
    filters = [{"Name": "zone-type", "Values": ["availability-zone"]}]
    states = {zone["ZoneName"]: zone["State"] for zone in ec2.describe_availability_zones(Filters=filters)["AvailabilityZones"]}
    pinned = settings.network.availability_zones
    for zone in pinned:
        if zone not in states:
            warn(f"this account has no {zone} any more: zones listed behind it get other subnets, and all in those is made anew")
        elif states[zone] != AVAILABLE:
            warn(f"AWS calls {zone} {states[zone]}; it stays pinned")
    others = [zone for zone, state in states.items() if state == AVAILABLE and zone not in pinned]
    if others:
        progress(f"available too, and not pinned: {', '.join(others)}")
    yield "network.availability_zones", [zone for zone in pinned if zone in states]


def prefix_list(ec2: Any, settings: Settings) -> Pinned:
    """The region's list of the CDN's addresses."""
    filters = [{"Name": "prefix-list-name", "Values": [CDN_PREFIX_LIST]}]
    found = ec2.describe_managed_prefix_lists(Filters=filters)["PrefixLists"]
    if not found:
        raise SwitchyardError(
            f"{settings.region} has no prefix list {CDN_PREFIX_LIST}.", "The CDN reaches no origin there: take another region."
        )
    yield "network.cdn_prefix_list_id", found[0]["PrefixListId"]


def amis(target: Target, names: Sequence[str], kernel: Kernel | None) -> Pinned:
    """The newest AMI of each service's idle color; a color that takes traffic keeps its own."""
    services = target.file.settings().services
    for name in names:
        yield from _ami(target, name, services[name], kernel)


def _ami(target: Target, name: str, service: Service, kernel: Kernel | None) -> Pinned:
    idle = service.live.other
    if service.weight(idle):
        warn(f"{name}: {idle} takes {service.weight(idle)} % as canary, so that neither color is idle: both keep their AMI")
        return
    pins = service.pins(idle)
    found = newest(target, kernel or _kernel(target, name, idle, pins.ami), architecture(pins.instance_types[0]))
    if found != pins.ami and service.previous is idle:
        warn(f"{name}: `rollback` returned to {idle} until now; its AMI is replaced, so that there is nothing to return to")
        yield f"services.{name}.previous", None
    yield f"services.{name}.{idle}.ami", found


def _kernel(target: Target, name: str, color: Color, ami: str) -> str:
    """The kernel line of the AMI that is pinned: a newer AMI changes no kernel by itself."""
    image = described(target.client("ec2"), ami)
    if image and image.kernel:
        return image.kernel
    told = f"{name}: the kernel of {color}'s {ami} cannot be told: " + (
        "its name has none." if image else "AWS has no such image for this account."
    )
    raise BadInputError(told, f"Name one: --kernel {', '.join(Kernel)}.")
