"""A policy pack as the engine talks to it.

The vendor's SDK does not do for this: it makes a mere advisory of a rule's first unknown value, stops a stack rule there, forgets
which values are secret, and decodes every resource again for every rule (tests/policies/test_fail_closed.py shows it). The protocol
is pulumi's proto/pulumi/analyzer.proto.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from typing import Any

from google.protobuf.empty_pb2 import Empty
from google.protobuf.struct_pb2 import Struct
from grpc import ServicerContext

from policies.rules import undecided
from policies.rules.layer import ResourceRule, Rule, Severity, StackRule, Undecided, judge
from policies.rules.protocol import analyzer as protocol
from policies.rules.report import redacted, violation
from policies.rules.resource import Options, Resource
from policies.rules.stack import Stack
from policies.rules.wire import plain

Decode = Callable[[], Mapping[str, Any]]
Sources = Mapping[str, Sequence[str]]
SEVERITIES = {
    Severity.LOW: protocol.POLICY_SEVERITY_LOW,
    Severity.MEDIUM: protocol.POLICY_SEVERITY_MEDIUM,
    Severity.HIGH: protocol.POLICY_SEVERITY_HIGH,
    Severity.CRITICAL: protocol.POLICY_SEVERITY_CRITICAL,
}


class Analyzer:
    """Answers the engine for one pack, in a process of its own for each preview, update or analysis of a state.

    Resource rules run when the engine announces a resource. Its inputs are kept, so that stack rules, which run when all resources are
    known, read the same ones instead of outputs; what resource rules leave undecided is kept too and told once, with the stack's.
    """

    def __init__(self, pack: str, rules: Sequence[Rule]) -> None:
        self._pack = pack
        self._rules = rules
        self._levels: dict[str, protocol.EnforcementLevel.ValueType] = {}
        self._inputs: dict[str, Decode] = {}
        self._undecided: list[Undecided] = []
        self._secrets: set[str] = set()

    def info(self, _request: Empty, _context: ServicerContext) -> protocol.AnalyzerInfo:
        """Name the pack's policies; the engine takes version and description from PulumiPolicy.yaml."""
        return protocol.AnalyzerInfo(name=self._pack, supportsConfig=True, policies=[*map(_rule_info, self._rules), _undecided_info()])

    def configure(self, request: protocol.ConfigureAnalyzerRequest, _context: ServicerContext) -> Empty:
        """Take the enforcement levels of a `--policy-pack-config` file."""
        self._levels = {name: config.enforcementLevel for name, config in request.policyConfig.items()}
        return Empty()

    def analyze(self, request: protocol.AnalyzeRequest, _context: ServicerContext) -> protocol.AnalyzeResponse:
        """Run the resource rules on one resource's inputs."""
        inputs = self._inputs[request.urn] = self._decoder(request.properties)
        resource = _resource(request, inputs)
        rules = [rule for rule in self._active(ResourceRule) if resource.type in rule.applies_to]
        return protocol.AnalyzeResponse(diagnostics=[found for rule in rules for found in self._violations(rule, resource)])

    def analyze_stack(self, request: protocol.AnalyzeStackRequest, _context: ServicerContext) -> protocol.AnalyzeResponse:
        """Run the stack rules on each resource among the others, and tell what all rules left undecided."""
        stack = Stack(self._resource_in_stack(each) for each in request.resources)
        subjects = [(rule, each) for rule in self._active(StackRule) for kind in rule.applies_to for each in stack.of_type(kind)]
        diagnostics = [found for rule, each in subjects for found in self._violations(rule, each, stack)]
        diagnostics.extend(self._undecided_checks(stack))
        self._inputs.clear()
        self._undecided.clear()
        return protocol.AnalyzeResponse(diagnostics=diagnostics)

    def _violations(self, rule: Rule, resource: Resource, *stack: Stack) -> Sequence[protocol.AnalyzeDiagnostic]:
        verdict = judge(rule, resource, *stack)
        self._undecided.extend(verdict.undecided)
        return [
            protocol.AnalyzeDiagnostic(
                policyName=rule.name,
                policyPackName=self._pack,
                description=rule.description,
                message=violation(rule, problem, self._secrets),
                enforcementLevel=self._levels.get(rule.name, protocol.MANDATORY),
                urn=problem.resource.urn,
                severity=SEVERITIES[rule.severity],
            )
            for problem in verdict.problems
        ]

    def _undecided_checks(self, stack: Stack) -> Sequence[protocol.AnalyzeDiagnostic]:
        level = self._levels.get(undecided.POLICY, protocol.ADVISORY)
        if not self._undecided or level == protocol.DISABLED:
            return []
        text = undecided.message(undecided.waiting(self._undecided, stack))
        return [
            protocol.AnalyzeDiagnostic(
                policyName=undecided.POLICY,
                policyPackName=self._pack,
                description=undecided.DESCRIPTION,
                message=redacted(text, self._secrets),
                enforcementLevel=level,
            )
        ]

    def _active(self, kind: type[Rule]) -> Sequence[Rule]:
        return [rule for rule in self._rules if isinstance(rule, kind) and self._levels.get(rule.name) != protocol.DISABLED]

    def _decoder(self, properties: Struct) -> Decode:
        return cache(partial(plain, properties, self._secrets))

    def _resource_in_stack(self, told: protocol.AnalyzerResource) -> Resource:
        outputs = self._decoder(told.properties)
        sources = {name: tuple(dependencies.urns) for name, dependencies in told.propertyDependencies.items()}
        return _resource(told, self._inputs.get(told.urn, outputs), outputs=outputs, sources=sources)


def _resource(
    told: protocol.AnalyzeRequest | protocol.AnalyzerResource, inputs: Decode, outputs: Decode = dict, sources: Sources | None = None
) -> Resource:
    options = Options(protect=told.options.protect, ignore_changes=tuple(told.options.ignoreChanges))
    return Resource(
        type=told.type,
        urn=told.urn,
        name=told.name,
        decode_inputs=inputs,
        decode_outputs=outputs,
        options=options,
        sources=sources or {},
    )


def _rule_info(rule: Rule) -> protocol.PolicyInfo:
    return protocol.PolicyInfo(
        name=rule.name,
        description=rule.description,
        enforcementLevel=protocol.MANDATORY,
        severity=SEVERITIES[rule.severity],
        policy_type=protocol.POLICY_TYPE_STACK if isinstance(rule, StackRule) else protocol.POLICY_TYPE_RESOURCE,
        tags=rule.controls,
        remediation_steps=rule.remedy,
    )


def _undecided_info() -> protocol.PolicyInfo:
    return protocol.PolicyInfo(
        name=undecided.POLICY,
        description=undecided.DESCRIPTION,
        enforcementLevel=protocol.ADVISORY,
        policy_type=protocol.POLICY_TYPE_STACK,
    )
