"""A VPC's parts behave beside each other as on AWS, and what is changed by hand shows."""

from typing import Any

import grpc
import pytest

from tests.sandbox.provider.driver import Made, bare
from tests.sandbox.provider.specs.endpoints import gateway, interface
from tests.sandbox.provider.specs.flow_logs import flow_log
from tests.sandbox.provider.specs.gateways import internet, nat_gateway
from tests.sandbox.provider.specs.network_acl import entry, network_acl
from tests.sandbox.provider.specs.routing import association, route, table
from tests.sandbox.provider.world import World

S3, EC2 = "com.amazonaws.eu-west-1.s3", "com.amazonaws.eu-west-1.ec2"

BUCKET, LOGS = "arn:aws:s3:::logs", "arn:aws:logs:eu-west-1:123456789012:log-group:flow"

REFUSED: dict[str, tuple[str, dict[str, Any], str]] = {
    "gateway in subnets": ("VpcEndpoint", {"vpcId": "v", "serviceName": S3, "subnetIds": ["s"]}, "subnetIds"),
    "gateway to EC2": ("VpcEndpoint", {"vpcId": "v", "serviceName": EC2}, "serviceName"),
    "another region": ("VpcEndpoint", {"vpcId": "v", "serviceName": "com.amazonaws.eu-west-2.s3"}, "serviceName"),
    "route table of an interface": (
        "VpcEndpoint",
        {"vpcId": "v", "serviceName": EC2, "vpcEndpointType": "Interface", "routeTableIds": ["r"]},
        "routeTableIds",
    ),
    "private NAT with an address": (
        "NatGateway",
        {"subnetId": "s", "connectivityType": "private", "allocationId": "eipalloc-1"},
        "allocationId",
    ),
    "interval": ("FlowLog", {"vpcId": "v", "trafficType": "ALL", "maxAggregationInterval": 300}, "maxAggregationInterval"),
    "traffic": ("FlowLog", {"vpcId": "v", "trafficType": "SOME"}, "trafficType"),
    "bucket for log group": ("FlowLog", {"vpcId": "v", "trafficType": "ALL", "logDestination": BUCKET}, "logDestination"),
    "two sources": ("FlowLog", {"vpcId": "v", "subnetId": "s", "trafficType": "ALL", "logDestination": LOGS}, "vpcId"),
    "role for a bucket": (
        "FlowLog",
        {"vpcId": "v", "trafficType": "ALL", "logDestinationType": "s3", "logDestination": BUCKET, "iamRoleArn": "r"},
        "iamRoleArn",
    ),
    "rule number twice": ("NetworkAcl", {"vpcId": "v", "ingress": [entry(1, 0, 1), entry(1, 2, 3)]}, "ingress[1].ruleNo"),
    "AWS's own rule": ("NetworkAcl", {"vpcId": "v", "egress": [entry(32767, 0, 1)]}, "egress[0].ruleNo"),
    "ports": ("NetworkAcl", {"vpcId": "v", "egress": [entry(1, 443, 80)]}, "egress[0].fromPort"),
    "host bits": ("NetworkAcl", {"vpcId": "v", "egress": [entry(1, 0, 1, "10.0.0.1/8")]}, "egress[0].cidrBlock"),
    "protocol by name": ("NetworkAcl", {"vpcId": "v", "egress": [{**entry(1, 0, 1), "protocol": "tcp"}]}, "egress[0].protocol"),
    "route over IPv6": (
        "Route",
        {"routeTableId": "r", "destinationIpv6CidrBlock": "::/0", "gatewayId": "igw-1"},
        "destinationIpv6CidrBlock",
    ),
    "two targets": (
        "Route",
        {"routeTableId": "r", "destinationCidrBlock": "0.0.0.0/0", "gatewayId": "igw-1", "natGatewayId": "nat-1"},
        "gatewayId",
    ),
    "rules of the default group": (
        "DefaultSecurityGroup",
        {"vpcId": "v", "ingress": [{"fromPort": 0, "toPort": 0, "protocol": "-1", "self": True}]},
        "ingress",
    ),
}


