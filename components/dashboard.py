"""One page of graphs for the whole stack, made from the catalogue of signals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.catalogue import CATALOGUE
from components.naming import fixed_name
from components.signals import Signal, Subject
from components.watched import Watched

NAME_LIMIT = 255
WIDTH, HEIGHT = 8, 6
"""Of a graph, on a page of 24 columns: three in a row."""


@dataclass(frozen=True, kw_only=True)
class DashboardArgs:
    """What is shown."""

    region: str
    """Where the figures are."""
    watched: Sequence[Watched]
    """A line for each in every graph of its kind."""


class Dashboard(pulumi.ComponentResource):
    """One graph for each signal of the catalogue, in which what should look alike lies one above the other: zones, colors, services.

    Not stateful. The first three dashboards of an account cost nothing, each further one 3 USD a month.
    """

    def __init__(self, name: str, args: DashboardArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("switchyard:monitoring:Dashboard", name, None, opts)
        self._dashboard(name, args)
        self.register_outputs({})

    def _dashboard(self, name: str, args: DashboardArgs) -> aws.cloudwatch.Dashboard:
        graphs = [_graph(subject, signal, args) for subject in CATALOGUE for signal in subject.signals]
        return aws.cloudwatch.Dashboard(
            name,
            dashboard_name=fixed_name(name, NAME_LIMIT),
            dashboard_body=pulumi.Output.json_dumps({"widgets": graphs}),
            opts=pulumi.ResourceOptions(parent=self),
        )


def _graph(subject: Subject, signal: Signal, args: DashboardArgs) -> Mapping[str, object]:
    """A widget in CloudWatch's dashboard structure; without a place it goes after the one before."""
    lines = [_line(subject, signal, each) for each in sorted(args.watched, key=lambda one: one.name) if each.subject is subject]
    title = f"{subject.type.rpartition(':')[2]}: {signal.metric}, {signal.statistic}"
    shown = {"title": title, "region": args.region, "view": "timeSeries", "stat": signal.statistic, "metrics": lines}
    return {"type": "metric", "width": WIDTH, "height": HEIGHT, "properties": {**shown, "period": signal.period_seconds}}


def _line(subject: Subject, signal: Signal, watched: Watched) -> Sequence[object]:
    named = [part for name, value in watched.dimensions.items() for part in (name, value)]
    return [subject.namespace, signal.metric, *named, {"label": watched.name}]
