"""What AWS has otherwise than config, beside what is merely not applied yet: who changed it, and what puts it back."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pulumi.automation.events import OpType

from ops.deployment import Deployment
from ops.difference import EGRESS, INGRESS, Difference, differences, holds_secret, veiled
from ops.guard import stop_unsound, touched_live
from ops.plan import Plan, Step
from ops.strangers import Stranger, strangers
from ops.trail import Trace, Trail

NOT_OURS = "not in the stack"


@dataclass(frozen=True)
class Drift:
    """One difference, what is to be thought of it, and what puts it back."""

    difference: Difference
    danger: str
    """Why to look before repairing it; empty where the repair touches no instance that takes traffic, and nothing stateful."""
    repair: str
    """The command that puts it back."""
    trace: Trace | None
    """Who wrote to it last; None when nobody can say."""

    @property
    def repairable(self) -> bool:
        """Whether it can be put back without a second thought."""
        return not self.danger


@dataclass(frozen=True)
class Findings:
    """What a look at AWS has found."""

    drift: Sequence[Drift]
    waiting: Sequence[str]
    """What config says and nobody has applied yet, which is no drift."""


def find(deployment: Deployment) -> Findings:
    """Hold config against what AWS has now; EngineError when the program or AWS says no."""
    ahead = deployment.preview("reading what is not applied yet", packs=False)
    stop_unsound(ahead)
    plan = deployment.preview("reading AWS", packs=False, refresh=True)
    stop_unsound(plan)
    trail = Trail(deployment.target)
    changed = list(_Comparison(deployment, ahead, plan, trail).drift())
    return Findings([*changed, *(_stranger(each, trail) for each in strangers(deployment))], [str(step) for step in ahead.steps])


def _stranger(found: Stranger, trail: Trail) -> Drift:
    return Drift(Difference(found.what, None, NOT_OURS), found.danger, found.repair, trail.last_write(found.traces))


class _Comparison:
    """The plan that looks at AWS, held against the one that does not, and against the engine's state."""

    def __init__(self, deployment: Deployment, ahead: Plan, plan: Plan, trail: Trail) -> None:
        self._plan, self._trail = plan, trail
        self._ahead = {step.urn: step for step in ahead.steps}
        self._state = {str(resource["urn"]): resource for resource in deployment.resources}
        settings = deployment.target.file.settings()
        self._names = {settings.resource_name(name): name for name in settings.services}
        self._touched = {step.urn for step in touched_live(plan, settings)}
        self._up = f"switchyard up {deployment.options} --traffic"

    def drift(self) -> Iterator[Drift]:
        """What AWS has changed. What follows from that, and what waits in config, is none."""
        changed = {step.urn: keys for step in self._plan.steps if (keys := self._changed(step)) is not None}
        follows = [step for step in self._plan.steps if step.urn not in changed and step.urn not in self._ahead]
        for step in self._plan.steps:
            if step.urn in changed:
                danger = self._danger(step, follows)
                repair = f"{self._up} --touch-live" if self._touched & {step.urn, *(each.urn for each in follows)} else self._up
                for difference in differences(step, changed[step.urn], self._names):
                    yield Drift(difference, danger, repair, self._trail.last_write(self._traces(step)))

    def _changed(self, step: Step) -> list[str] | None:
        """The inputs that AWS has otherwise than the engine wrote down; None when it has changed nothing of the resource."""
        before = self._ahead.get(step.urn)
        if step.op is OpType.CREATE:
            return [] if before is None and step.urn in self._state else None
        if not step.keys:
            return [] if before is None else None
        waits = _inputs(before.keys) if before else []
        known = (self._state.get(step.urn) or {}).get("inputs") or {}
        found = [key for key in dict.fromkeys(_inputs(step.keys)) if _differs(key, known, step.old, waits)]
        return found or None

    def _danger(self, step: Step, follows: Sequence[Step]) -> str:
        if step.urn in self._touched:
            return "putting it back changes what enters instances that take traffic"
        if step.op is OpType.REPLACE:
            return "it would be replaced"
        if (self._state.get(step.urn) or {}).get("protect"):
            return "it holds state" + (", which is gone" if step.op is OpType.CREATE else "")
        hard = [each for each in follows if each.urn in self._touched or each.op is OpType.REPLACE]
        return f"putting it back would {hard[0]}" if hard and step.op is OpType.CREATE else ""

    def _traces(self, step: Step) -> str:
        """Under which name CloudTrail may know the resource; calls on a security group's rule name the group."""
        resource = self._state.get(step.urn) or {}
        if step.type in {INGRESS, EGRESS}:
            return str((resource.get("inputs") or {}).get("securityGroupId", ""))
        return str(resource.get("id") or "")


def _inputs(keys: Collection[str]) -> list[str]:
    """Top-level names: `actions` of `actions[0].forward`."""
    return [re.split(r"[.\[]", key)[0] for key in keys]


def _differs(key: str, known: Mapping[str, Any], aws: Mapping[str, Any], waits: Collection[str]) -> bool:
    """Whether AWS has an input otherwise than the state; of a secret only the engine can say, and it names those that wait too."""
    if veiled(known.get(key)) != veiled(aws.get(key)):
        return True
    return holds_secret(aws.get(key)) and key not in waits