def changed(world: World, made: Made, **inputs: Any) -> Made:
    """Change a resource in place."""
    driver = world.driver(made.type)
    checked, failures = driver.check(made.type, made.name, {**made.inputs, **inputs}, made.inputs)
    assert failures == {}
    assert list(driver.diff(made, checked).replaces) == []
    return driver.update(made, checked)


def refreshed(world: World, made: Made) -> Made:
    """Return a resource as a refresh records it."""
    id_, outputs, inputs = world.driver(made.type).read(made)
    return Made(made.type, made.name, id_, inputs, outputs)


def drift(world: World, made: Made) -> set[str]:
    """Return the properties in which what is there differs from the program."""
    return set(world.driver(made.type).diff(refreshed(world, made), made.inputs).diffs)


def routes(world: World, table_id: str) -> dict[str, str]:
    """Return where a table's routes lead, by destination."""
    (found,) = world.client("ec2").describe_route_tables(RouteTableIds=[table_id])["RouteTables"]
    ends = ("GatewayId", "NatGatewayId")
    return {
        one.get("DestinationCidrBlock") or one["DestinationPrefixListId"]: next(one[end] for end in ends if end in one)
        for one in found["Routes"]
    }


@pytest.mark.parametrize(("type_", "inputs", "path"), REFUSED.values(), ids=REFUSED)
def test_what_aws_refuses_is_refused_at_the_check(type_: str, inputs: dict[str, Any], path: str, world: World) -> None:
    """The failure names the property."""
    type_ = f"aws.ec2.{type_}"
    _, failures = world.driver(type_).check(type_, "one", inputs)
    assert list(failures) == [path]


def test_a_gateway_detached_by_hand_comes_back(world: World) -> None:
    """A refresh shows it, and the next update attaches it; without either it is deleted all the same."""
    made = world.make("aws.ec2.InternetGateway", vpcId=world.vpc())
    world.client("ec2").detach_internet_gateway(InternetGatewayId=made.id, VpcId=made.inputs["vpcId"])
    assert drift(world, made) == {"vpcId"}
    driver = world.driver(made.type)
    back = driver.update(refreshed(world, made), made.inputs)
    assert drift(world, back) == set()
    world.client("ec2").detach_internet_gateway(InternetGatewayId=made.id, VpcId=made.inputs["vpcId"])
    driver.delete(back)
    assert driver.read(back)[0] == ""


def test_a_gateway_moves_to_another_vpc(world: World) -> None:
    """AWS attaches it to one at a time."""
    made = world.make("aws.ec2.InternetGateway", vpcId=world.vpc())
    other = world.vpc()
    assert bare(changed(world, made, vpcId=other).outputs)["vpcId"] == other


def test_nat_needs_an_internet_gateway(world: World) -> None:
    """A NAT gateway that is made first would fail on AWS some minutes later."""
    inputs = {"subnetId": world.subnets(world.vpc())[0], "allocationId": world.id("aws.ec2.Eip", domain="vpc")}
    with pytest.raises(grpc.RpcError, match="has no Internet gateway attached"):
        world.make("aws.ec2.NatGateway", **inputs)
    assert bare(world.make("aws.ec2.NatGateway", **inputs | {"connectivityType": "private", "allocationId": None}).outputs)["privateIp"]


def test_an_address_is_released_when_nothing_uses_it(world: World) -> None:
    """NAT frees its address when it goes."""
    driver = world.driver("aws.ec2.Eip")
    nat = world.make("aws.ec2.NatGateway", **nat_gateway(world))
    address = Made("aws.ec2.Eip", "address", nat.inputs["allocationId"], {}, {})
    with pytest.raises(grpc.RpcError, match=r"InvalidIPAddress\.InUse"):
        driver.delete(address)
    driver.delete(nat)
    driver.delete(address)
    assert driver.read(address)[0] == ""


