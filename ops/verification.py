"""Whether what runs is what config says, check by check: passed, failed, or undecided where nobody can say."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from ops import preview_request
from ops.alarms import State, page_alarms
from ops.checks import Check, Found, Verdict, checked
from ops.console import count
from ops.deployment import Deployment
from ops.parts import RULE, TRAFFIC
from ops.site.verified import site_checks
from ops.traffic import Traffic, wiring
from settings_service import Service
from settings_types import Color

ALARMS = {State.OK: Verdict.PASSED, State.FIRING: Verdict.FAILED, State.NO_DATA: Verdict.UNDECIDED, State.MISSING: Verdict.FAILED}
"""CloudWatch has not decided on an alarm without data; one that is missing wakes nobody, and that is known."""
REQUESTS = {
    preview_request.Verdict.PINNED: Verdict.PASSED,
    preview_request.Verdict.OTHER: Verdict.FAILED,
    preview_request.Verdict.UNDECIDED: Verdict.UNDECIDED,
}


def checks(deployment: Deployment, via: str = "") -> Iterator[Check]:
    """Every check of every service in config, and of the site; `via` is where preview requests enter (ops/preview_request.py).

    What AWS does not answer is undecided, check by check. A service that is not up has failed.
    """
    up, settings = deployment.outputs.get("services", {}), deployment.target.file.settings()
    for name, config in settings.services.items():
        if not up.keys() & {name, settings.resource_name(name)}:
            yield Check("service", name, Verdict.FAILED, f"in config and not up yet: `switchyard up {deployment.options}`")
        else:
            yield from _Service(deployment, name, config).checks(via)
    yield from site_checks(deployment)


class _Service:
    """One service and its checks."""

    def __init__(self, deployment: Deployment, name: str, config: Service) -> None:
        self._deployment, self._name, self._config = deployment, name, config
        self._traffic = Traffic(deployment)

    def checks(self, via: str) -> Iterator[Check]:
        """What is checked of it, in the order in which a reader asks."""
        yield checked("weights", self._name, self._weights)
        yield checked("traffic rule", self._name, self._rule)
        for color in Color:
            of = f"{self._name} {color}"
            yield checked("release", of, partial(self._release, color))
            if self._config.pins(color).capacity.max and not self._cut_off(color):
                yield checked("preview request", of, partial(self._request, color, via))
        yield checked("page alarms", self._name, self._alarms)

    def _cut_off(self, color: Color) -> bool:
        """Whether a request to the color cannot be answered: nothing reaches what is in quarantine."""
        return self._deployment.target.file.settings().contingency.quarantines(self._name, color)

    def _weights(self) -> Found:
        found = self._traffic.weights(self._name)
        wanted = {color: self._config.weight(color) for color in Color}
        told = "/".join(str(wanted[color]) for color in Color)
        if found == wanted:
            return Verdict.PASSED, told
        return Verdict.FAILED, f"config {told}, AWS {'/'.join(str(found[color]) for color in Color)}"

    def _rule(self) -> Found:
        """The traffic rule beside its weights, held against what the engine wrote down."""
        name = self._deployment.target.file.settings().resource_name(self._name)
        wanted = _declared(_inputs(self._deployment, f"{name}{TRAFFIC}"))
        elbv2 = self._deployment.target.client("elbv2")
        found = _described(elbv2.describe_rules(RuleArns=[wiring(self._deployment, self._name).rule])["Rules"][0])
        differ = [f"{what}: the stack {wanted[what]}, AWS {found[what]}" for what in wanted if wanted[what] != found[what]]
        return (Verdict.FAILED, "; ".join(differ)) if differ else (Verdict.PASSED, f"{wanted['conditions']}, priority {wanted['priority']}")

    def _release(self, color: Color) -> Found:
        """Every instance in service or warm runs the pins; of a fleet that has none yet nobody can say."""
        fleet = self._traffic.fleet(self._name, color)
        if fleet.stale:
            return Verdict.FAILED, str(fleet)
        if not fleet.done and (fleet.coming or fleet.missing):
            return Verdict.UNDECIDED, "no instance is in service yet"
        return Verdict.PASSED, f"{count(fleet.done, 'instance')} of the pinned AMI and image"

    def _request(self, color: Color, via: str) -> Found:
        answer = preview_request.ask(self._deployment, self._name, color, via)
        return REQUESTS[answer.verdict], str(answer)

    def _alarms(self) -> Found:
        """The worst of them; none at all, and nobody can say."""
        alarms = page_alarms(self._deployment, self._name)
        if not alarms:
            return Verdict.UNDECIDED, "the stack has none: nobody is told"
        verdicts = {ALARMS[alarm.state] for alarm in alarms}
        worst = next(verdict for verdict in (Verdict.FAILED, Verdict.UNDECIDED, Verdict.PASSED) if verdict in verdicts)
        loud = "; ".join(str(alarm) for alarm in alarms if not alarm.calm)
        return worst, loud or f"{count(len(alarms), 'alarm')}, all OK"


def _inputs(deployment: Deployment, rule: str) -> Mapping[str, Any]:
    """What the engine wrote down of a listener rule."""
    urn = deployment.urn(RULE, rule)
    return next(dict(resource["inputs"]) for resource in deployment.resources if resource["urn"] == urn)


def _declared(inputs: Mapping[str, Any]) -> dict[str, str]:
    """A traffic rule beside its weights, in words, from the inputs of its resource."""
    [action] = inputs["actions"]
    sticky = action["forward"]["stickiness"]
    conditions = [(_kebab(field), config["values"]) for condition in inputs["conditions"] for field, config in condition.items()]
    return _words(
        conditions,
        inputs["priority"],
        [group["arn"] for group in action["forward"]["targetGroups"]],
        sticky["enabled"] and sticky["duration"],
    )


def _described(rule: Mapping[str, Any]) -> dict[str, str]:
    """The same from AWS's description."""
    forward = rule["Actions"][-1].get("ForwardConfig", {})
    sticky = forward.get("TargetGroupStickinessConfig", {})
    conditions = [(each["Field"], _values(each)) for each in rule["Conditions"]]
    groups = [group["TargetGroupArn"] for group in forward.get("TargetGroups", [])]
    return _words(conditions, rule["Priority"], groups, sticky.get("Enabled") and sticky.get("DurationSeconds"))


def _values(condition: Mapping[str, Any]) -> Sequence[str]:
    return next((config.get("Values", []) for key, config in condition.items() if key.endswith("Config")), condition.get("Values", []))


def _words(conditions: Sequence[tuple[str, Sequence[str]]], priority: Any, groups: Sequence[str], sticky: Any) -> dict[str, str]:
    return {
        "conditions": ", ".join(sorted(f"{field} {value}" for field, values in conditions for value in values)),
        "priority": str(priority),
        "target groups": ", ".join(sorted(arn.split("/")[1] for arn in groups)) or "none",
        "stickiness": f"{sticky} s" if sticky else "off",
    }


def _kebab(name: str) -> str:
    return re.sub("[A-Z]", lambda letter: f"-{letter[0].lower()}", name)
