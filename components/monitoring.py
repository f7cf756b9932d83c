"""Alarms, one for each signal of the catalogue and each resource that it is about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.catalogue import SLOW, TARGET_GROUP, TRAFFIC, UNHEALTHY
from components.signals import Signal, Tell
from components.watched import Watched

RUNBOOK = "docs/runbooks/alarms.md"
"""It has a section for each role."""


@dataclass(frozen=True, kw_only=True)
class MonitoringArgs:
    """What is watched, and who is told."""

    watched: Sequence[Watched]
    """Which color is live makes no difference to any of them."""
    latency_p99_ms: int
    """The objective for the slowest hundredth of answers."""
    topics: Mapping[str | None, Mapping[Tell, pulumi.Input[str]]]
    """The topics by region (None for the stack's own) and news: an alarm stands where its figures are, and so must its topic."""


class Monitoring(pulumi.ComponentResource):
    """The alarms of everything that is watched.

    An idle color does not page: a sick target wakes somebody only if its color had a request within the hour, so a color that was just
    emptied still counts. Not stateful. An alarm costs 0.10 USD a month, a composite one 0.50.
    """

    def __init__(self, name: str, args: MonitoringArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("switchyard:monitoring:Monitoring", name, None, opts)
        for watched in args.watched:
            alarms = {signal.role: self._alarm(watched, signal, args) for signal in watched.signals}
            if watched.subject is TARGET_GROUP:
                self._hurt(watched, alarms[UNHEALTHY.role], alarms[TRAFFIC.role], args)
        self.register_outputs({})

    def _alarm(self, watched: Watched, signal: Signal, args: MonitoringArgs) -> aws.cloudwatch.MetricAlarm:
        told = [] if signal.tell is Tell.NOBODY else [args.topics[watched.region][signal.tell]]
        return aws.cloudwatch.MetricAlarm(
            f"{watched.name}-{signal.role}",
            alarm_description=_description(signal.meaning, signal.role),
            namespace=watched.subject.namespace,
            metric_name=signal.metric,
            dimensions=dict(watched.place),
            statistic=signal.plain_statistic,
            extended_statistic=signal.extended_statistic,
            period=signal.period_seconds,
            evaluation_periods=signal.periods,
            datapoints_to_alarm=signal.bad_periods,
            comparison_operator=signal.comparison,
            threshold=_threshold(signal, watched, args.latency_p99_ms),
            treat_missing_data=signal.missing,
            alarm_actions=told,
            ok_actions=told,
            tags=dict(watched.tags),
            region=watched.region,
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _hurt(
        self, watched: Watched, sick: aws.cloudwatch.MetricAlarm, busy: aws.cloudwatch.MetricAlarm, args: MonitoringArgs
    ) -> aws.cloudwatch.CompositeAlarm:
        page = [args.topics[watched.region][Tell.PAGE]]
        return aws.cloudwatch.CompositeAlarm(
            f"{watched.name}-hurt",
            alarm_name=sick.name.apply(lambda sick_name: f"{sick_name}-hurts-users"),
            alarm_description=_description("A target that takes traffic is unhealthy.", "hurt"),
            alarm_rule=pulumi.Output.concat('ALARM("', sick.name, '") AND ALARM("', busy.name, '")'),
            alarm_actions=page,
            ok_actions=page,
            tags=dict(watched.tags),
            region=watched.region,
            opts=pulumi.ResourceOptions(parent=self),
        )


def _threshold(signal: Signal, watched: Watched, latency_p99_ms: int) -> float:
    own = {**watched.thresholds, SLOW.role: latency_p99_ms / 1000}
    return float(watched.least) if signal.of_least else own[signal.role] if signal.own_threshold else own.get(signal.role, signal.threshold)


def _description(meaning: str, role: str) -> str:
    return f"{meaning} Start with `switchyard status -s {pulumi.get_stack()}`, then {RUNBOOK}#{role}."
