"""Who may talk to whom: security groups that name each other, and a network ACL around the data tier."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.addresses import Tier, tier_cidr
from components.boot import TLS_PORT
from settings_types import Dependency

HTTPS = 443
PORTS = {Dependency.DATABASE: 5432, Dependency.REDIS: 6379}
EPHEMERAL_PORTS = (1024, 65535)
"""Where answers go back to (VPC user guide, network ACLs)."""


@dataclass(frozen=True, kw_only=True)
class FirewallArgs:
    """The network that is divided."""

    vpc_id: pulumi.Input[str]
    """The VPC."""
    vpc_cidr: str
    """Its block; the network ACL names the tiers in it."""
    data_subnet_ids: Sequence[pulumi.Input[str]]
    """The subnets behind the network ACL."""
    cdn_prefix_list_id: str
    """The CDN's origin-facing addresses: the only way in from outside the VPC."""


class Firewall(pulumi.ComponentResource):
    """The groups that everything stands in, apart from each color's own (see color_firewall.py).

    The CDN and the service tier reach the load balancer, the load balancer reaches the services, the services reach the endpoints and
    what they use. `services` and the `uses` groups hold no rules: others name them, so no group's rules grow with the colors. The CDN's
    list counts for 55 of a group's 60 rules, which leaves the load balancer's group four. Not stateful; costs nothing.
    """

    load_balancer_group_id: pulumi.Output[str]
    """The load balancer's group."""
    services_group_id: pulumi.Output[str]
    """Every instance of every service is a member."""
    endpoints_group_id: pulumi.Output[str]
    """The interface endpoints' group."""
    uses_group_ids: Mapping[Dependency, pulumi.Output[str]]
    """A service that uses a thing is a member of the thing's group here."""
    data_group_ids: Mapping[Dependency, pulumi.Output[str]]
    """The group in which the thing itself stands."""

    def __init__(self, name: str, args: FirewallArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("switchyard:firewall:Firewall", name, None, opts)
        services = self._group(f"{name}-services", "Instances of every service; holds no rules", args)
        balancer = self._group(f"{name}-lb", "The load balancer", args)
        endpoints = self._group(f"{name}-endpoints", "Interface endpoints", args)
        uses = {thing: self._group(f"{name}-to-{thing}", f"Instances that use {thing}; holds no rules", args) for thing in Dependency}
        data = {thing: self._group(f"{name}-{thing}", f"The {thing}", args) for thing in Dependency}
        self._from_cdn(f"{name}-lb-cdn", balancer, args)
        self._allow(f"{name}-lb-service", "Services, to each other by the load balancer", balancer, HTTPS, services)
        self._allow(f"{name}-aws-service", "Services, to AWS by its endpoints", endpoints, HTTPS, services)
        for thing in Dependency:
            self._allow(f"{name}-{thing}", f"Services that use {thing}, to it", data[thing], PORTS[thing], uses[thing])
        self._to_services(f"{name}-lb-service", balancer, services)
        self._data_tier(f"{name}-data", args)
        self.load_balancer_group_id, self.services_group_id, self.endpoints_group_id = balancer.id, services.id, endpoints.id
        self.uses_group_ids = {thing: group.id for thing, group in uses.items()}
        self.data_group_ids = {thing: group.id for thing, group in data.items()}
        self.register_outputs({})

    def _group(self, name: str, description: str, args: FirewallArgs) -> aws.ec2.SecurityGroup:
        return aws.ec2.SecurityGroup(name, description=description, vpc_id=args.vpc_id, opts=pulumi.ResourceOptions(parent=self))

    def _allow(
        self, name: str, description: str, group: aws.ec2.SecurityGroup, port: int, source: aws.ec2.SecurityGroup
    ) -> aws.vpc.SecurityGroupIngressRule:
        return aws.vpc.SecurityGroupIngressRule(
            name,
            description=description,
            security_group_id=group.id,
            referenced_security_group_id=source.id,
            ip_protocol="tcp",
            from_port=port,
            to_port=port,
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _from_cdn(self, name: str, group: aws.ec2.SecurityGroup, args: FirewallArgs) -> aws.vpc.SecurityGroupIngressRule:
        return aws.vpc.SecurityGroupIngressRule(
            name,
            description="CloudFront, to the load balancer",
            security_group_id=group.id,
            prefix_list_id=args.cdn_prefix_list_id,
            ip_protocol="tcp",
            from_port=HTTPS,
            to_port=HTTPS,
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _to_services(self, name: str, balancer: aws.ec2.SecurityGroup, services: aws.ec2.SecurityGroup) -> aws.vpc.SecurityGroupEgressRule:
        return aws.vpc.SecurityGroupEgressRule(
            name,
            description="The load balancer, to the services",
            security_group_id=balancer.id,
            referenced_security_group_id=services.id,
            ip_protocol="tcp",
            from_port=TLS_PORT,
            to_port=TLS_PORT,
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _data_tier(self, name: str, args: FirewallArgs) -> aws.ec2.NetworkAcl:
        application, data = (tier_cidr(args.vpc_cidr, tier) for tier in (Tier.APPLICATION, Tier.DATA))
        doors = [_ingress(100 + place, application, port, port) for place, port in enumerate(PORTS.values())]
        return aws.ec2.NetworkAcl(
            name,
            vpc_id=args.vpc_id,
            subnet_ids=args.data_subnet_ids,
            ingress=[*doors, _ingress(200, data, 0, 65535)],
            egress=[_egress(100, application, *EPHEMERAL_PORTS), _egress(200, data, 0, 65535)],
            opts=pulumi.ResourceOptions(parent=self),
        )


def _ingress(number: int, cidr: str, low: int, high: int) -> aws.ec2.NetworkAclIngressArgs:
    return aws.ec2.NetworkAclIngressArgs(rule_no=number, action="allow", protocol="6", cidr_block=cidr, from_port=low, to_port=high)


def _egress(number: int, cidr: str, low: int, high: int) -> aws.ec2.NetworkAclEgressArgs:
    return aws.ec2.NetworkAclEgressArgs(rule_no=number, action="allow", protocol="6", cidr_block=cidr, from_port=low, to_port=high)
