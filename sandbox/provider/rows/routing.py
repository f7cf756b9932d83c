"""Route tables: where the packets of a subnet go."""

from collections.abc import Iterator
from typing import Any

from sandbox.provider.errors import ProviderError
from sandbox.provider.row import Call, Facts, Row
from sandbox.provider.schema import Failure

TARGETS = {
    "carrierGatewayId": "CarrierGatewayId",
    "egressOnlyGatewayId": "EgressOnlyInternetGatewayId",
    "gatewayId": "GatewayId",
    "natGatewayId": "NatGatewayId",
    "networkInterfaceId": "NetworkInterfaceId",
    "transitGatewayId": "TransitGatewayId",
    "vpcPeeringConnectionId": "VpcPeeringConnectionId",
}
"""What a route may lead to, and AWS's members for it."""

OWN_ROUTES = "Routes[?GatewayId != 'local' && !starts_with(GatewayId || '', 'vpce-')]"
"""Routes but those that AWS makes: to the VPC itself, and to a gateway endpoint."""


def _route(client: Any, facts: Facts) -> Any:
    """Return a route, with None for each target that it does not lead to. AWS finds routes by their table only."""
    (table,) = client.describe_route_tables(RouteTableIds=[facts["routeTableId"]])["RouteTables"]
    found = [route for route in table["Routes"] if route.get("DestinationCidrBlock") == facts["destinationCidrBlock"]]
    return {**dict.fromkeys(TARGETS.values()), **found[0]} if found else None


def _route_failures(inputs: Facts) -> Iterator[Failure]:
    """Find destinations that the row's id has no place for."""
    for name in ("destinationIpv6CidrBlock", "destinationPrefixListId"):
        if inputs.get(name):
            yield name, "the sandbox has routes to IPv4 networks only: give destinationCidrBlock"


def _need_destination(_client: Any, facts: Facts) -> None:
    """Refuse a route that leads to nothing in particular."""
    if not facts.get("destinationCidrBlock"):
        raise ProviderError("operation error CreateRoute: MissingParameter: The request must contain the parameter destinationCidrBlock")


def _association(client: Any, facts: Facts) -> Any:
    """Return the association of a subnet. Its own id finds it at an import only, since each change of the table gives it a new one."""
    subnet = facts.get("subnetId")
    name, member = ("subnet-id", "SubnetId") if subnet else ("route-table-association-id", "RouteTableAssociationId")
    wanted = subnet or facts["id"]
    tables = client.describe_route_tables(Filters=[{"Name": f"association.{name}", "Values": [wanted]}])["RouteTables"]
    found = (one for table in tables for one in table["Associations"] if one.get(member) == wanted)
    return next(({**one, "AssociationId": one["RouteTableAssociationId"]} for one in found), None)


def _refuse_second(client: Any, facts: Facts) -> None:
    """Refuse to associate a subnet that has a table already."""
    taken = _association(client, facts)
    if taken:
        raise ProviderError(
            f"operation error AssociateRouteTable: Resource.AlreadyAssociated: the specified association for route table "
            f"{facts['routeTableId']} conflicts with an existing association to {taken['RouteTableId']}"
        )


def _move(client: Any, facts: Facts) -> None:
    """Associate a subnet with another table."""
    association = _association(client, facts)["RouteTableAssociationId"]
    client.replace_route_table_association(AssociationId=association, RouteTableId=facts["routeTableId"])


def _disassociate(client: Any, facts: Facts) -> None:
    """Leave a subnet to the VPC's main table."""
    association = _association(client, facts)
    if association:
        client.disassociate_route_table(AssociationId=association["RouteTableAssociationId"])


ROWS = (
    Row(
        type="aws.ec2.RouteTable",
        create=Call("create_route_table", take="RouteTable"),
        id="RouteTableId",
        read=Call("describe_route_tables", "{RouteTableIds: [id]}", f"RouteTables[0] | @ && merge(@, {{Routes: {OWN_ROUTES}}})"),
        delete=Call("delete_route_table", "{RouteTableId: id}"),
        names={**TARGETS, "cidrBlock": "DestinationCidrBlock", "ipv6CidrBlock": "DestinationIpv6CidrBlock"},
        computed={"arn": "arn:aws:ec2:{region}:{account}:route-table/{id}"},
        replaces=("vpcId",),
    ),
    Row(
        type="aws.ec2.Route",
        before=Call(_need_destination),
        create=Call("create_route"),
        id="{routeTableId}_{destinationCidrBlock}",
        read=Call(_route),
        update=Call("replace_route"),
        delete=Call("delete_route", "{RouteTableId: routeTableId, DestinationCidrBlock: destinationCidrBlock}"),
        names=TARGETS,
        replaces=("routeTableId", "destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId"),
        conflicts=(tuple(TARGETS),),
        check=_route_failures,
    ),
    Row(
        type="aws.ec2.RouteTableAssociation",
        before=Call(_refuse_second, when="!old"),
        create=Call("associate_route_table", on=("routeTableId", "subnetId")),
        id="AssociationId",
        imports="{subnetId}/{routeTableId}",
        read=Call(_association),
        update=Call(_move, on=("routeTableId",)),
        delete=Call(_disassociate),
        replaces=("subnetId",),
    ),
)
