"""One page of graphs for the whole stack, made from the catalogue of signals."""

import json
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
    """Where the figures are, of what says no other."""
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
        watched = sorted(args.watched, key=lambda each: each.name)
        dimensions = pulumi.Output.all(*(pulumi.Output.all(**each.place) for each in watched))
        return aws.cloudwatch.Dashboard(
            name,
            dashboard_name=fixed_name(name, NAME_LIMIT),
            dashboard_body=dimensions.apply(lambda known: _body(args.region, list(zip(watched, known, strict=True)))),
            opts=pulumi.ResourceOptions(parent=self),
        )


def _body(region: str, watched: Sequence[tuple[Watched, Mapping[str, str]]]) -> str:
    """CloudWatch's dashboard structure, as JSON; it takes no graph without a line."""
    seen = [subject for subject in CATALOGUE if any(each.subject is subject for each, _ in watched)]
    graphs = [_graph(subject, signal, region, watched) for subject in seen for signal in subject.signals]
    return json.dumps({"widgets": graphs})


def _graph(subject: Subject, signal: Signal, region: str, watched: Sequence[tuple[Watched, Mapping[str, str]]]) -> Mapping[str, object]:
    """A widget; without a place it goes after the one before."""
    lines = [_line(signal, each, dimensions) for each, dimensions in watched if each.subject is subject and signal in each.signals]
    title = f"{subject.type.rpartition(':')[2]}: {signal.metric}, {signal.statistic}"
    shown = {"title": title, "region": region, "view": "timeSeries", "stat": signal.statistic, "metrics": lines}
    return {"type": "metric", "width": WIDTH, "height": HEIGHT, "properties": {**shown, "period": signal.period_seconds}}


def _line(signal: Signal, watched: Watched, dimensions: Mapping[str, str]) -> Sequence[object]:
    named = [part for name, value in dimensions.items() for part in (name, value)]
    elsewhere = {"region": watched.region} if watched.region else {}
    return [watched.subject.namespace, signal.metric, *named, {"label": watched.name, **elsewhere}]
