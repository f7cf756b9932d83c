"""A service's two colors behind the load balancer, and the one rule whose weights say which of them takes the traffic."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws
import pulumi_random as random

from components.boot import TLS_PORT
from settings_types import Color

PREVIEW_HEADER = "x-switchyard-preview"
"""A request that carries it with a color's token reaches that color, live or not."""
RELEASE_HEADER = "x-switchyard-release"
"""In the answer to such a request: the digest of the image that answered."""
TOKEN_LENGTH = 32
RULES_PER_SERVICE = 3
HEALTHY_AFTER, UNHEALTHY_AFTER = 2, 3
CHECK_INTERVAL_SECONDS, CHECK_TIMEOUT_SECONDS = 10, 5


@dataclass(frozen=True, kw_only=True)
class BlueGreenArgs:
    """How requests find the service, and the share of each color."""

    vpc_id: pulumi.Input[str]
    """The VPC of the targets."""
    listener_arn: pulumi.Input[str]
    """The listener that the rules are added to."""
    paths: Sequence[str]
    """1 to 4 path patterns."""
    priority: int
    """Order among services, from 1; the rules take 3p-2, 3p-1 (previews) and 3p (traffic)."""
    health_path: str
    """Answered with 200 by a healthy target."""
    stickiness_seconds: int
    """How long a client stays with its color; 0: not at all."""
    drain_seconds: int
    """How long a target that leaves finishes its requests."""
    weights: Mapping[Color, int]
    """The percent of traffic of each color; both are always named."""


class BlueGreen(pulumi.ComponentResource):
    """Two target groups, one weighted listener rule, and a preview rule for each color.

    A flip changes the weights in the one rule and nothing else. Both groups are always in the rule, so the idle color's health is
    checked all the time. Targets are spoken to over HTTPS. Not stateful; costs nothing beyond the load balancer's capacity units.
    """

    target_group_arns: Mapping[Color, pulumi.Output[str]]
    """Where each color's instances register."""
    target_group_suffixes: Mapping[Color, pulumi.Output[str]]
    """The target groups in CloudWatch's words."""
    rule_arn: pulumi.Output[str]
    """The weighted rule."""
    rules: Sequence[aws.lb.ListenerRule]
    """All three rules: a target group counts requests only once a rule names it."""

    def __init__(self, name: str, args: BlueGreenArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("switchyard:blue_green:BlueGreen", name, None, opts)
        groups = {color: self._target_group(f"{name}-{color}", name, color, args) for color in Color}
        previews = [self._preview(f"{name}-{color}", name, color, args, groups[color]) for color in Color]
        traffic = self._traffic(name, args, groups)
        self.target_group_arns = {color: group.arn for color, group in groups.items()}
        self.target_group_suffixes = {color: group.arn_suffix for color, group in groups.items()}
        self.rule_arn = traffic.arn
        self.rules = [*previews, traffic]
        self.register_outputs({})

    def _target_group(self, name: str, service: str, color: Color, args: BlueGreenArgs) -> aws.lb.TargetGroup:
        return aws.lb.TargetGroup(
            name,
            vpc_id=args.vpc_id,
            port=TLS_PORT,
            protocol="HTTPS",
            protocol_version="HTTP1",
            target_type="instance",
            deregistration_delay=args.drain_seconds,
            load_balancing_algorithm_type="least_outstanding_requests",
            health_check=_health_check(args.health_path),
            tags={"service": service, "color": color},
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _preview(self, name: str, service: str, color: Color, args: BlueGreenArgs, group: aws.lb.TargetGroup) -> aws.lb.ListenerRule:
        header = aws.lb.ListenerRuleConditionHttpHeaderArgs(http_header_name=PREVIEW_HEADER, values=[self._token(f"{name}-token").result])
        return aws.lb.ListenerRule(
            f"{name}-preview",
            listener_arn=args.listener_arn,
            priority=RULES_PER_SERVICE * args.priority - 2 + list(Color).index(color),
            conditions=[_paths(args.paths), aws.lb.ListenerRuleConditionArgs(http_header=header)],
            actions=[_forward({color: group.arn}, {color: 100}, 0)],
            tags={"service": service, "color": color, "role": "preview"},
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _token(self, name: str) -> random.RandomPassword:
        return random.RandomPassword(
            name,
            length=TOKEN_LENGTH,
            special=False,
            upper=False,
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _traffic(self, name: str, args: BlueGreenArgs, groups: Mapping[Color, aws.lb.TargetGroup]) -> aws.lb.ListenerRule:
        arns = {color: group.arn for color, group in groups.items()}
        return aws.lb.ListenerRule(
            f"{name}-traffic",
            listener_arn=args.listener_arn,
            priority=RULES_PER_SERVICE * args.priority,
            conditions=[_paths(args.paths)],
            actions=[_forward(arns, args.weights, args.stickiness_seconds)],
            tags={"service": name, "role": "traffic"},
            opts=pulumi.ResourceOptions(parent=self),
        )


def _health_check(path: str) -> aws.lb.TargetGroupHealthCheckArgs:
    return aws.lb.TargetGroupHealthCheckArgs(
        enabled=True,
        protocol="HTTPS",
        port="traffic-port",
        path=path,
        matcher="200",
        interval=CHECK_INTERVAL_SECONDS,
        timeout=CHECK_TIMEOUT_SECONDS,
        healthy_threshold=HEALTHY_AFTER,
        unhealthy_threshold=UNHEALTHY_AFTER,
    )


def _paths(patterns: Sequence[str]) -> aws.lb.ListenerRuleConditionArgs:
    return aws.lb.ListenerRuleConditionArgs(path_pattern=aws.lb.ListenerRuleConditionPathPatternArgs(values=list(patterns)))


def _forward(
    arns: Mapping[Color, pulumi.Output[str]], weights: Mapping[Color, int], stickiness_seconds: int
) -> aws.lb.ListenerRuleActionArgs:
    groups = [aws.lb.ListenerRuleActionForwardTargetGroupArgs(arn=arn, weight=weights[color]) for color, arn in arns.items()]
    # Always said: the provider takes a block that disappears for no change, and clients would go on sticking.
    sticky = aws.lb.ListenerRuleActionForwardStickinessArgs(enabled=stickiness_seconds > 0, duration=max(stickiness_seconds, 1))
    return aws.lb.ListenerRuleActionArgs(
        type="forward", forward=aws.lb.ListenerRuleActionForwardArgs(target_groups=groups, stickiness=sticky)
    )
