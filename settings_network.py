"""Where users find the application, and the network that it stands in."""

from typing import Annotated

import settings_types as types
from settings_limits import unique
from settings_types import Nat, Section


class Domain(Section):
    """Where users find the application."""

    name: types.DomainName
    """The name that the certificate covers and the CDN answers to."""
    hosted_zone_id: types.HostedZoneId
    """The public Route 53 zone in which `name` lives."""


class Network(Section):
    """The VPC: three tiers (public, application, data) over the zones."""

    cidr: types.PrivateNetwork
    """Cut into sixteen equal subnets: a tier has four, one for each of up to four zones."""
    availability_zones: Annotated[tuple[types.Zone, ...], unique("zone")]
    """2 to 4 zones of the stack's region; adding one at the end moves no other subnet."""
    nat: Nat = Nat.PER_ZONE
    """How the application tier reaches the internet: a NAT gateway in each zone, or a single one, cheaper and lost with its zone."""
    cdn_prefix_list_id: types.PrefixListId
    """The region's `com.amazonaws.global.cloudfront.origin-facing` list."""
    egress_cidrs: Annotated[tuple[types.Cidr, ...], unique("network")] = ("0.0.0.0/0",)
    """Where instances may open connections to outside the VPC, on 443 only; empty closes it."""
