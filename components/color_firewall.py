"""A color's own security group: all that its instances may do stands here, so that clearing it isolates them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.boot import TLS_PORT
from components.firewall import HTTPS, PORTS
from components.naming import fingerprint
from settings_types import Dependency

WAY_IN = "lb"
"""The role of the one rule that lets the load balancer in."""
ALWAYS_OUT = ("lb", "aws", "s3")
"""The roles of the rules by which every color goes out: to the load balancer, to AWS's endpoints, to S3."""


@dataclass(frozen=True, kw_only=True)
class ColorFirewallArgs:
    """The groups and addresses on the other side."""

    vpc_id: pulumi.Input[str]
    """The VPC."""
    load_balancer_group_id: pulumi.Input[str]
    """Traffic comes from here, and calls to other services go there."""
    endpoints_group_id: pulumi.Input[str]
    """The AWS services' interface endpoints."""
    s3_prefix_list_id: pulumi.Input[str]
    """S3, for image layers and packages."""
    data_group_ids: Mapping[Dependency, pulumi.Input[str]]
    """What the service uses."""
    egress_cidrs: Sequence[str]
    """Where connections on 443 may go outside the VPC; empty: nowhere."""
    quarantined: bool
    """Whether nothing goes in or out: the group stays, without a rule."""
    tags: Mapping[str, str]
    """Service and color."""


@dataclass(frozen=True)
class Way:
    """Whereto a color may connect."""

    description: str
    port: int
    to: Mapping[str, pulumi.Input[str]]
    """The one input of a rule that says where it is."""


class ColorFirewall(pulumi.ComponentResource):
    """One group: in from the load balancer on the TLS port; out to load balancer, endpoints, S3, what the service uses and listed networks.

    In quarantine it has none of these. Not stateful; costs nothing.
    """

    group_id: pulumi.Output[str]
    """The color's group."""

    def __init__(self, name: str, args: ColorFirewallArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("switchyard:firewall:ColorFirewall", name, None, opts)
        group = self._group(name, args)
        if not args.quarantined:
            self._from_load_balancer(f"{name}-{WAY_IN}", args, group)
            for role, way in _ways(args).items():
                self._out(f"{name}-{role}", way, args, group)
        self.group_id = group.id
        self.register_outputs({})

    def _group(self, name: str, args: ColorFirewallArgs) -> aws.ec2.SecurityGroup:
        return aws.ec2.SecurityGroup(
            name,
            description=f"All that {name} may do",
            vpc_id=args.vpc_id,
            tags=dict(args.tags),
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _from_load_balancer(self, name: str, args: ColorFirewallArgs, group: aws.ec2.SecurityGroup) -> aws.vpc.SecurityGroupIngressRule:
        return aws.vpc.SecurityGroupIngressRule(
            name,
            description="The load balancer",
            security_group_id=group.id,
            referenced_security_group_id=args.load_balancer_group_id,
            ip_protocol="tcp",
            from_port=TLS_PORT,
            to_port=TLS_PORT,
            tags=dict(args.tags),
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _out(self, name: str, way: Way, args: ColorFirewallArgs, group: aws.ec2.SecurityGroup) -> aws.vpc.SecurityGroupEgressRule:
        return aws.vpc.SecurityGroupEgressRule(
            name,
            description=way.description,
            security_group_id=group.id,
            ip_protocol="tcp",
            from_port=way.port,
            to_port=way.port,
            tags=dict(args.tags),
            opts=pulumi.ResourceOptions(parent=self),
            **way.to,
        )


def ways_out(uses: Iterable[Dependency], egress_cidrs: Iterable[str]) -> tuple[str, ...]:
    """The roles of the rules that let a color out, which a quarantine removes: all but these and `WAY_IN` it has none."""
    return (*ALWAYS_OUT, *uses, *map(_network, egress_cidrs))


def _ways(args: ColorFirewallArgs) -> dict[str, Way]:
    """Each way out by the role of its rule."""
    descriptions = ("To other services by the load balancer", "To AWS by its endpoints", "To S3")
    places: tuple[dict[str, pulumi.Input[str]], ...] = (
        {"referenced_security_group_id": args.load_balancer_group_id},
        {"referenced_security_group_id": args.endpoints_group_id},
        {"prefix_list_id": args.s3_prefix_list_id},
    )
    always = {role: Way(told, HTTPS, to) for role, told, to in zip(ALWAYS_OUT, descriptions, places, strict=True)}
    data = {
        str(thing): Way(f"To the {thing}", PORTS[thing], {"referenced_security_group_id": other})
        for thing, other in args.data_group_ids.items()
    }
    return {**always, **data, **{_network(cidr): Way(f"To {cidr}", HTTPS, {"cidr_ipv4": cidr}) for cidr in args.egress_cidrs}}


def _network(cidr: str) -> str:
    return f"net-{fingerprint(cidr)}"
