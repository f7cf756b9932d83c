"""Alarms of the web tier, one for each signal of the catalogue and each resource that it is about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.signals import OF_GROUP, OF_LOAD_BALANCER, OF_TARGET_GROUP, SHORT, SLOW, TOO_FEW, TRAFFIC, UNHEALTHY, Signal, Tell

Dimensions = Mapping[str, pulumi.Input[str]]


@dataclass(frozen=True, kw_only=True)
class WatchedColor:
    """A color of a service, as its alarms see it."""

    target_group_suffix: pulumi.Input[str]
    """The target group in CloudWatch's words."""
    group_name: pulumi.Input[str]
    """The Auto Scaling group."""
    floor: int
    """`capacity.min`: fewer is a ticket, and a color that may be empty has no such alarm."""
    tags: Mapping[str, str]
    """Service and color."""


@dataclass(frozen=True, kw_only=True)
class MonitoringArgs:
    """What is watched, and who is told."""

    load_balancer_arn_suffix: pulumi.Input[str]
    """The load balancer in CloudWatch's words."""
    colors: Mapping[str, WatchedColor]
    """By name, `<service>-<color>`; which one is live makes no difference."""
    latency_p99_ms: int
    """The objective for the slowest hundredth of answers."""
    topics: Mapping[Tell, pulumi.Input[str]]
    """The topic of each kind of news."""


class Monitoring(pulumi.ComponentResource):
    """The alarms of load balancer, target groups and Auto Scaling groups.

    An idle color does not page: a sick target wakes somebody only if its color had a request within the hour, so a color that was just
    emptied still counts. Not stateful. An alarm costs 0.10 USD a month, a composite one 0.50.
    """

    def __init__(self, name: str, args: MonitoringArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("switchyard:monitoring:Monitoring", name, None, opts)
        balancer = {"LoadBalancer": args.load_balancer_arn_suffix}
        for signal in OF_LOAD_BALANCER:
            self._alarm(f"lb-{signal.role}", signal, balancer, signal.threshold, args, {})
        for color, watched in args.colors.items():
            self._color(color, watched, args)
        self.register_outputs({})

    def _color(self, name: str, watched: WatchedColor, args: MonitoringArgs) -> None:
        targets = {"LoadBalancer": args.load_balancer_arn_suffix, "TargetGroup": watched.target_group_suffix}
        group = {"AutoScalingGroupName": watched.group_name}
        made = {}
        for signals, dimensions in ((OF_TARGET_GROUP, targets), (OF_GROUP, group)):
            for signal in _relevant(signals, watched.floor):
                threshold = _threshold(signal, watched.floor, args.latency_p99_ms)
                made[signal.role] = self._alarm(f"{name}-{signal.role}", signal, dimensions, threshold, args, watched.tags)
        self._hurt(f"{name}-hurt", made[UNHEALTHY.role], made[TRAFFIC.role], args, watched.tags)

    def _alarm(
        self, name: str, signal: Signal, dimensions: Dimensions, threshold: float, args: MonitoringArgs, tags: Mapping[str, str]
    ) -> aws.cloudwatch.MetricAlarm:
        percentile = signal.statistic.startswith("p")
        told = [] if signal.tell is Tell.NOBODY else [args.topics[signal.tell]]
        return aws.cloudwatch.MetricAlarm(
            name,
            alarm_description=f"{signal.meaning} Start with `switchyard status -s {pulumi.get_stack()}`.",
            namespace=signal.namespace,
            metric_name=signal.metric,
            dimensions=dict(dimensions),
            statistic=None if percentile else signal.statistic,
            extended_statistic=signal.statistic if percentile else None,
            period=signal.period_seconds,
            evaluation_periods=signal.periods,
            datapoints_to_alarm=signal.bad_periods,
            comparison_operator="LessThanThreshold" if signal.below else "GreaterThanThreshold",
            threshold=threshold,
            treat_missing_data=signal.missing,
            alarm_actions=told,
            ok_actions=told,
            tags=dict(tags),
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _hurt(
        self,
        name: str,
        sick: aws.cloudwatch.MetricAlarm,
        busy: aws.cloudwatch.MetricAlarm,
        args: MonitoringArgs,
        tags: Mapping[str, str],
    ) -> aws.cloudwatch.CompositeAlarm:
        page = [args.topics[Tell.PAGE]]
        return aws.cloudwatch.CompositeAlarm(
            name,
            alarm_name=sick.name.apply(lambda sick_name: f"{sick_name}-hurts-users"),
            alarm_description=f"A target that takes traffic is unhealthy. Start with `switchyard status -s {pulumi.get_stack()}`.",
            alarm_rule=pulumi.Output.concat('ALARM("', sick.name, '") AND ALARM("', busy.name, '")'),
            alarm_actions=page,
            ok_actions=page,
            tags=dict(tags),
            opts=pulumi.ResourceOptions(parent=self),
        )


def _relevant(signals: Sequence[Signal], floor: int) -> list[Signal]:
    return [signal for signal in signals if floor or signal not in (TOO_FEW, SHORT)]


def _threshold(signal: Signal, floor: int, latency_p99_ms: int) -> float:
    own = {TOO_FEW.role: float(floor), SHORT.role: float(floor), SLOW.role: latency_p99_ms / 1000}
    return own.get(signal.role, signal.threshold)
