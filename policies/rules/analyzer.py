"""A policy pack as the engine talks to it.

The vendor's SDK does not do for this: it makes a mere advisory of a rule's first unknown value, stops a stack rule there, forgets
which values are secret, and decodes every resource again for every rule (tests/policies/test_fail_closed.py shows it). The protocol
is pulumi's proto/pulumi/analyzer.proto.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache, partial
from typing import Any

from google.protobuf.empty_pb2 import Empty
from google.protobuf.struct_pb2 import Struct
from grpc import ServicerContext

from policies.rules import undecided, waivers
from policies.rules.catalogue import FAMILIES, names
from policies.rules.exemptions import exempt
from policies.rules.layer import ResourceRule, Rule, StackRule, Undecided, judge
from policies.rules.properties import Problem
from policies.rules.protocol import analyzer as protocol
from policies.rules.report import redacted, violation
from policies.rules.requirement import Severity
from policies.rules.resource import Options, Resource
from policies.rules.stack import Stack
from policies.rules.waivers import Waivers
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

    def __init__(self, pack: str, rules: Sequence[Rule], today: date) -> None:
        self._pack = pack
        self._today = today
        self._waivers = Waivers("", today)
        self._rules = rules
        self._levels: dict[str, protocol.EnforcementLevel.ValueType] = {}
        self._inputs: dict[str, Decode] = {}
        self._undecided: list[Undecided] = []
        self._secrets: set[str] = set()

    def info(self, _request: Empty, _context: ServicerContext) -> protocol.AnalyzerInfo:
        """Name the pack's policies; the engine takes version and description from PulumiPolicy.yaml."""
        return protocol.AnalyzerInfo(name=self._pack, supportsConfig=True, policies=[*map(_rule_info, self._rules), *_own_policies()])

    def configure_stack(
        self, request: protocol.AnalyzerStackConfigureRequest, _context: ServicerContext
    ) -> protocol.AnalyzerStackConfigureResponse:
        """Take the stack's waivers."""
        self._waivers = Waivers(request.config.get(waivers.KEY, ""), self._today)
        return protocol.AnalyzerStackConfigureResponse()

    def configure(self, request: protocol.ConfigureAnalyzerRequest, _context: ServicerContext) -> Empty:
        """Take the enforcement levels of a `--policy-pack-config` file."""
        self._levels = {name: config.enforcementLevel for name, config in request.policyConfig.items()}
        return Empty()

    def analyze(self, request: protocol.AnalyzeRequest, _context: ServicerContext) -> protocol.AnalyzeResponse:
        """Run the resource rules on one resource's inputs, and name those about other types: the engine counts the rest as passed."""
        inputs = self._inputs[request.urn] = self._decoder(request.properties)
        resource, active = _resource(request, inputs), self._active(ResourceRule)
        concerned = [rule for rule in active if rule.concerns(resource.type)]
        return protocol.AnalyzeResponse(
            diagnostics=[found for rule in concerned for found in self._violations(rule, resource)],
            not_applicable=[protocol.PolicyNotApplicable(policy_name=rule.name) for rule in active if not rule.concerns(resource.type)],
        )

    def analyze_stack(self, request: protocol.AnalyzeStackRequest, _context: ServicerContext) -> protocol.AnalyzeResponse:
        """Run the stack rules on each resource among the others, and tell what all rules left undecided.

        What the engine tells of here and has not announced before, the program has dropped (a refresh has looked at it once more, and it is
        deleted next) or only reads: values may come from it, and it is none of the stack's.
        """
        told = [self._resource_in_stack(each) for each in request.resources]
        own = [each for each in told if each.urn in self._inputs]
        stack = Stack(own, others=(each for each in told if each.urn not in self._inputs))
        subjects = [
            (rule, each) for rule in self._active(StackRule) for kind in stack.types if rule.concerns(kind) for each in stack.of_type(kind)
        ]
        diagnostics = [found for rule, each in subjects for found in self._violations(rule, each, stack)]
        diagnostics += [*self._undecided_checks(stack), *self._bad_waivers()]
        self._inputs.clear()
        self._undecided.clear()
        return protocol.AnalyzeResponse(diagnostics=diagnostics)

    def _violations(self, rule: Rule, resource: Resource, *stack: Stack) -> Sequence[protocol.AnalyzeDiagnostic]:
        verdict = judge(rule, resource, *stack)
        self._undecided.extend(verdict.undecided)
        return [self._told(rule, problem) for problem in verdict.problems if not exempt(rule.name, problem.resource)]

    def _told(self, rule: Rule, problem: Problem) -> protocol.AnalyzeDiagnostic:
        waiver = self._waivers.cover(rule.name, problem.resource)
        level = protocol.ADVISORY if waiver else self._levels.get(rule.name, protocol.MANDATORY)
        return protocol.AnalyzeDiagnostic(
            policyName=rule.name,
            policyPackName=self._pack,
            description=rule.description,
            message=violation(rule, problem, self._secrets, waiver),
            enforcementLevel=level,
            urn=problem.resource.urn,
            severity=SEVERITIES[rule.requirement.severity],
        )

    def _bad_waivers(self) -> Sequence[protocol.AnalyzeDiagnostic]:
        return [
            protocol.AnalyzeDiagnostic(
                policyName=waivers.POLICY,
                policyPackName=self._pack,
                description=waivers.DESCRIPTION,
                message=f"{redacted(complaint, self._secrets)}\n{waivers.REMEDY}",
                enforcementLevel=protocol.MANDATORY,
            )
            for complaint in self._waivers.complaints(self._answers_for)
        ]

    def _answers_for(self, policy: Any) -> bool:
        """Whether a waiver of this policy is this pack's to judge: one of no pack's is the first one's."""
        return policy in {rule.name for rule in self._rules} or (self._pack == FAMILIES[0] and policy not in names())

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
    options = Options(
        protect=told.options.protect,
        ignore_changes=tuple(told.options.ignoreChanges),
        delete_before_replace=told.options.deleteBeforeReplace,
    )
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
        severity=SEVERITIES[rule.requirement.severity],
        policy_type=protocol.POLICY_TYPE_STACK if isinstance(rule, StackRule) else protocol.POLICY_TYPE_RESOURCE,
        tags=rule.requirement.controls,
        remediation_steps=rule.requirement.remedy,
    )


def _own_policies() -> Sequence[protocol.PolicyInfo]:
    """What a pack tells beside its rules' violations."""
    own = ((undecided.POLICY, undecided.DESCRIPTION, protocol.ADVISORY), (waivers.POLICY, waivers.DESCRIPTION, protocol.MANDATORY))
    return [
        protocol.PolicyInfo(name=name, description=description, enforcementLevel=level, policy_type=protocol.POLICY_TYPE_STACK)
        for name, description, level in own
    ]
