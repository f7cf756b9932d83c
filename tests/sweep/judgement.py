"""All rules of all packs on one stack of which one resource is changed at a time: what was decoded once is not decoded again."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, partial

from policies.rules.catalogue import rules
from policies.rules.exemptions import exempt
from policies.rules.layer import ResourceRule, Rule, StackRule, judge
from policies.rules.resource import Options, Resource
from policies.rules.stack import Stack
from policies.rules.wire import plain
from tests.policies.driver import struct
from tests.policies.given import Given


def resource(given: Given) -> Resource:
    """A resource as rules see it in a preview of a stack that exists."""
    return Resource(
        type=given.type,
        urn=given.urn,
        name=given.name,
        decode_inputs=cache(partial(plain, struct(given.inputs), set())),
        decode_outputs=cache(partial(plain, struct({**given.inputs, **given.outputs}), set())),
        options=Options(protect=bool(given.options.get("protect"))),
        sources=given.sources,
    )


class Judgement:
    """A stack, and which rules notice a change of one of its resources."""

    def __init__(self, given: Iterable[Given]) -> None:
        self._known: Mapping[str, Resource] = {each.urn: resource(each) for each in given}

    def noticed_by(self, changed: Given) -> Sequence[str]:
        """The rules that find something wrong, or cannot decide, with this resource in the place of the one of its URN."""
        after = resource(changed)
        stack = Stack({**self._known, changed.urn: after}.values())
        return sorted({rule.name for rule in rules().values() if self._fires(rule, after, stack)})

    def _fires(self, rule: Rule, changed: Resource, stack: Stack) -> bool:
        if isinstance(rule, ResourceRule):
            return rule.concerns(changed.type) and _objects(rule, changed)
        return any(
            _objects(rule, each, stack)
            for kind in stack.types
            if isinstance(rule, StackRule) and rule.concerns(kind) and (rule.applies_to != ("*",) or kind == changed.type)
            for each in stack.of_type(kind)
        )


def _objects(rule: Rule, about: Resource, *stack: Stack) -> bool:
    verdict = judge(rule, about, *stack)
    return bool(verdict.undecided) or any(not exempt(rule.name, problem.resource) for problem in verdict.problems)
