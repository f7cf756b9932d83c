"""The CDN's way into the network: from the edge to the internal load balancer, without a public address."""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.naming import fingerprint, fixed_name

NAME_LENGTH = 64
HTTP, HTTPS = 80, 443
PROTOCOL, TLS = "https-only", "TLSv1.2"
"""The newest that CloudFront speaks to an origin."""


@dataclass(frozen=True, kw_only=True)
class VpcOriginArgs:
    """Where it leads."""

    load_balancer_arn: pulumi.Input[str]
    """An internal load balancer that is active."""
    ready: Sequence[pulumi.Resource]
    """What must exist first: the VPC's internet gateway, which AWS asks for and routes nothing through."""


class VpcOrigin(pulumi.ComponentResource):
    """A VPC origin that leads to the load balancer over HTTPS.

    AWS takes an origin that a distribution uses off it before it changes one, and waits as long as nobody does. So it is never changed:
    another endpoint config makes another origin, under a name with a hash of that config, the distribution moves there, and the old one
    goes last. Not stateful; costs nothing.
    """

    id: pulumi.Output[str]
    """What the distribution's origin names."""

    def __init__(self, name: str, args: VpcOriginArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("switchyard:edge:VpcOrigin", name, None, opts)
        self.id = self._origin(name, args).id
        self.register_outputs({})

    def _origin(self, name: str, args: VpcOriginArgs) -> aws.cloudfront.VpcOrigin:
        config = aws.cloudfront.VpcOriginVpcOriginEndpointConfigArgs(
            name=pulumi.Output.from_input(args.load_balancer_arn).apply(lambda arn: _name(name, arn)),
            arn=args.load_balancer_arn,
            http_port=HTTP,
            https_port=HTTPS,
            origin_protocol_policy=PROTOCOL,
            origin_ssl_protocols=aws.cloudfront.VpcOriginVpcOriginEndpointConfigOriginSslProtocolsArgs(items=[TLS], quantity=1),
        )
        return aws.cloudfront.VpcOrigin(
            name,
            vpc_origin_endpoint_config=config,
            opts=pulumi.ResourceOptions(parent=self, depends_on=[*args.ready], replace_on_changes=["vpcOriginEndpointConfig"]),
        )


def _name(name: str, arn: str) -> str:
    return fixed_name(f"{name}-{fingerprint(' '.join((arn, str(HTTP), str(HTTPS), PROTOCOL, TLS)))}", NAME_LENGTH)
