"""How a color's group grows and shrinks between its floor and its ceiling."""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.naming import fingerprint
from settings_service import Start

UNCHANGED = -1
"""A scheduled action leaves the group's sizes as they are and sets the desired capacity only."""


@dataclass(frozen=True, kw_only=True)
class ScalingPoliciesArgs:
    """What is tracked."""

    group_name: pulumi.Input[str]
    """The Auto Scaling group."""
    resource_label: pulumi.Input[str]
    """Load balancer and target group in CloudWatch's words, `app/…/…/targetgroup/…/…`."""
    cpu_percent: int
    """Average CPU use to keep."""
    requests_per_target: int
    """Requests a minute to keep at each target."""
    schedule: Sequence[Start]
    """Times at which the group is brought to a size ahead of the load."""
    rules: Sequence[pulumi.Resource]
    """The listener rules: AWS refuses to track requests of a target group that no rule names."""


class ScalingPolicies(pulumi.ComponentResource):
    """Target tracking on CPU and on requests per target, and scheduled starts. Not stateful; its alarms are AWS's own and free."""

    def __init__(self, name: str, args: ScalingPoliciesArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("switchyard:auto_scaling:ScalingPolicies", name, None, opts)
        self._track(f"{name}-cpu", args, "ASGAverageCPUUtilization", args.cpu_percent, None)
        self._track(f"{name}-load", args, "ALBRequestCountPerTarget", args.requests_per_target, args.resource_label)
        for start in args.schedule:
            self._start(name, args, start)
        self.register_outputs({})

    def _track(
        self, name: str, args: ScalingPoliciesArgs, metric: str, target: int, label: pulumi.Input[str] | None
    ) -> aws.autoscaling.Policy:
        return aws.autoscaling.Policy(
            name,
            autoscaling_group_name=args.group_name,
            policy_type="TargetTrackingScaling",
            target_tracking_configuration=aws.autoscaling.PolicyTargetTrackingConfigurationArgs(
                predefined_metric_specification=aws.autoscaling.PolicyTargetTrackingConfigurationPredefinedMetricSpecificationArgs(
                    predefined_metric_type=metric, resource_label=label
                ),
                target_value=target,
            ),
            opts=pulumi.ResourceOptions(parent=self, depends_on=list(args.rules)),
        )

    def _start(self, name: str, args: ScalingPoliciesArgs, start: Start) -> aws.autoscaling.Schedule:
        """A change replaces it: an update would repeat its first start time, which AWS refuses once that is past (pulumi-aws 2473)."""
        when = f"{start.cron} {start.time_zone}"
        return aws.autoscaling.Schedule(
            f"{name}-at{fingerprint(when)}",
            scheduled_action_name=f"{name}-{fingerprint(f'{when} {start.desired}')}",
            autoscaling_group_name=args.group_name,
            recurrence=start.cron,
            time_zone=start.time_zone,
            min_size=UNCHANGED,
            max_size=UNCHANGED,
            desired_capacity=start.desired,
            opts=pulumi.ResourceOptions(parent=self, delete_before_replace=True),
        )
