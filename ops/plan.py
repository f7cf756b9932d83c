"""What the engine means to do, or did: one step a resource, read from its events."""

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pulumi.automation.events import EngineEvent, OpType, StepEventMetadata

from policies.rules import catalogue, undecided
from policies.rules.undecided import Waiting

QUIET = {OpType.SAME, OpType.READ, OpType.REFRESH}
ROOT = "pulumi:pulumi:Stack"
"""The type of the resource that stands for the stack and has its outputs."""
GATHERED = {OpType.CREATE_REPLACEMENT, OpType.DISCARD_REPLACED, OpType.REMOVE_PENDING_REPLACE}
"""Parts of a replacement, which is told once."""
LEFT = OpType.DELETE_REPLACED
"""The last part of one; by itself it ends a replacement that was cut short, and takes away what was replaced."""
ECHOES = ("context canceled", "preview failed", "update failed")
"""How errors end that only repeat that there was one: a policy violation, an error of a resource."""
WIDTH = 78
"""A terminal's 80 columns, less what marks a warning."""


def name_of(urn: str) -> str:
    """The logical name of a resource."""
    return urn.rsplit("::", 1)[1]


def label(kind: str, urn: str) -> str:
    """A resource in short: `ListenerRule api-traffic`."""
    return f"{kind.rsplit(':', 1)[1]} {name_of(urn)}"


@dataclass(frozen=True)
class Step:
    """One resource and what happens to it."""

    op: OpType
    urn: str
    type: str
    keys: tuple[str, ...]
    """Top-level inputs that differ."""
    old: Mapping[str, Any]
    new: Mapping[str, Any]

    @property
    def name(self) -> str:
        """The logical name."""
        return name_of(self.urn)

    @property
    def address(self) -> tuple[str, str]:
        """Type and logical name, which no two resources of a stack share."""
        return self.type, self.name

    def __str__(self) -> str:
        """`update ListenerRule api-traffic (actions)`."""
        what = f"{self.op.value} {label(self.type, self.urn)}"
        return f"{what} ({', '.join(self.keys)})" if self.keys else what


@dataclass(frozen=True)
class Finding:
    """What a policy pack said of a resource."""

    pack: str
    policy: str
    mandatory: bool
    urn: str
    message: str

    def __str__(self) -> str:
        """Policy and message; prose is filled anew, since a pack leaves no room for the policy's name."""
        told = f"{self.policy}: {self.message}"
        if self.policy == undecided.POLICY:
            return told
        lines = told.replace("\n  ", " ").splitlines()
        return "\n".join(textwrap.fill(line, WIDTH, subsequent_indent="  ", break_on_hyphens=False) for line in lines)


@dataclass
class Plan:
    """The steps of one operation, the findings of the policy packs and the engine's own errors."""

    steps: list[Step] = field(default_factory=list)
    same: int = 0
    findings: list[Finding] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    done: set[str] = field(default_factory=set)
    """The URNs whose step the engine has finished."""

    def take(self, event: EngineEvent) -> None:
        """Read one event of the engine."""
        if event.resource_pre_event:
            self._take_step(event.resource_pre_event.metadata)
        elif event.res_outputs_event and event.res_outputs_event.metadata.op not in QUIET:
            self.done.add(event.res_outputs_event.metadata.urn)
        elif event.policy_event:
            told = event.policy_event
            mandatory = told.enforcement_level == "mandatory"
            self.findings.append(Finding(told.policy_pack_name, told.policy_name, mandatory, told.resource_urn or "", told.message.strip()))
        elif event.diagnostic_event and event.diagnostic_event.severity == "error":
            self._take_error(event.diagnostic_event.message)

    def _take_step(self, step: StepEventMetadata) -> None:
        if step.op in QUIET:
            self.same += step.op == OpType.SAME  # a resource that is refreshed before is told of twice
        elif step.op not in GATHERED and step.type != ROOT:
            if step.op == LEFT and any((each.op, each.urn) == (OpType.REPLACE, step.urn) for each in self.steps):
                return
            if step.op == OpType.REPLACE:
                self.steps = [each for each in self.steps if (each.op, each.urn) != (LEFT, step.urn)]
            keys = tuple(step.diffs or step.keys or ())
            self.steps.append(Step(OpType(step.op), step.urn, step.type, keys, _inputs(step.old), _inputs(step.new)))

    def _take_error(self, message: str) -> None:
        """Keep what says something: no traceback of the program's, and not that the whole failed, or was given up, because of a part."""
        told = message.partition("Traceback (most recent call last)")[0].strip()
        if told and not told.endswith(ECHOES):
            self.errors.append(told)

    @property
    def violations(self) -> list[Finding]:
        """Findings that stop an update."""
        return [finding for finding in self.findings if finding.mandatory]

    @property
    def advice(self) -> list[Finding]:
        """Findings that stop nothing: violations that somebody answers for."""
        return [finding for finding in self.findings if not finding.mandatory and finding.policy != undecided.POLICY]

    @property
    def undecided(self) -> Sequence[Waiting]:
        """Checks that could not decide, since a value is not known yet."""
        told = [finding.message for finding in self.findings if finding.policy == undecided.POLICY]
        return [check for message in told for check in undecided.parse(message)]

    @property
    def unexplained(self) -> Sequence[Waiting]:
        """Those of them that wait for nothing that the plan creates or replaces, or updates where the rule allows it.

        A value comes from several resources at times: those that are there are known, so one that is made explains it.
        """
        return [check for check in self.undecided if self._made_for(check.rule).isdisjoint(check.waits_for)]

    def _made_for(self, rule: str) -> set[str]:
        """What a check of the rule may wait for, by label and by URN."""
        allowed = catalogue.rules()[rule].may_wait_for if rule in catalogue.names() else ()
        made = {OpType.CREATE, OpType.REPLACE}
        urns = [step.urn for step in self.steps if step.op in made or (step.op is OpType.UPDATE and step.type in allowed)]
        return {name for urn in urns for name in (urn, undecided.label(urn))}

    @property
    def summary(self) -> str:
        """`3 to create, 1 to update, 262 unchanged`."""
        counts: dict[str, int] = {}
        for step in self.steps:
            counts[step.op.value] = counts.get(step.op.value, 0) + 1
        return ", ".join([*(f"{count} to {op}" for op, count in counts.items()), f"{self.same} unchanged"])


def _inputs(state: Any) -> Mapping[str, Any]:
    return dict(state.inputs or {}) if state else {}
