"""A color's own security group: all that its instances may do stands here, so that clearing it isolates them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.boot import TLS_PORT
from components.firewall import HTTPS, PORTS
from components.naming import fingerprint
from settings_types import Dependency


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
    tags: Mapping[str, str]
    """Service and color."""


class ColorFirewall(pulumi.ComponentResource):
    """One group: in from the load balancer on the TLS port; out to load balancer, endpoints, S3, what the service uses and listed networks.

    Not stateful; costs nothing.
    """

    group_id: pulumi.Output[str]
    """The color's group."""

    def __init__(self, name: str, args: ColorFirewallArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("switchyard:firewall:ColorFirewall", name, None, opts)
        group = self._group(name, args)
        self._from_load_balancer(name, args, group)
        self._out(
            f"{name}-lb",
            "To other services by the load balancer",
            args,
            group,
            HTTPS,
            referenced_security_group_id=args.load_balancer_group_id,
        )
        self._out(f"{name}-aws", "To AWS by its endpoints", args, group, HTTPS, referenced_security_group_id=args.endpoints_group_id)
        self._out(f"{name}-s3", "To S3", args, group, HTTPS, prefix_list_id=args.s3_prefix_list_id)
        for thing, other in args.data_group_ids.items():
            self._out(f"{name}-{thing}", f"To the {thing}", args, group, PORTS[thing], referenced_security_group_id=other)
        for cidr in args.egress_cidrs:
            self._out(f"{name}-net-{fingerprint(cidr)}", f"To {cidr}", args, group, HTTPS, cidr_ipv4=cidr)
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
            f"{name}-lb",
            description="The load balancer",
            security_group_id=group.id,
            referenced_security_group_id=args.load_balancer_group_id,
            ip_protocol="tcp",
            from_port=TLS_PORT,
            to_port=TLS_PORT,
            tags=dict(args.tags),
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _out(
        self, name: str, description: str, args: ColorFirewallArgs, group: aws.ec2.SecurityGroup, port: int, **to: pulumi.Input[str]
    ) -> aws.vpc.SecurityGroupEgressRule:
        return aws.vpc.SecurityGroupEgressRule(
            name,
            description=description,
            security_group_id=group.id,
            ip_protocol="tcp",
            from_port=port,
            to_port=port,
            tags=dict(args.tags),
            opts=pulumi.ResourceOptions(parent=self),
            **to,
        )
