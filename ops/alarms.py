"""The alarms that wake somebody, and what CloudWatch says of each."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from components.signals import Tell
from ops.deployment import Deployment
from ops.plan import name_of

METRIC_ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"
COMPOSITE_ALARM = "aws:cloudwatch/compositeAlarm:CompositeAlarm"
TOPIC = "aws:sns/topic:Topic"
AT_ONCE = 100
"""Names that DescribeAlarms takes."""
KINDS = ("MetricAlarm", "CompositeAlarm")
"""Asked for by name: DescribeAlarms leaves out composite alarms otherwise."""
PART = re.compile(r'ALARM\("([^"]+)"\)')
"""A part of a composite alarm's rule; this project's rules demand all of their parts, joined by AND."""
NOT_KNOWN = "CloudWatch has no alarm of this name: nobody would be told"


class State(StrEnum):
    """What CloudWatch says of an alarm."""

    OK = "OK"
    FIRING = "firing"
    NO_DATA = "no data"
    """CloudWatch has not decided: the alarm is new, or its metric has gone."""
    MISSING = "missing"
    """The stack made it and CloudWatch does not have it."""


STATES = {"OK": State.OK, "ALARM": State.FIRING, "INSUFFICIENT_DATA": State.NO_DATA}


@dataclass(frozen=True)
class AlarmState:
    """A page alarm as CloudWatch tells it. Anything but OK is not calm."""

    name: str
    """CloudWatch's name, as the mail to the person on call says it."""
    state: State
    reason: str
    """In CloudWatch's words."""

    @property
    def calm(self) -> bool:
        """Whether it says that users are not hurt."""
        return self.state is State.OK

    def __str__(self) -> str:
        return f"{self.name}: {self.state}{f' ({self.reason})' if self.reason and not self.calm else ''}"


def page_alarms(deployment: Deployment, service: str) -> Sequence[AlarmState]:
    """The page alarms of a service's colors, and those of what concerns every service, such as the load balancer.

    Which ones there are is known from the engine's state; none, and nobody watches the service: that is not calm either. Raises
    botocore's errors when CloudWatch cannot be asked.
    """
    tag = deployment.target.file.settings().resource_name(service)
    made = [alarm for alarm in _paging(deployment.resources) if _service(alarm) in {tag, None}]
    regions = sorted(set(map(_region, made)))
    return [state for region in regions for state in _states(deployment, region, [each for each in made if _region(each) == region])]


def _states(deployment: Deployment, region: str, made: Sequence[Mapping[str, Any]]) -> Iterator[AlarmState]:
    """What CloudWatch says of alarms in one region."""
    metric = [str(alarm["id"]) for alarm in made if alarm["type"] == METRIC_ALARM]
    composite = {str(alarm["id"]): str(alarm["outputs"]["alarmRule"]) for alarm in made if alarm["type"] == COMPOSITE_ALARM}
    parts = [part for rule in composite.values() for part in PART.findall(rule)] if deployment.target.sandboxed else []
    told = _asked(deployment.target.client("cloudwatch", region), [*metric, *composite, *parts])
    if deployment.target.sandboxed:
        told |= {name: _emulated(name, rule, told) for name, rule in composite.items()}
    for name in (*metric, *composite):
        yield told.get(name, AlarmState(name, State.MISSING, NOT_KNOWN))


def _paging(resources: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """The alarms in the state that publish to the page topic."""
    topics = {resource["id"] for resource in resources if resource["type"] == TOPIC and name_of(resource["urn"]).endswith(f"-{Tell.PAGE}")}
    for resource in resources:
        if resource["type"] in {METRIC_ALARM, COMPOSITE_ALARM} and topics & set(resource["outputs"].get("alarmActions") or ()):
            yield resource


def _region(alarm: Mapping[str, Any]) -> str:
    """Where it stands."""
    return str(alarm["outputs"]["region"])


def _service(alarm: Mapping[str, Any]) -> str | None:
    """The service that an alarm is about, by its tag; None for the load balancer's."""
    found = (alarm["outputs"].get("tags") or {}).get("service")
    return str(found) if found else None


def _asked(cloudwatch: Any, names: Sequence[str]) -> dict[str, AlarmState]:
    """The alarms that CloudWatch has, by name."""
    found = {}
    every = list(dict.fromkeys(names))
    for start in range(0, len(every), AT_ONCE):
        answer = cloudwatch.describe_alarms(AlarmNames=every[start : start + AT_ONCE], AlarmTypes=list(KINDS), MaxRecords=AT_ONCE)
        for alarm in (*answer["MetricAlarms"], *answer["CompositeAlarms"]):
            state = STATES[alarm["StateValue"]]
            found[alarm["AlarmName"]] = AlarmState(alarm["AlarmName"], state, alarm.get("StateReason") or "")
    return found


def _emulated(name: str, rule: str, told: Mapping[str, AlarmState]) -> AlarmState:
    """A composite alarm in the sandbox, whose CloudWatch has none: what its rule makes of its parts' states."""
    parts = [told.get(part, AlarmState(part, State.MISSING, NOT_KNOWN)) for part in PART.findall(rule)]
    missing = [part.name for part in parts if part.state is State.MISSING]
    if missing or rule != " AND ".join(f'ALARM("{part.name}")' for part in parts):
        return AlarmState(name, State.MISSING, f"it is made of {', '.join(missing) or rule}, which the sandbox does not have")
    firing = all(part.state is State.FIRING for part in parts)
    return AlarmState(name, State.FIRING if firing else State.OK, " and ".join(map(str, parts)))
