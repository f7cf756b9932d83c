"""A deployment without an engine: it holds the rules and fleets of the emulated AWS against config, and writes what differs."""

import copy
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pulumi.automation as auto
from pulumi.automation.events import OpType

from ops.deployment import Deployment
from ops.errors import EngineError
from ops.parts import GROUP, ROLE_POLICY, RULE, SITE_TRAFFIC, STORE_KEY, TEMPLATE
from ops.plan import Finding, Plan, Step
from ops.stack_file import StackFile
from sandbox import front_door
from sandbox.engine import Engine, EngineSource
from settings_service import Pins
from settings_types import Color
from tests.ops.cloud import Cloud, shown
from tests.ops.state import resource, resources, urn

NO_ENGINE = Engine(root=Path("/nowhere"), version="v0", source=EngineSource.PATH)


@dataclass
class CloudTarget:
    """The stack in the emulated AWS; what a command prints of it is as on AWS."""

    file: StackFile
    cloud: Cloud
    name: str = "staging"
    sandboxed: bool = False
    aws: str = "aws"
    project: Path = Path()
    engine: Engine = NO_ENGINE

    def environment(self) -> dict[str, str]:
        """Nothing: no engine is started."""
        return {}

    def client(self, service: str, region: str = "") -> Any:
        """A client of the emulated AWS."""
        return self.cloud.client(service, region)

    def begin(self) -> None:
        """Nothing to prepare."""

    def front_door(self, listener: str) -> AbstractContextManager[str]:
        """The one that stands in the sandbox for the load balancer's own work."""
        return front_door.opened(self.client("elbv2"), self.client("ec2"), listener)


