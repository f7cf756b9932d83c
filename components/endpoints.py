"""Private ways to the AWS services that an instance needs, so that it boots and is reached with no internet at all."""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.documents import allow, policy

INTERFACES = ("ec2", "ecr.api", "ecr.dkr", "logs", "ssm", "ssmmessages", "secretsmanager", "kms")
"""What boot, image pull, logs, parameters, secrets and Session Manager call."""


@dataclass(frozen=True, kw_only=True)
class EndpointsArgs:
    """Where the endpoints stand."""

    region: str
    """The region whose services are reached."""
    account_id: str
    """Only principals of this account may use the interface endpoints."""
    vpc_id: pulumi.Input[str]
    """The VPC."""
    subnet_ids: Sequence[pulumi.Input[str]]
    """One network interface an endpoint in each."""
    route_table_ids: Sequence[pulumi.Input[str]]
    """The tables that gain the route to S3."""
    security_group_id: pulumi.Input[str]
    """Who may reach the interface endpoints."""


class Endpoints(pulumi.ComponentResource):
    """A gateway endpoint for S3 (image layers, the distribution's packages) and interface endpoints for the rest.

    Not stateful. An interface endpoint costs about 8 USD a month and zone.
    """

    s3_prefix_list_id: pulumi.Output[str]
    """S3's addresses in this region, as security groups name them."""

    def __init__(self, name: str, args: EndpointsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("switchyard:network:Endpoints", name, None, opts)
        gateway = self._s3(name, args)
        for service in INTERFACES:
            self._interface(name, args, service)
        self.s3_prefix_list_id = gateway.prefix_list_id
        self.register_outputs({})

    def _s3(self, name: str, args: EndpointsArgs) -> aws.ec2.VpcEndpoint:
        return aws.ec2.VpcEndpoint(
            f"{name}-s3",
            vpc_id=args.vpc_id,
            service_name=f"com.amazonaws.{args.region}.s3",
            vpc_endpoint_type="Gateway",
            route_table_ids=args.route_table_ids,
            policy=policy(allow(["s3:GetObject"], ["*"], Principal="*")),
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _interface(self, name: str, args: EndpointsArgs, service: str) -> aws.ec2.VpcEndpoint:
        own = {"StringEquals": {"aws:PrincipalAccount": args.account_id}}
        return aws.ec2.VpcEndpoint(
            f"{name}-{service.replace('.', '-')}",
            vpc_id=args.vpc_id,
            service_name=f"com.amazonaws.{args.region}.{service}",
            vpc_endpoint_type="Interface",
            private_dns_enabled=True,
            subnet_ids=args.subnet_ids,
            security_group_ids=[args.security_group_id],
            policy=policy(allow(["*"], ["*"], Principal={"AWS": "*"}, Condition=own)),
            opts=pulumi.ResourceOptions(parent=self),
        )
