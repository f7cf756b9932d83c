import ipaddress
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.addresses import ZONES_PER_TIER, Tier, subnet_cidr, tier_cidr

VPC = "10.20.0.0/16"


def test_a_tier_has_four_blocks_in_a_row() -> None:
    """Sixteen equal blocks, tier after tier."""
    assert [subnet_cidr(VPC, Tier.PUBLIC, zone) for zone in range(2)] == ["10.20.0.0/20", "10.20.16.0/20"]
    assert subnet_cidr(VPC, Tier.APPLICATION, 0) == "10.20.64.0/20"
    assert subnet_cidr(VPC, Tier.DATA, 3) == "10.20.176.0/20"


@pytest.mark.parametrize("tier", Tier)
def test_a_tier_s_block_holds_its_zones_and_no_other_tier_s(tier: Tier) -> None:
    """The network ACL names tiers, zones to come included."""
    block = ipaddress.IPv4Network(tier_cidr(VPC, tier))
    for other in Tier:
        subnets = [ipaddress.IPv4Network(subnet_cidr(VPC, other, zone)) for zone in range(ZONES_PER_TIER)]
        assert {subnet.subnet_of(block) for subnet in subnets} == {other is tier}


@given(st.integers(16, 23))
def test_no_two_subnets_share_an_address(prefix: int) -> None:
    """For every size of VPC that settings admit, and each is large enough for a load balancer."""
    cidrs = [subnet_cidr(f"10.20.0.0/{prefix}", tier, zone) for tier in Tier for zone in range(ZONES_PER_TIER)]
    subnets = [ipaddress.IPv4Network(cidr) for cidr in cidrs]
    assert not any(one.overlaps(two) for one, two in combinations(subnets, 2))
    assert {subnet.prefixlen for subnet in subnets} == {prefix + 4}


def test_tiers_have_short_labels() -> None:
    """They stand in the names of subnets and tables."""
    assert [tier.label for tier in Tier] == ["public", "app", "data"]
