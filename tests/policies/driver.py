"""Asks a pack the way the engine does: each resource when it is announced, then all of them; by messages of the real protocol."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from google.protobuf import json_format
from google.protobuf.struct_pb2 import Struct
from pulumi.runtime.proto import analyzer_pb2 as protocol

from policies.rules import undecided
from policies.rules.analyzer import Analyzer
from policies.rules.layer import Rule
from policies.rules.undecided import Waiting
from policies.rules.waivers import KEY
from tests.policies.given import Given, Key


@dataclass(frozen=True)
class Violation:
    """One diagnostic of a rule."""

    rule: str
    key: Key
    message: str
    level: str
    severity: str


@dataclass(frozen=True)
class Answer:
    """All that a pack said of a stack."""

    violations: Sequence[Violation]
    waiting: Sequence[Waiting]
    """What it could not decide, read back from its message."""
    texts: Sequence[str]
    """Every message, as it is printed."""

    @property
    def fired(self) -> set[tuple[str, Key]]:
        """Which rules found something wrong with which resources."""
        return {(violation.rule, violation.key) for violation in self.violations}

    @property
    def clean(self) -> bool:
        """Nothing wrong, and nothing open."""
        return not self.violations and not self.waiting


NOWHERE = ("", "")
"""What a violation that is about no resource is on."""
TODAY = date(2026, 11, 27)
_MESSAGES: dict[int, tuple[Given, protocol.AnalyzeRequest, protocol.AnalyzerResource]] = {}


def ask(
    rules: Sequence[Rule], resources: Iterable[Given], levels: dict[str, Any] | None = None, waivers: str = "", pack: str = "test"
) -> Answer:
    """Run a pack of these rules over a stack of these resources, with `switchyard:waivers` as config has it."""
    analyzer: Any = Analyzer(pack, rules, TODAY)
    analyzer.configure_stack(protocol.AnalyzerStackConfigureRequest(config={KEY: waivers} if waivers else {}), None)
    if levels:
        policies = {name: protocol.PolicyConfig(enforcementLevel=level) for name, level in levels.items()}
        analyzer.configure(protocol.ConfigureAnalyzerRequest(policyConfig=policies), None)
    stack = list(resources)
    messages = [_told(each) for each in stack]
    diagnostics = [found for first, _ in messages for found in analyzer.analyze(_travelled(first), None).diagnostics]
    request = protocol.AnalyzeStackRequest(resources=[last for _, last in messages])
    diagnostics += analyzer.analyze_stack(_travelled(request), None).diagnostics
    return _answer(diagnostics, {each.urn: each.key for each in stack})


def _told(resource: Given) -> tuple[protocol.AnalyzeRequest, protocol.AnalyzerResource]:
    """Both messages about a resource, built once: a mutation leaves nearly all of a stack's resources as they are."""
    known = _MESSAGES.get(id(resource))
    if known is None or known[0] is not resource:
        known = _MESSAGES[id(resource)] = (resource, announced(resource), registered(resource))
    return known[1], known[2]


def announced(resource: Given) -> protocol.AnalyzeRequest:
    """Build the request by which the engine announces a resource."""
    return protocol.AnalyzeRequest(
        type=resource.type,
        urn=resource.urn,
        name=resource.name,
        properties=struct(resource.inputs),
        options=protocol.AnalyzerResourceOptions(**resource.options),
    )


def registered(resource: Given) -> protocol.AnalyzerResource:
    """Build a resource's part in the request that tells of the whole stack: outputs instead of inputs, and where values come from."""
    return protocol.AnalyzerResource(
        type=resource.type,
        urn=resource.urn,
        name=resource.name,
        properties=struct({**resource.inputs, **resource.outputs}),
        options=protocol.AnalyzerResourceOptions(**resource.options),
        propertyDependencies={name: protocol.AnalyzerPropertyDependencies(urns=urns) for name, urns in resource.sources.items() if urns},
    )


def struct(values: Any) -> Struct:
    """Turn plain values into the form in which properties travel."""
    return json_format.ParseDict(dict(values), Struct())


def _travelled(message: Any) -> Any:
    return type(message).FromString(message.SerializeToString())


def _answer(diagnostics: Sequence[protocol.AnalyzeDiagnostic], keys: dict[str, Key]) -> Answer:
    violations: list[Violation] = []
    waiting: list[Waiting] = []
    for each in diagnostics:
        if each.policyName == undecided.POLICY:
            waiting += undecided.parse(each.message)
        else:
            level, severity = protocol.EnforcementLevel.Name(each.enforcementLevel), protocol.PolicySeverity.Name(each.severity)
            violations.append(Violation(each.policyName, keys.get(each.urn, NOWHERE), each.message, level, severity))
    return Answer(violations, waiting, [each.message for each in diagnostics])
