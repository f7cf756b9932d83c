import ipaddress
from itertools import combinations

import pulumi_aws as aws
import pytest

from tests.configs import rendered
from tests.graph import names, takes_from, waits_for
from tests.rendering import Rendering


def test_each_tier_has_a_subnet_in_each_zone(old_stack: Rendering) -> None:
    """Three tiers over three zones, no address twice, and none is public by default."""
    subnets = old_stack.of(aws.ec2.Subnet)
    assert names(subnets) == {f"network-{tier}-{zone}" for tier in ("public", "app", "data") for zone in "abc"}
    assert {subnet.inputs["availabilityZone"][-1] == subnet.name[-1] for subnet in subnets} == {True}
    assert {subnet.inputs["mapPublicIpOnLaunch"] for subnet in subnets} == {False}
    blocks = [ipaddress.IPv4Network(subnet.inputs["cidrBlock"]) for subnet in subnets]
    assert not any(one.overlaps(two) for one, two in combinations(blocks, 2))


def test_a_zone_added_at_the_end_moves_no_other_subnet(old_stack: Rendering) -> None:
    """A subnet's block follows its zone's place, and a block cannot change in place."""
    zones = ["eu-west-1a", "eu-west-1b", "eu-west-1c", "eu-west-1d"]
    more = rendered({"network.availability_zones": zones}, preview=False)
    for subnet in old_stack.of(aws.ec2.Subnet):
        assert more.one(aws.ec2.Subnet, subnet.name).inputs == subnet.inputs
    assert len(more.of(aws.ec2.Subnet)) == 12


def test_each_zone_goes_out_by_its_own_gateway(old_stack: Rendering) -> None:
    """So that a zone that fails takes no other along."""
    for zone in "abc":
        route = old_stack.one(aws.ec2.Route, f"network-app-{zone}-out")
        assert route.inputs["destinationCidrBlock"] == "0.0.0.0/0"
        assert takes_from(old_stack, route, "natGatewayId", aws.ec2.NatGateway) == {f"network-nat-{zone}"}
        assert takes_from(old_stack, route, "routeTableId", aws.ec2.RouteTable) == {f"network-app-{zone}"}
        gateway = old_stack.one(aws.ec2.NatGateway, f"network-nat-{zone}")
        assert takes_from(old_stack, gateway, "subnetId", aws.ec2.Subnet) == {f"network-public-{zone}"}


def test_a_single_gateway_serves_all_zones() -> None:
    """The cheaper choice: one gateway, one address, in the first zone."""
    single = rendered({"network.nat": "single"})
    assert names(single.of(aws.ec2.NatGateway)) == {"network-nat-a"}
    assert names(single.of(aws.ec2.Eip)) == {"network-nat-a-ip"}
    for zone in "abc":
        route = single.one(aws.ec2.Route, f"network-app-{zone}-out")
        assert takes_from(single, route, "natGatewayId", aws.ec2.NatGateway) == {"network-nat-a"}


@pytest.mark.parametrize("kind", [aws.ec2.NatGateway, aws.ec2.Eip])
def test_nat_waits_for_the_internet_gateway(new_stack: Rendering, kind: type) -> None:
    """AWS refuses a public address in a VPC without one, and the engine knows no other reason to wait."""
    for made in new_stack.of(kind):
        assert waits_for(new_stack, made, aws.ec2.InternetGateway) == {"network-internet"}


def test_only_the_public_tier_has_a_way_to_the_internet_itself(new_stack: Rendering) -> None:
    """The application tier goes by NAT, and the data tier's table has no route at all."""
    routes = {
        route.name: takes_from(new_stack, route, "routeTableId", aws.ec2.RouteTable)
        for route in new_stack.of(aws.ec2.Route)
        if "gatewayId" in route.inputs
    }
    assert routes == {"network-public-out": {"network-public"}}
    tables = [takes_from(new_stack, route, "routeTableId", aws.ec2.RouteTable) for route in new_stack.of(aws.ec2.Route)]
    assert {"network-data"} not in tables


def test_every_subnet_is_in_its_tier_s_table(new_stack: Rendering) -> None:
    """A subnet left out would use the VPC's main table."""
    tables = {}
    for association in new_stack.of(aws.ec2.RouteTableAssociation):
        (subnet,) = takes_from(new_stack, association, "subnetId", aws.ec2.Subnet)
        (tables[subnet],) = takes_from(new_stack, association, "routeTableId", aws.ec2.RouteTable)
    expected = {"network-public": "network-public", "network-data": "network-data"}
    assert tables == {
        f"network-{tier}-{zone}": expected.get(f"network-{tier}", f"network-app-{zone}")
        for tier in ("public", "app", "data")
        for zone in "abc"
    }


def test_the_default_group_is_closed(new_stack: Rendering) -> None:
    """What is put into it by mistake reaches nothing and is reached by nothing."""
    group = new_stack.one(aws.ec2.DefaultSecurityGroup, "network-default")
    assert group.inputs["ingress"] == []
    assert group.inputs["egress"] == []


def test_names_resolve_inside_the_vpc(new_stack: Rendering) -> None:
    """Private DNS of the interface endpoints needs both."""
    vpc = new_stack.one(aws.ec2.Vpc, "network-vpc")
    assert vpc.inputs["enableDnsSupport"] is True
    assert vpc.inputs["enableDnsHostnames"] is True
