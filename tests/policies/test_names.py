"""Types and properties are what the installed pulumi-aws calls them, so that no rename turns a rule off in silence."""

from collections.abc import Sequence

import pytest

from policies.rules import aws_types
from policies.rules.properties import Properties
from policies.rules.resource import OUTPUTS, Resource
from policies.rules.stack import Stack
from tests.policies.driver import ask
from tests.policies.given import changed
from tests.policies.schema import has_input, has_output, resource_class
from tests.policies.spec import RULES, SPECS

TYPES = {name: token for name, token in vars(aws_types).items() if name.isupper()}


@pytest.mark.parametrize("name", TYPES)
def test_a_type_is_its_class_s_own(name: str) -> None:
    """The token that the class registers is the one that stands in aws_types."""
    assert resource_class(TYPES[name]).pulumi_type == TYPES[name]


def test_the_check_of_names_finds_a_misspelt_one() -> None:
    """At any depth, in inputs and outputs; keys of maps are free."""
    assert has_input(aws_types.LAUNCH_TEMPLATE, "metadataOptions.httpTokens")
    assert has_input(aws_types.LISTENER_RULE, "actions[0].forward.targetGroups[1].weight")
    assert has_input(aws_types.TARGET_GROUP, "tags.service")
    assert not has_input(aws_types.LAUNCH_TEMPLATE, "metadataOptions.httpToken")
    assert not has_input(aws_types.LISTENER_RULE, "actions[0].forward.targetGroup[1].weight")
    assert not has_input(aws_types.LISTENER_RULE, "action")
    assert has_output(aws_types.TARGET_GROUP, "arnSuffix")
    assert not has_output(aws_types.TARGET_GROUP, "arnSuffixes")


@pytest.mark.parametrize("name", RULES)
def test_every_property_that_a_rule_reads_exists(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each read and each question of where a value comes from is recorded while the rule goes through its whole spec."""
    reads = _record(monkeypatch)
    spec = SPECS[name]
    for change in spec.also_compliant.values():
        ask([RULES[name]], changed(spec.compliant, change))
    for case in spec.cases:
        ask([RULES[name]], case.apply(spec.compliant))
    assert [(token, path) for token, path in reads if not _exists(token, path)] == []


def _exists(token: str, path: str) -> bool:
    head, _, output = path.partition(".")
    return has_output(token, output) if head == OUTPUTS else has_input(token, path)


def _record(monkeypatch: pytest.MonkeyPatch) -> set[tuple[str, str]]:
    reads: set[tuple[str, str]] = set()
    find, sources, dependents = Properties._find, Stack.sources, Stack.dependents

    def recording_find(self: Properties, path: str) -> object:
        reads.add((self._resource.type, self._full(path)))
        return find(self, path)

    def recording_sources(self: Stack, resource: Resource, name: str, kind: str) -> Sequence[Resource]:
        reads.add((resource.type, name))
        return sources(self, resource, name, kind)

    def recording_dependents(self: Stack, resource: Resource, kind: str, name: str) -> Sequence[Resource]:
        reads.add((kind, name))
        return dependents(self, resource, kind, name)

    monkeypatch.setattr(Properties, "_find", recording_find)
    monkeypatch.setattr(Stack, "sources", recording_sources)
    monkeypatch.setattr(Stack, "dependents", recording_dependents)
    return reads
