"""Where users find the application, and the network and load balancer that they come through."""

from collections.abc import Iterator
from typing import Annotated

import settings_types as types
from components import boot
from settings_errors import Problem
from settings_limits import unique, within
from settings_types import Nat, Section


class StandsIn(Section):
    """Another stack's name, which this stack can answer under when that one has failed."""

    name: types.DomainName
    """The name that users know; the certificates cover it beside the stack's own, so that it can be taken over at any time."""
    now: bool = False
    """Whether this stack answers under it. CloudFront gives a name to one distribution at a time: move it there first."""


class Domain(Section):
    """Where users find the application."""

    name: types.DomainName
    """The name that the certificate covers and the CDN answers to."""
    hosted_zone_id: types.HostedZoneId
    """The public Route 53 zone in which `name` lives."""
    stands_in: StandsIn | None = None
    """The name that this stack takes over in a disaster, in the same zone."""

    @property
    def also(self) -> tuple[str, ...]:
        """The names that the certificates cover beside the stack's own."""
        return (self.stands_in.name,) if self.stands_in else ()

    @property
    def taken_over(self) -> tuple[str, ...]:
        """The names under which the stack answers beside its own."""
        return self.also if self.stands_in and self.stands_in.now else ()

    @property
    def users_name(self) -> str:
        """The name under which users come."""
        return next(iter(self.taken_over), self.name)


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


class LoadBalancer(Section):
    """The application load balancer behind the CDN."""

    drain_seconds: Annotated[int, within(boot.STOP_SECONDS + 5, 3600, f"seconds (an instance may take {boot.STOP_SECONDS} to stop)")] = 60
    """How long a target that leaves finishes its requests; bounds stickiness too."""
    idle_timeout_seconds: Annotated[
        int, within(1, boot.KEEPALIVE_SECONDS - 5, f"seconds (an instance closes after {boot.KEEPALIVE_SECONDS})")
    ] = 60
    """When a connection on which nothing is said is closed."""
    rules_quota: Annotated[int, within(3, 1000, "rules")] = 100
    """AWS's quota "Rules per Application Load Balancer" in this account: 100 unless AWS raised it. A service takes three."""
    log_retention_days: Annotated[int, within(1, 3653, "days")] = 365
    """How long access and connection logs are kept."""


def problems(domain: Domain) -> Iterator[Problem]:
    """What is wrong between the parts of the section."""
    if domain.name in domain.also:
        yield Problem("switchyard:domain.stands_in.name", domain.name, "is the stack's own name: name that of the stack it stands in for")
