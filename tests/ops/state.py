"""What an engine would have written down of the emulated web tier, as far as the commands read it."""

from collections.abc import Mapping, Sequence
from typing import Any

from ops.alarms import METRIC_ALARM, TOPIC
from ops.parts import RULE
from ops.strangers import LISTENER
from settings_types import Color
from tests.ops.cloud import PAGE, REGION, Cloud

Resource = dict[str, Any]


def urn(kind: str, name: str) -> str:
    """A URN as the engine builds it."""
    return f"urn:pulumi:staging::switchyard::{kind}::{name}"


def resource(
    kind: str,
    name: str,
    id_: str,
    inputs: Mapping[str, Any] | None = None,
    outputs: Mapping[str, Any] | None = None,
    *,
    protect: bool = False,
) -> Resource:
    """A resource in the state."""
    known = dict(inputs or {})
    after = {"region": REGION, **known, **(outputs or {})}
    return {"type": kind, "urn": urn(kind, name), "id": id_, "inputs": known, "outputs": after, "protect": protect}


def resources(cloud: Cloud) -> list[Resource]:
    """The listener with its rules, the page topic with its alarms."""
    rules = [
        rule
        for name, where in cloud.services.items()
        for rule in (
            resource(RULE, f"{name}-traffic", where.rule, _traffic(cloud, name)),
            *(resource(RULE, f"{name}-{color}-preview", arn) for color, arn in cloud.previews[name].items()),
        )
    ]
    alarms = [
        resource(METRIC_ALARM, name, name, {"alarmActions": [PAGE], "tags": {"service": service} if service else {}})
        for name, service in cloud.alarms.items()
        if service in {"", *cloud.services}
    ]
    return [resource(LISTENER, "lb-https", cloud.listener), *rules, resource(TOPIC, "topics-page", PAGE), *alarms]


def _traffic(cloud: Cloud, service: str) -> Mapping[str, Any]:
    """The inputs of a service's traffic rule."""
    where = cloud.services[service]
    paths, priority = cloud.routes[service]
    forward = {"targetGroups": _groups(where.target_groups), "stickiness": {"enabled": False, "duration": 1}}
    return {
        "actions": [{"type": "forward", "forward": forward}],
        "conditions": [{"pathPattern": {"values": list(paths)}}],
        "priority": priority,
    }


def _groups(arns: Mapping[Color, str]) -> Sequence[Mapping[str, Any]]:
    return [{"arn": arn, "weight": 100 if color is Color.BLUE else 0} for color, arn in arns.items()]