def test_a_route_leads_elsewhere_in_place(world: World) -> None:
    """Also when its target is of another kind; what leads elsewhere by hand is drift, and so is a route that is gone."""
    nat = nat_gateway(world)
    vpc, gateway_id = internet(world)
    made = world.make("aws.ec2.Route", routeTableId=table(world, vpc), destinationCidrBlock="0.0.0.0/0", gatewayId=gateway_id)
    nat_id = world.id("aws.ec2.NatGateway", **nat)
    moved = changed(world, made, gatewayId=None, natGatewayId=nat_id)
    assert routes(world, made.inputs["routeTableId"])["0.0.0.0/0"] == nat_id
    assert "gatewayId" not in bare(moved.outputs)
    where = {"RouteTableId": made.inputs["routeTableId"], "DestinationCidrBlock": "0.0.0.0/0"}
    world.client("ec2").replace_route(**where, GatewayId=gateway_id)
    assert drift(world, moved) == {"natGatewayId"}
    world.client("ec2").delete_route(**where)
    assert refreshed(world, moved).id == ""


def test_a_route_has_a_destination(world: World) -> None:
    """Known at the latest when it is made."""
    with pytest.raises(grpc.RpcError, match="destinationCidrBlock"):
        world.make("aws.ec2.Route", **route(world) | {"destinationCidrBlock": None})


def test_a_route_of_the_program_is_no_change_of_its_table(world: World) -> None:
    """The table lists it as an output only; routes that AWS makes are not among these."""
    inputs = route(world)
    driver = world.driver("aws.ec2.RouteTable")
    _, outputs, checked = driver.fetch("aws.ec2.RouteTable", inputs["routeTableId"])
    assert bare(outputs)["routes"] == []
    before = Made(
        "aws.ec2.RouteTable", "table", inputs["routeTableId"], {"vpcId": checked["vpcId"], "tagsAll": checked["tagsAll"]}, outputs
    )
    world.make("aws.ec2.Route", **inputs)
    assert bare(refreshed(world, before).outputs)["routes"] == [{"cidrBlock": "0.0.0.0/0", "gatewayId": inputs["gatewayId"]}]
    assert drift(world, before) == set()


def test_a_subnet_has_one_table(world: World) -> None:
    """A second association is refused, as AWS does."""
    made = world.make("aws.ec2.RouteTableAssociation", **association(world))
    with pytest.raises(grpc.RpcError, match=r"Resource\.AlreadyAssociated"):
        world.make("aws.ec2.RouteTableAssociation", **made.inputs)


def test_an_association_outlives_its_ids(world: World) -> None:
    """AWS gives it a new id with each move; it is found, moved again and deleted by its subnet."""
    made = world.make("aws.ec2.RouteTableAssociation", **association(world))
    driver, client = world.driver(made.type), world.client("ec2")
    vpc = client.describe_subnets(SubnetIds=[made.inputs["subnetId"]])["Subnets"][0]["VpcId"]
    moved = changed(world, changed(world, made, routeTableId=table(world, vpc)), routeTableId=(last := table(world, vpc)))
    assert bare(refreshed(world, moved).outputs)["routeTableId"] == last
    driver.delete(moved)
    (found,) = client.describe_route_tables(RouteTableIds=[last])["RouteTables"]
    assert found["Associations"] == []
    assert driver.read(moved)[0] == ""


def test_a_gateway_endpoint_is_in_its_tables(world: World) -> None:
    """Its routes come, move and go with it, and security groups can name its addresses."""
    made = world.make("aws.ec2.VpcEndpoint", **gateway(world))
    addresses = bare(made.outputs)["prefixListId"]
    assert addresses.startswith("pl-")
    kept, left = made.inputs["routeTableIds"]
    gained = table(world, made.inputs["vpcId"])
    moved = changed(world, made, routeTableIds=[gained, kept])
    assert {name: routes(world, name).get(addresses) for name in (kept, gained, left)} == {kept: made.id, gained: made.id, left: None}
    assert drift(world, moved) == set()
    world.driver(made.type).delete(moved)
    assert addresses not in {*routes(world, kept), *routes(world, gained)}
    assert refreshed(world, moved).id == ""


def test_a_gateway_endpoint_is_imported_with_its_addresses(world: World) -> None:
    """The id alone tells the service, and the service the list."""
    made = world.make("aws.ec2.VpcEndpoint", **gateway(world))
    _, outputs, _ = world.driver(made.type).fetch(made.type, made.id)
    assert bare(outputs)["prefixListId"] == bare(made.outputs)["prefixListId"]


