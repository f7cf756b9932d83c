"""The VPC: three tiers over the zones, and the ways between them and the internet."""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.addresses import Tier, subnet_cidr
from components.catalogue import NAT_GATEWAY
from components.watched import Watched
from settings_types import Nat

ANYWHERE = "0.0.0.0/0"


@dataclass(frozen=True, kw_only=True)
class NetworkArgs:
    """Addresses and zones."""

    cidr: str
    """The VPC's block, /16 to /23."""
    availability_zones: Sequence[str]
    """2 to 4 zones, in a fixed order: a subnet's block follows its zone's place."""
    nat: Nat
    """A NAT gateway in each zone, or one in the first for all."""


class Network(pulumi.ComponentResource):
    """A VPC with a public tier (NAT only), an application tier that reaches out through NAT, and a data tier that reaches nothing.

    No subnet gives instances a public address. The internet gateway serves NAT, and CloudFront's VPC origin demands that one exists.
    Not stateful. A NAT gateway costs about 35 USD a month and zone before traffic.
    """

    vpc_id: pulumi.Output[str]
    """The VPC."""
    application_subnet_ids: Sequence[pulumi.Output[str]]
    """One subnet a zone, for the load balancer, the fleets and the endpoints."""
    data_subnet_ids: Sequence[pulumi.Output[str]]
    """One subnet a zone, for what stores data."""
    application_route_table_ids: Sequence[pulumi.Output[str]]
    """One table a zone; gateway endpoints attach to them."""
    watched: Sequence[Watched]
    """The NAT gateways."""

    def __init__(self, name: str, args: NetworkArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("switchyard:network:Network", name, None, opts)
        vpc = self._vpc(name, args)
        self._closed_default_group(name, vpc)
        gateway = self._internet_gateway(name, vpc)
        public = self._subnets(name, args, vpc, Tier.PUBLIC)
        application = self._subnets(name, args, vpc, Tier.APPLICATION)
        data = self._subnets(name, args, vpc, Tier.DATA)
        self._public_routes(name, vpc, gateway, public)
        nats = self._nat_gateways(name, args, gateway, public)
        tables = self._application_routes(name, vpc, nats, application)
        self._data_routes(name, vpc, data)
        self.vpc_id = vpc.id
        self.application_subnet_ids = [subnet.id for subnet in application.values()]
        self.data_subnet_ids = [subnet.id for subnet in data.values()]
        self.application_route_table_ids = [table.id for table in tables]
        self.watched = [_watched(zone, gateway) for zone, gateway in nats.items()]
        self.register_outputs({})

    def _vpc(self, name: str, args: NetworkArgs) -> aws.ec2.Vpc:
        return aws.ec2.Vpc(
            f"{name}-vpc",
            cidr_block=args.cidr,
            enable_dns_support=True,
            enable_dns_hostnames=True,
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _closed_default_group(self, name: str, vpc: aws.ec2.Vpc) -> aws.ec2.DefaultSecurityGroup:
        return aws.ec2.DefaultSecurityGroup(
            f"{name}-default",
            vpc_id=vpc.id,
            ingress=[],
            egress=[],
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _internet_gateway(self, name: str, vpc: aws.ec2.Vpc) -> aws.ec2.InternetGateway:
        return aws.ec2.InternetGateway(f"{name}-internet", vpc_id=vpc.id, opts=pulumi.ResourceOptions(parent=self))

    def _subnets(self, name: str, args: NetworkArgs, vpc: aws.ec2.Vpc, tier: Tier) -> dict[str, aws.ec2.Subnet]:
        return {
            zone: aws.ec2.Subnet(
                f"{name}-{tier.label}-{zone[-1]}",
                vpc_id=vpc.id,
                availability_zone=zone,
                cidr_block=subnet_cidr(args.cidr, tier, place),
                map_public_ip_on_launch=False,
                tags={"tier": tier.label},
                opts=pulumi.ResourceOptions(parent=self),
            )
            for place, zone in enumerate(args.availability_zones)
        }

    def _nat_gateways(
        self, name: str, args: NetworkArgs, gateway: aws.ec2.InternetGateway, public: dict[str, aws.ec2.Subnet]
    ) -> dict[str, aws.ec2.NatGateway]:
        zones = args.availability_zones if args.nat is Nat.PER_ZONE else args.availability_zones[:1]
        return {zone: self._nat_gateway(f"{name}-nat-{zone[-1]}", public[zone], gateway) for zone in zones}

    def _nat_gateway(self, name: str, subnet: aws.ec2.Subnet, gateway: aws.ec2.InternetGateway) -> aws.ec2.NatGateway:
        address = aws.ec2.Eip(f"{name}-ip", domain="vpc", opts=pulumi.ResourceOptions(parent=self, depends_on=[gateway]))
        return aws.ec2.NatGateway(
            name,
            subnet_id=subnet.id,
            allocation_id=address.allocation_id,
            connectivity_type="public",
            opts=pulumi.ResourceOptions(parent=self, depends_on=[gateway]),
        )

    def _public_routes(
        self, name: str, vpc: aws.ec2.Vpc, gateway: aws.ec2.InternetGateway, subnets: dict[str, aws.ec2.Subnet]
    ) -> aws.ec2.Route:
        table = self._table(f"{name}-public", vpc)
        self._associate(f"{name}-public", table, subnets)
        return aws.ec2.Route(
            f"{name}-public-out",
            route_table_id=table.id,
            destination_cidr_block=ANYWHERE,
            gateway_id=gateway.id,
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _application_routes(
        self, name: str, vpc: aws.ec2.Vpc, nats: dict[str, aws.ec2.NatGateway], subnets: dict[str, aws.ec2.Subnet]
    ) -> list[aws.ec2.RouteTable]:
        tables, first = [], next(iter(nats.values()))
        for zone, subnet in subnets.items():
            table = self._table(f"{name}-app-{zone[-1]}", vpc)
            self._associate(f"{name}-app", table, {zone: subnet})
            aws.ec2.Route(
                f"{name}-app-{zone[-1]}-out",
                route_table_id=table.id,
                destination_cidr_block=ANYWHERE,
                nat_gateway_id=nats.get(zone, first).id,
                opts=pulumi.ResourceOptions(parent=self),
            )
            tables.append(table)
        return tables

    def _data_routes(self, name: str, vpc: aws.ec2.Vpc, subnets: dict[str, aws.ec2.Subnet]) -> aws.ec2.RouteTable:
        table = self._table(f"{name}-data", vpc)
        self._associate(f"{name}-data", table, subnets)
        return table

    def _table(self, name: str, vpc: aws.ec2.Vpc) -> aws.ec2.RouteTable:
        return aws.ec2.RouteTable(name, vpc_id=vpc.id, opts=pulumi.ResourceOptions(parent=self))

    def _associate(self, name: str, table: aws.ec2.RouteTable, subnets: dict[str, aws.ec2.Subnet]) -> None:
        for zone, subnet in subnets.items():
            aws.ec2.RouteTableAssociation(
                f"{name}-{zone[-1]}-in",
                route_table_id=table.id,
                subnet_id=subnet.id,
                opts=pulumi.ResourceOptions(parent=self),
            )


def _watched(zone: str, gateway: aws.ec2.NatGateway) -> Watched:
    return Watched(name=f"nat-{zone[-1]}", subject=NAT_GATEWAY, dimensions={"NatGatewayId": gateway.id})
