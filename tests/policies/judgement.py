"""All rules of all packs on one stack and on what changes make of it: what was decoded and judged once is neither again.

A pack is asked by messages about every resource (tests/policies/driver.py), as the engine does. Here each check notes which resources it
has read, and is made again only where one of them has changed: of thousands of changes to the same hundreds of resources this is the same
answer in a fraction of the time. A test holds it to that of the packs.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from policies.rules.exemptions import exempt
from policies.rules.layer import ResourceRule, Rule, Verdict, judge
from policies.rules.resource import Options, Resource
from policies.rules.stack import Stack
from policies.rules.undecided import Waiting, waiting
from policies.rules.wire import plain
from tests.policies.driver import struct
from tests.policies.given import Given, Key
from tests.policies.spec import RULES

Told = tuple[Rule, Verdict]


ABOUT_ONE = [rule for rule in RULES.values() if isinstance(rule, ResourceRule)]
AMONG_OTHERS = [rule for rule in RULES.values() if not isinstance(rule, ResourceRule)]


class Notes:
    """What the check that is being made has read: URNs of resources, and types of which all count."""

    def __init__(self) -> None:
        self.read: set[str] = set()


NOTES = Notes()
PARTS = frozenset({"inputs", "outputs", "options", "sources", "decode_inputs", "decode_outputs"})
"""All of a resource that a change of it can change."""


class NotedResource(Resource):
    """A resource that notes when it is read."""

    def __getattribute__(self, name: str) -> Any:
        """Look up a part as any attribute."""
        if name in PARTS:
            NOTES.read.add(object.__getattribute__(self, "urn"))
        return object.__getattribute__(self, name)


class NotedStack(Stack):
    """A stack that notes what it is asked for beyond what stands in one resource."""

    def dependents(self, resource: Resource, kind: str, property_name: str) -> Sequence[Resource]:
        """Answer as any stack; whose value comes from a resource stands in all those others."""
        NOTES.read.add(kind)
        return super().dependents(resource, kind, property_name)


@dataclass(frozen=True)
class Check:
    """A rule's answer about a resource among the others."""

    rule: Rule
    urn: str
    verdict: Verdict
    read: frozenset[str]
    """What the answer rests on."""


@dataclass(frozen=True)
class Found:
    """What all rules together say of a stack."""

    fired: set[tuple[str, Key]]
    """Which rules found something wrong with which resources."""
    waiting: Sequence[Waiting]
    """What could not be decided."""

    @property
    def rules(self) -> set[str]:
        """Every rule that has something to say."""
        return {rule for rule, _ in self.fired} | {each.rule for each in self.waiting}


class Judgement:
    """A stack, and what all rules say of it once some of its resources are others."""

    def __init__(self, stack: Iterable[Given]) -> None:
        self.given: Mapping[str, Given] = {each.urn: each for each in stack}
        self._resources: Mapping[str, Resource] = {urn: _resource(each) for urn, each in self.given.items()}
        whole = NotedStack(self._resources.values())
        self._told: Mapping[str, Sequence[Told]] = {urn: list(_of_one(each)) for urn, each in self._resources.items()}
        self._checks = list(_among_others(whole))
        self._rest_on: defaultdict[str, set[int]] = defaultdict(set)
        for place, check in enumerate(self._checks):
            for read in check.read:
                self._rest_on[read].add(place)

    def with_one(self, changed: Given) -> Found:
        """Judge the stack with this resource in the place of the one of its URN."""
        return self.of({**self.given, changed.urn: changed}.values())

    def of(self, stack: Iterable[Given]) -> Found:
        """Judge what the stack has become; of those of its resources that are the very same most is known already."""
        given = list(stack)
        others = {each.urn: _resource(each) for each in given if self.given.get(each.urn) is not each}
        now = {each.urn: others.get(each.urn) or self._resources[each.urn] for each in given}
        whole = NotedStack(now.values())
        told = [(check.rule, check.verdict) for check in self._checks_of(now, whole, others.values())]
        told += [told for each in others.values() for told in _of_one(each)]
        told += [told for each in given if each.urn not in others for told in self._told[each.urn]]
        return _found(told, whole)

    def _checks_of(self, now: Mapping[str, Resource], stack: NotedStack, others: Iterable[Resource]) -> Sequence[Check]:
        """Make those checks again that rest on what is another now; all, where a resource came or went."""
        if now.keys() != self.given.keys():
            return list(_among_others(stack))
        stale = {place for each in others for read in (each.urn, each.type) for place in self._rest_on.get(read, ())}
        kept = [check for place, check in enumerate(self._checks) if place not in stale]
        return kept + [_check(check.rule, now[check.urn], stack) for check in (self._checks[place] for place in stale)]


def _found(told: Sequence[Told], stack: Stack) -> Found:
    problems = [(rule.name, problem.resource) for rule, verdict in told for problem in verdict.problems]
    undecided = [each for _, verdict in told for each in verdict.undecided]
    return Found(
        {(rule, (each.type, each.name)) for rule, each in problems if not exempt(rule, each)},
        waiting(undecided, stack) if undecided else [],
    )


def _of_one(resource: Resource) -> Iterator[Told]:
    for rule in ABOUT_ONE:
        if rule.concerns(resource.type):
            yield rule, judge(rule, resource)


def _among_others(stack: NotedStack) -> Iterator[Check]:
    for rule in AMONG_OTHERS:
        for kind in filter(rule.concerns, stack.types):
            for each in stack.of_type(kind):
                yield _check(rule, each, stack)


def _check(rule: Rule, resource: Resource, stack: NotedStack) -> Check:
    NOTES.read = set()
    return Check(rule, resource.urn, judge(rule, resource, stack), frozenset(NOTES.read))


def _resource(given: Given) -> Resource:
    """A resource as rules see it."""
    return NotedResource(
        type=given.type,
        urn=given.urn,
        name=given.name,
        decode_inputs=cache(partial(plain, struct(given.inputs), set())),
        decode_outputs=cache(partial(plain, struct({**given.inputs, **given.outputs}), set())),
        options=Options(
            protect=bool(given.options.get("protect")),
            ignore_changes=tuple(given.options.get("ignoreChanges", ())),
            delete_before_replace=bool(given.options.get("deleteBeforeReplace")),
        ),
        sources=given.sources,
    )