def test_an_interface_endpoint_changes_subnets_and_groups(world: World) -> None:
    """In place; a group that is taken away by hand is drift."""
    made = world.make("aws.ec2.VpcEndpoint", **interface(world))
    group = world.id("aws.ec2.SecurityGroup", vpcId=made.inputs["vpcId"])
    moved = changed(world, made, securityGroupIds=[group], subnetIds=made.inputs["subnetIds"][:1])
    assert bare(moved.outputs)["securityGroupIds"] == [group]
    assert bare(moved.outputs)["subnetIds"] == made.inputs["subnetIds"][:1]
    world.client("ec2").modify_vpc_endpoint(VpcEndpointId=made.id, RemoveSecurityGroupIds=[group])
    assert drift(world, moved) == {"securityGroupIds"}


def test_a_flow_log_to_nowhere_is_told(world: World) -> None:
    """AWS answers without an error, and with nothing made."""
    inputs = flow_log(world) | {"logDestinationType": "s3", "logDestination": "arn:aws:s3:::no-such-bucket-anywhere", "iamRoleArn": None}
    with pytest.raises(grpc.RpcError, match="no-such-bucket-anywhere does not exist"):
        world.make("aws.ec2.FlowLog", **inputs)


def test_the_default_group_is_closed_again(world: World) -> None:
    """Its rules go at once, those that come by hand show and go with the next update, and it outlives the program."""
    client, vpc = world.client("ec2"), world.vpc()
    made = world.make("aws.ec2.DefaultSecurityGroup", vpcId=vpc, ingress=[], egress=[])
    rules = {"GroupIds": [made.id]}
    assert client.describe_security_groups(**rules)["SecurityGroups"][0]["IpPermissionsEgress"] == []
    permission = {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}
    client.authorize_security_group_ingress(GroupId=made.id, IpPermissions=[permission])
    found = refreshed(world, made)
    assert drift(world, made) == {"ingress"}
    assert bare(found.inputs)["ingress"][0]["cidrBlocks"] == ["0.0.0.0/0"]
    world.driver(made.type).update(found, made.inputs)
    assert client.describe_security_groups(**rules)["SecurityGroups"][0]["IpPermissions"] == []
    world.driver(made.type).delete(made)
    assert client.describe_security_groups(**rules)["SecurityGroups"]


def test_the_default_group_of_no_vpc_is_refused(world: World) -> None:
    """There is nothing to adopt."""
    with pytest.raises(grpc.RpcError, match="nothing was made"):
        world.make("aws.ec2.DefaultSecurityGroup", vpcId="vpc-0123456789abcdef0")


def test_entries_made_by_hand_are_drift(world: World) -> None:
    """The next update deletes them; the denial that ends each list is AWS's own and no drift."""
    made = world.make("aws.ec2.NetworkAcl", **network_acl(world))
    client, number = world.client("ec2"), {"NetworkAclId": made.id, "Egress": False}
    shared = {**number, "Protocol": "-1", "CidrBlock": "0.0.0.0/0"}
    client.create_network_acl_entry(**shared, RuleNumber=32767, RuleAction="deny")
    assert drift(world, made) == set()
    client.create_network_acl_entry(**shared, RuleNumber=1, RuleAction="allow")
    assert drift(world, made) == {"ingress"}
    back = world.driver(made.type).update(refreshed(world, made), made.inputs)
    assert drift(world, back) == set()
    (found,) = client.describe_network_acls(NetworkAclIds=[made.id])["NetworkAcls"]
    assert sorted(one["RuleNumber"] for one in found["Entries"] if not one["Egress"]) == [100, 101, 200, 32767]


def test_subnets_fall_back_to_the_default_network_acl(world: World) -> None:
    """A subnet has one network ACL at any time."""
    made = world.make("aws.ec2.NetworkAcl", **network_acl(world))
    one, other = made.inputs["subnetIds"]
    moved = changed(world, made, subnetIds=[other])
    assert bare(moved.outputs)["subnetIds"] == [other]
    world.driver(made.type).delete(moved)
    acls = world.client("ec2").describe_network_acls(Filters=[{"Name": "vpc-id", "Values": [made.inputs["vpcId"]]}])["NetworkAcls"]
    assert [{link["SubnetId"] for link in acl["Associations"]} for acl in acls] == [{one, other}]
