"""Ways out of a VPC: the internet gateway, and NAT gateways with their addresses."""

from collections.abc import Iterator
from typing import Any

from sandbox.provider.errors import ProviderError
from sandbox.provider.row import Call, Facts, Row
from sandbox.provider.schema import Failure

ADDRESS_PLACE = ("domain", "address", "networkBorderGroup", "publicIpv4Pool", "customerOwnedIpv4Pool", "ipamPoolId")
"""Where an address comes from; AWS cannot move it."""

FOUND_INTERNET = "InternetGateways[0] | @ && merge(@, {vpcId: Attachments[0].VpcId})"

FOUND_NAT = "NatGateways[?State != 'deleted'] | [0] | @ && merge(@, NatGatewayAddresses[0])"

FREED = (
    Call("disassociate_address", "{AssociationId: associationId}", when="associationId"),
    Call("delete_network_interface", "{NetworkInterfaceId: networkInterfaceId}"),
)
"""What AWS frees by itself when it deletes a NAT gateway."""


def _detach(client: Any, facts: Facts) -> None:
    """Detach an internet gateway from whatever it is attached to; AWS deletes no attached one."""
    for gateway in client.describe_internet_gateways(InternetGatewayIds=[facts["id"]])["InternetGateways"]:
        for attachment in gateway["Attachments"]:
            client.detach_internet_gateway(InternetGatewayId=facts["id"], VpcId=attachment["VpcId"])


def _release(client: Any, facts: Facts) -> None:
    """Release an address. The emulator would let one go that is in use, AWS does not."""
    (address,) = client.describe_addresses(AllocationIds=[facts["id"]])["Addresses"]
    if address.get("AssociationId"):
        raise ProviderError(
            f"operation error ReleaseAddress: InvalidIPAddress.InUse: Address {address['PublicIp']} is in use by "
            f"{address['NetworkInterfaceId']}"
        )
    client.release_address(AllocationId=facts["id"])


def _public_name(facts: Facts) -> str:
    """Return the DNS name that AWS gives an address; us-east-1 has one of its own."""
    domain = "compute-1" if facts["region"] == "us-east-1" else f"{facts['region']}.compute"
    return f"ec2-{facts['publicIp'].replace('.', '-')}.{domain}.amazonaws.com"


def _reach_internet(client: Any, facts: Facts) -> None:
    """Refuse a public NAT gateway in a VPC that has no internet gateway yet."""
    (subnet,) = client.describe_subnets(SubnetIds=[facts["subnetId"]])["Subnets"]
    attached = {"Name": "attachment.vpc-id", "Values": [subnet["VpcId"]]}
    if not client.describe_internet_gateways(Filters=[attached])["InternetGateways"]:
        raise ProviderError(f"Gateway.NotAttached: Network {subnet['VpcId']} has no Internet gateway attached")


def _nat_failures(inputs: Facts) -> Iterator[Failure]:
    """Find an address where none can be."""
    if inputs.get("connectivityType") == "private" and inputs.get("allocationId"):
        yield "allocationId", "a private NAT gateway has no public address"


ROWS = (
    Row(
        type="aws.ec2.InternetGateway",
        create=Call("create_internet_gateway", take="InternetGateway"),
        id="InternetGatewayId",
        read=Call("describe_internet_gateways", "{InternetGatewayIds: [id]}", FOUND_INTERNET),
        update=(Call(_detach, on=("vpcId",), when="old"), Call("attach_internet_gateway", "{InternetGatewayId: id}")),
        delete=(Call(_detach), Call("delete_internet_gateway", "{InternetGatewayId: id}")),
        computed={"arn": "arn:aws:ec2:{region}:{account}:internet-gateway/{id}"},
    ),
    Row(
        type="aws.ec2.Eip",
        create=Call("allocate_address"),
        id="AllocationId",
        read=Call("describe_addresses", "{AllocationIds: [id]}", "Addresses[0]"),
        delete=Call(_release),
        names={"instance": "InstanceId", "networkInterface": "NetworkInterfaceId", "privateIp": "PrivateIpAddress"},
        computed={"arn": "arn:aws:ec2:{region}:{account}:elastic-ip/{id}", "publicDns": _public_name},
        replaces=ADDRESS_PLACE,
    ),
    Row(
        type="aws.ec2.NatGateway",
        before=Call(_reach_internet, when="!old && connectivityType == 'public' && subnetId"),
        create=Call("create_nat_gateway", take="NatGateway"),
        id="NatGatewayId",
        read=Call("describe_nat_gateways", "{NatGatewayIds: [id]}", FOUND_NAT),
        delete=(Call("delete_nat_gateway", "{NatGatewayId: id}"), *FREED),
        names={"privateIp": "PrivateIpAddress"},
        defaults={"connectivityType": "public"},
        replaces=("subnetId", "vpcId", "allocationId", "connectivityType", "privateIp", "availabilityMode"),
        check=_nat_failures,
    ),
)
