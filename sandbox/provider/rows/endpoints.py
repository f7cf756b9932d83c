"""VPC endpoints: private ways to AWS's services."""

import re
from collections.abc import Iterator
from typing import Any

from sandbox.provider.row import Call, Facts, Row
from sandbox.provider.schema import Failure

MEMBERSHIPS = {"routeTableIds": "RouteTableIds", "subnetIds": "SubnetIds", "securityGroupIds": "SecurityGroupIds"}
"""What AWS changes by additions and removals, and the ends of the parameters for it."""

AWS_SERVICE = re.compile(r"com\.amazonaws\.([\w-]+)\.(.+)")

GATEWAY_SERVICES = ("s3", "dynamodb", "s3express")

ONLY_OF = {
    "Gateway": ("routeTableIds",),
    "Interface": ("subnetIds", "securityGroupIds", "privateDnsEnabled"),
}
"""What only one of these two types has."""

FOUND = "VpcEndpoints[?State != 'deleted'] | [0] | @ && merge(@, {securityGroupIds: Groups[].GroupId})"

PREFIX_LIST = Call(
    "describe_prefix_lists",
    "{Filters: [{Name: 'prefix-list-name', Values: [serviceName]}]}",
    "PrefixLists[0].{prefixListId: PrefixListId, cidrBlocks: Cidrs}",
    when="vpcEndpointType == 'Gateway'",
)
"""A gateway endpoint's addresses."""


def _members(client: Any, facts: Facts) -> None:
    """Add and remove what differs between what an endpoint has and what it is to have."""
    (there,) = client.describe_vpc_endpoints(VpcEndpointIds=[facts["id"]])["VpcEndpoints"]
    there = {**there, "SecurityGroupIds": [group["GroupId"] for group in there.get("Groups", ())]}
    changes: dict[str, list[str]] = {}
    for name, member in MEMBERSHIPS.items():
        before, after = set(there.get(member) or ()), set(facts.get(name) or ())
        changes |= {f"Add{member}": sorted(after - before), f"Remove{member}": sorted(before - after)}
    client.modify_vpc_endpoint(VpcEndpointId=facts["id"], **{name: ids for name, ids in changes.items() if ids})
    _routes(client, facts, changes)


def _routes(client: Any, facts: Facts, changes: Facts) -> None:
    """Add and remove the routes of a gateway endpoint: AWS does that by itself, the emulator only at the creation."""
    for table in changes["AddRouteTableIds"]:
        client.create_route(RouteTableId=table, DestinationPrefixListId=facts["prefixListId"], GatewayId=facts["id"])
    for table in changes["RemoveRouteTableIds"]:
        client.delete_route(RouteTableId=table, DestinationPrefixListId=facts["prefixListId"])


def _failures(inputs: Facts) -> Iterator[Failure]:
    """Find what the endpoint's type does not have, and services that it cannot reach."""
    kind, name = inputs.get("vpcEndpointType"), inputs.get("serviceName") or ""
    for other, properties in ONLY_OF.items():
        for given in properties if other != kind and kind in ONLY_OF else ():
            if inputs.get(given):
                yield given, f"an endpoint of type {kind} has none: it belongs to type {other}"
    service = AWS_SERVICE.fullmatch(name)
    if service and kind == "Gateway" and service[2] not in GATEWAY_SERVICES:
        yield "serviceName", f"{name} has no endpoint of type Gateway: AWS has these for {', '.join(GATEWAY_SERVICES)}"
    if service and service[1] != inputs.get("region", service[1]) and not inputs.get("serviceRegion"):
        yield "serviceName", f"{name} is not in {inputs['region']}: the region in the name is the endpoint's own"


ROWS = (
    Row(
        type="aws.ec2.VpcEndpoint",
        create=Call("create_vpc_endpoint", take="VpcEndpoint"),
        id="VpcEndpointId",
        read=(Call("describe_vpc_endpoints", "{VpcEndpointIds: [id]}", FOUND), PREFIX_LIST),
        update=(Call("modify_vpc_endpoint", "{VpcEndpointId: id}"), Call(_members, on=tuple(MEMBERSHIPS))),
        delete=Call("delete_vpc_endpoints", "{VpcEndpointIds: [id]}"),
        names={"policy": "PolicyDocument"},
        computed={"arn": "arn:aws:ec2:{region}:{account}:vpc-endpoint/{id}"},
        defaults={"vpcEndpointType": "Gateway"},
        replaces=("vpcId", "serviceName", "serviceRegion", "vpcEndpointType", "resourceConfigurationArn", "serviceNetworkArn"),
        lost=("privateDnsEnabled", "ipAddressType", "dnsOptions"),
        check=_failures,
    ),
)
