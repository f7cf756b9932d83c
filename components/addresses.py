"""How the VPC's addresses are cut: pure arithmetic, so that settings can refuse what would not fit."""

import ipaddress
from enum import IntEnum

ZONES_PER_TIER = 4
SUBNET_BITS = 4
"""Sixteen equal blocks: three tiers of four zones, and four kept free."""


class Tier(IntEnum):
    """The network's tiers in the order of their blocks."""

    PUBLIC = 0
    APPLICATION = 1
    DATA = 2

    @property
    def label(self) -> str:
        """The tier in a resource's name, which is short."""
        return ("public", "app", "data")[self]


def subnet_cidr(vpc_cidr: str, tier: Tier, zone: int) -> str:
    """The block of a tier in a zone (by its place in the list); adding a zone at the end moves no other block."""
    blocks = list(ipaddress.IPv4Network(vpc_cidr).subnets(prefixlen_diff=SUBNET_BITS))
    return str(blocks[tier * ZONES_PER_TIER + zone])


def tier_cidr(vpc_cidr: str, tier: Tier) -> str:
    """The block that holds a tier in all its zones, present and future."""
    return str(list(ipaddress.IPv4Network(vpc_cidr).subnets(prefixlen_diff=SUBNET_BITS // 2))[tier])