class StandIn(Deployment):
    """Knows traffic rules and groups alone; the rest of a plan is what a test puts there."""

    target: CloudTarget

    def __init__(self, target: CloudTarget) -> None:
        super().__init__(target)
        self.beside: list[Step] = []
        """Steps that every preview of the whole stack holds."""
        self.findings: list[Finding] = []
        """What packs say of every preview."""
        self.findings_in_update: list[Finding] = []
        self.errors: list[str] = []
        self.half_done: list[str] = []
        """What a killed engine is to have left."""
        self.past: list[auto.UpdateSummary] = []
        """The engine's record, the latest first."""
        self.more: list[Mapping[str, Any]] = []
        """What else the state holds."""
        self.exports: dict[str, Any] = {}
        """What else the stack exports."""
        self.previews: list[tuple[Sequence[str], bool]] = []
        """The URNs that each preview was limited to, and whether packs were asked."""
        self.refreshed: list[bool] = []
        """Whether each preview and update asked AWS first."""
        self.applied: list[list[str]] = []
        """What each update was limited to, by logical name."""
        self.breaks: BaseException | None = None
        """Raised by the next update instead of doing anything."""
        self.refreshes: Callable[[str], None] = self._refresh
        """Does what an instance refresh does."""
        self.launch: Callable[[str, int], None] = lambda group, floor: self.cloud.size(
            group, floor=floor, desired=self._desired(group, floor)
        )
        """Does what Auto Scaling does after a group's floor has changed."""

    @property
    def cloud(self) -> Cloud:
        """The emulated AWS."""
        return self.target.cloud

    @property
    def outputs(self) -> Mapping[str, Any]:
        """What the stack exports."""
        services = {
            name: {"rule": where.rule, "target_groups": where.target_groups, "groups": where.groups}
            for name, where in self.cloud.services.items()
        }
        return {"services": services, **({"site": self.cloud.site} if self.cloud.site else {}), **self.exports}

    @property
    def resources(self) -> Sequence[Mapping[str, Any]]:
        """What is known of the cloud (tests/ops/state.py), the parts of its fleets, and what a test has added."""
        fleets = [f"{name}-{color}" for name in self.cloud.services for color in Color]
        parts = [
            (kind, f"{fleet}-{role}") for fleet in fleets for kind, role in ((GROUP, "group"), (TEMPLATE, "boot"), (ROLE_POLICY, "may"))
        ]
        key = resource(STORE_KEY, SITE_TRAFFIC, SITE_TRAFFIC)
        return [*resources(self.cloud), key, *(resource(kind, name, name) for kind, name in parts), *self.more]

    def history(self, limit: int) -> Sequence[auto.UpdateSummary]:
        """The record, as far as it is asked for."""
        return self.past[:limit]

    def preview(self, text: str = "", *, only: Sequence[str] = (), packs: bool = True, refresh: bool = False) -> Plan:
        """What differs between config and the cloud, and what the test has put beside it."""
        assert text
        self.previews.append((only, packs))
        self.refreshed.append(refresh)
        steps = [step for step in (*self._steps(), *([] if only else self.beside)) if not only or step.urn in only]
        return Plan(steps=steps, same=7, findings=list(self.findings if packs else []), errors=list(self.errors))

    def apply(self, text: str, message: str, *, only: Sequence[str] = (), packs: bool = True, refresh: bool = False) -> Plan:
        """Write the rules and groups that differ."""
        assert text
        assert message
        if self.breaks:
            error, self.breaks = self.breaks, None
            raise error
        plan = Plan(steps=[step for step in self._steps() if not only or step.urn in only], same=7, findings=list(self.findings_in_update))
        self.applied.append([step.name for step in plan.steps])
        assert packs is not bool(only)
        self.refreshed.append(refresh)
        for step in plan.steps:
            self._write(step)
        self.journal.append(plan)
        return plan

    def _steps(self) -> list[Step]:
        settings = self.target.file.settings()
        steps = []
        for name, where in self.cloud.services.items():
            config = settings.services[name]
            before, after = self.cloud.weights(name), {str(color): config.weight(color) for color in Color}
            if before != after:
                arns = {str(color): arn for color, arn in where.target_groups.items()}
                steps.append(rule_step(name, before, after, arns))
            for color in Color:
                steps += self._release_steps(f"{name}-{color}", where.groups[color], config.pins(color))
                floor = config.pins(color).capacity.floor(settings.contingency.scale_floor)
                now = self.cloud.group(where.groups[color])["MinSize"]
                if floor != now:
                    steps.append(step_of(GROUP, f"{name}-{color}-group", ("minSize",), {"minSize": now}, {"minSize": floor}))
        return [*steps, *self._site_steps()]

    def _site_steps(self) -> list[Step]:
        """The key that says which release of the site users see, when it says another one."""
        before, after = ({"value": value} for value in (self.cloud.shown(), shown(self.target.file.settings())))
        return [] if before == after else [step_of(STORE_KEY, SITE_TRAFFIC, ("value",), before, after)]

    def _release_steps(self, fleet: str, group: str, pins: Pins) -> list[Step]:
        """The template and the version that the group uses, when the instances run something else than the pins."""
        if self.cloud.runs(group) <= {(pins.ami, pins.image.partition("@")[2])}:
            return []
        old, new = ({"mixedInstancesPolicy": version} for version in (1, 2))
        return [
            step_of(TEMPLATE, f"{fleet}-boot", ("imageId", "userData", "tagSpecifications")),
            step_of(GROUP, f"{fleet}-group", ("mixedInstancesPolicy",), old, new),
        ]

    def _write(self, step: Step) -> None:
        if step.type == TEMPLATE:
            return
        if step.type == STORE_KEY:
            self.cloud.show(step.new["value"])
            return
        if step.keys == ("mixedInstancesPolicy",):
            self.refreshes(step.name.removesuffix("-group"))
        elif step.type == GROUP:
            self.launch(step.name.removesuffix("-group"), step.new["minSize"])
        else:
            weights = [group["weight"] for group in step.new["actions"][0]["forward"]["targetGroups"]]
            self.cloud.set_weights(step.name.removesuffix("-traffic"), dict(zip(Color, weights, strict=True)))

    def _refresh(self, fleet: str) -> None:
        service, _, color = fleet.rpartition("-")
        self.cloud.release(fleet, self.target.file.settings().services[service].pins(Color(color)))

    def _desired(self, group: str, floor: int) -> int:
        return max(floor, int(self.cloud.group(group)["DesiredCapacity"]))


def step_of(
    kind: str,
    name: str,
    keys: Sequence[str] = (),
    old: Mapping[str, Any] | None = None,
    new: Mapping[str, Any] | None = None,
    op: OpType = OpType.UPDATE,
) -> Step:
    """A step of a plan."""
    return Step(op, urn(kind, name), kind, tuple(keys), copy.deepcopy(dict(old or {})), copy.deepcopy(dict(new or {})))


def rule_step(service: str, before: Mapping[str, int], after: Mapping[str, int], arns: Mapping[str, str]) -> Step:
    """The step on a service's traffic rule."""
    old, new = ({"actions": action(shares, arns)} for shares in (before, after))
    return step_of(RULE, f"{service}-traffic", ("actions",), old, new)


def action(shares: Mapping[str, int], arns: Mapping[str, str]) -> list[dict[str, Any]]:
    """The inputs of a rule's weighted action."""
    groups = [{"arn": arns[color], "weight": share} for color, share in shares.items()]
    return [{"type": "forward", "forward": {"targetGroups": groups}}]


def half_done(message: str = "AWS said no") -> EngineError:
    """An update that failed after it had changed something."""
    return EngineError(message, "Correct it.", changed=True)
