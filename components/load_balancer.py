"""The application load balancer: the one door to the services, and where a color's share of the traffic is decided."""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.catalogue import LOAD_BALANCER
from components.watched import Watched

TLS_POLICY = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"
"""AWS's recommendation: TLS 1.3 and 1.2, restricted ciphers, post-quantum key exchange; the API's own default is of 2016."""
HSTS = "max-age=31536000; includeSubDomains"


@dataclass(frozen=True, kw_only=True)
class LoadBalancerArgs:
    """Where it stands and what it proves."""

    subnet_ids: Sequence[pulumi.Input[str]]
    """The application tier: the load balancer has no public address."""
    security_group_id: pulumi.Input[str]
    """Who may reach it."""
    certificate_arn: pulumi.Input[str]
    """An issued certificate."""
    log_bucket: pulumi.Input[str]
    """Takes access and connection logs; its policy must exist first."""
    idle_timeout_seconds: int
    """When a silent connection is closed."""


class LoadBalancer(pulumi.ComponentResource):
    """An internal load balancer with one HTTPS listener that answers 404 until a service's rule matches.

    Stateful in that users depend on its name: protected, with AWS's deletion protection. About 20 USD a month before traffic.
    """

    arn: pulumi.Output[str]
    """What the CDN's way in leads to."""
    arn_suffix: pulumi.Output[str]
    """What CloudWatch's LoadBalancer dimension and target tracking name."""
    name: pulumi.Output[str]
    """The load balancer's name."""
    dns_name: pulumi.Output[str]
    """Its address inside the VPC."""
    listener_arn: pulumi.Output[str]
    """The HTTPS listener that services add their rules to."""
    watched: Sequence[Watched]
    """The load balancer."""

    def __init__(self, name: str, args: LoadBalancerArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("switchyard:load_balancer:LoadBalancer", name, None, opts)
        balancer = self._load_balancer(name, args)
        listener = self._listener(name, args, balancer)
        self.arn, self.arn_suffix, self.name, self.dns_name = balancer.arn, balancer.arn_suffix, balancer.name, balancer.dns_name
        self.listener_arn = listener.arn
        self.watched = [Watched(name=name, subject=LOAD_BALANCER, dimensions={"LoadBalancer": balancer.arn_suffix})]
        self.register_outputs({})

    def _load_balancer(self, name: str, args: LoadBalancerArgs) -> aws.lb.LoadBalancer:
        return aws.lb.LoadBalancer(
            name,
            load_balancer_type="application",
            internal=True,
            subnets=args.subnet_ids,
            security_groups=[args.security_group_id],
            idle_timeout=args.idle_timeout_seconds,
            drop_invalid_header_fields=True,
            desync_mitigation_mode="defensive",
            enable_deletion_protection=True,
            enable_zonal_shift=True,
            access_logs=aws.lb.LoadBalancerAccessLogsArgs(bucket=args.log_bucket, prefix="access", enabled=True),
            connection_logs=aws.lb.LoadBalancerConnectionLogsArgs(bucket=args.log_bucket, prefix="connection", enabled=True),
            opts=pulumi.ResourceOptions(parent=self, protect=True),
        )

    def _listener(self, name: str, args: LoadBalancerArgs, balancer: aws.lb.LoadBalancer) -> aws.lb.Listener:
        nothing_here = aws.lb.ListenerDefaultActionFixedResponseArgs(content_type="text/plain", message_body="Not found", status_code="404")
        return aws.lb.Listener(
            f"{name}-https",
            load_balancer_arn=balancer.arn,
            port=443,
            protocol="HTTPS",
            ssl_policy=TLS_POLICY,
            certificate_arn=args.certificate_arn,
            default_actions=[aws.lb.ListenerDefaultActionArgs(type="fixed-response", fixed_response=nothing_here)],
            routing_http_response_server_enabled=False,
            routing_http_response_strict_transport_security_header_value=HSTS,
            routing_http_response_x_content_type_options_header_value="nosniff",
            opts=pulumi.ResourceOptions(parent=self),
        )
