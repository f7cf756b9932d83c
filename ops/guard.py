"""What a plan would do to traffic and to the instances that take it: `up` refuses both unless it is told otherwise."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from pulumi.automation.events import OpType

from ops.console import count
from ops.errors import EngineError, RefusedError, next_step_for
from ops.parts import GROUP, RULE, TEMPLATE, TRAFFIC, is_site_traffic
from ops.plan import Plan, Step
from ops.site import SITE
from ops.site.shown import by_text
from policies.rules.undecided import message
from settings import Settings
from settings_types import Color

UNKNOWN = "what is not known yet"
PARAMETER = "aws:ssm/parameter:Parameter"


def stop_unsound(plan: Plan, *, undecided: bool = False) -> None:
    """EngineError on a plan with errors, RefusedError on one with violations or with what packs could not decide.

    A check that waits for what the plan creates may wait: the packs decide it in the update, before what it is about is made. With
    `undecided` every other may too.
    """
    if plan.errors:
        told = "\n".join(plan.errors)
        raise EngineError(told, next_step_for(told, "Nothing was changed. Correct it and run the command again."))
    if plan.violations:
        told = "\n".join(map(str, plan.violations))
        hint = "Correct them in stack config or in the component."
        raise RefusedError(f"{count(len(plan.violations), 'policy violation')}; nothing was changed.\n{told}", hint)
    if plan.unexplained and not undecided:
        hint = "Give the value in config; or `switchyard up --undecided` lets the packs decide while it runs, when the values are known."
        raise RefusedError(f"A policy pack could not decide; nothing was changed.\n{message(plan.unexplained)}", hint)


def moved_traffic(plan: Plan, settings: Settings) -> list[str]:
    """The services whose traffic the plan moves, and the site, in words: `api: blue 100 / green 0 -> blue 0 / green 100`."""
    told, names = list(_moved_users(plan)), {settings.resource_name(name): name for name in settings.services}
    for step in plan.steps:
        if not _is_traffic(step) or step.op is OpType.CREATE:
            continue
        service = step.name.removesuffix(TRAFFIC)
        before, after = _targets(step.old), _targets(step.new)
        if before != after:
            fresh = ", to new target groups" if in_words(before) == in_words(after) else ""
            told.append(f"{names.get(service, service)}: {in_words(before)} -> {in_words(after)}{fresh}")
    return told


def _moved_users(plan: Plan) -> Iterator[str]:
    """The site, where the plan shows its users other releases: `site: r1 100 -> r1 90 / r2 10`; a release that waits moves nobody."""
    for step in plan.steps:
        if is_site_traffic(step) and step.op is not OpType.CREATE:
            before, after = (_releases(inputs) for inputs in (step.old, step.new))
            if before != after or before == UNKNOWN:
                yield f"{SITE}: {before} -> {after}"


def _releases(inputs: Mapping[str, Any]) -> str:
    """Which release how many users see, in percent."""
    shown = by_text(str(inputs.get("value", "")))
    return " / ".join(f"{release} {share}" for release, share in shown.shares.items()) if shown else UNKNOWN if inputs else "none"


def _is_traffic(step: Step) -> bool:
    return step.type == RULE and step.name.endswith(TRAFFIC)


def _targets(inputs: Mapping[str, Any]) -> tuple[tuple[Any, int], ...]:
    """Target group and weight, in the order in which a traffic rule lists them: blue first."""
    forward = (inputs.get("actions") or [{}])[0].get("forward") or {}
    return tuple((group.get("arn"), int(group.get("weight", 0))) for group in forward.get("targetGroups", []))


def in_words(targets: Sequence[tuple[Any, int]]) -> str:
    """`blue 90 / green 10`; `none` for a rule that is gone."""
    return " / ".join(f"{color} {weight}" for color, (_, weight) in zip(Color, targets, strict=False)) or "none"


def touched_live(plan: Plan, settings: Settings) -> list[Step]:
    """The steps that change what enters the instances of a color that takes traffic, where its group exists already."""
    started = {step.name.removesuffix("-group") for step in plan.steps if step.type == GROUP and step.op is OpType.CREATE}
    busy = {*_busy(settings), *_busy_before(plan)} - started
    return [step for step in plan.steps if _enters(step, busy)]


def _busy(settings: Settings) -> Iterator[str]:
    """The colors that take traffic by config, as their resources' names begin: `<service>-<color>`."""
    for name, service in settings.services.items():
        yield from (f"{settings.resource_name(name)}-{color}" for color in Color if service.weight(color))


def _busy_before(plan: Plan) -> Iterator[str]:
    """The colors that take traffic now and, by this plan, not or not all of it afterwards."""
    for step in filter(_is_traffic, plan.steps):
        for color, (_, weight) in zip(Color, _targets(step.old), strict=False):
            if weight:
                yield f"{step.name.removesuffix(TRAFFIC)}-{color}"


def _enters(step: Step, busy: AbstractSet[str]) -> bool:
    """Whether the step changes or replaces what the instances of one of these colors are made of or read."""
    if step.type == TEMPLATE:
        return step.name.removesuffix("-boot") in busy
    if step.type == GROUP:
        kept = step.op is OpType.UPDATE and step.old.get("mixedInstancesPolicy") == step.new.get("mixedInstancesPolicy")
        return step.name.removesuffix("-group") in busy and not kept
    if step.type != PARAMETER:
        return False
    services = {color.rpartition("-")[0] for color in busy}
    return step.name.startswith((*(f"{color}-" for color in busy), *(f"{service}-endpoint-" for service in services)))
