"""The four ways in which a policy fails open: the vendor's SDK lets each happen, the layer lets none.

Each test asks the same question twice, of a policy written the vendor's way and of a rule: so it fails without the layer.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pulumi_policy as vendor
import pytest
from pulumi.runtime.proto import analyzer_pb2 as protocol
from pulumi_policy.policy import _PolicyAnalyzerServicer

from policies.rules.layer import ResourceRule, Rule, StackRule
from policies.rules.properties import Problem
from policies.rules.requirement import Requirement, Severity
from policies.rules.resource import Resource
from policies.rules.stack import Stack
from tests.policies.driver import announced, ask, registered
from tests.policies.given import UNKNOWN, Given, given

KIND = "aws:ec2/launchTemplate:LaunchTemplate"
TEXT: dict[str, Any] = {
    "description": "Tokens are required.",
    "applies_to": (KIND,),
    "requirement": Requirement(severity=Severity.HIGH, remedy="Require tokens."),
}
UNSURE = given(KIND, "a-unsure", {"metadataOptions": {"httpTokens": UNKNOWN}})
SILENT = given(KIND, "b-silent", {"metadataOptions": {}})
WRONG = given(KIND, "c-wrong", {"metadataOptions": {"httpTokens": "optional"}})


def check(template: Resource) -> Iterator[Problem]:
    """Demand tokens."""
    if template.value("metadataOptions.httpTokens") != "required":
        yield template.problem("metadataOptions.httpTokens", "must be required")


def check_in_stack(template: Resource, _stack: Stack) -> Iterator[Problem]:
    """Demand the same when all resources are known."""
    return check(template)


def broken(_template: Resource) -> Iterator[Problem]:
    """Crash with a message that must not be printed."""
    raise ValueError("hunter2")


RULE = ResourceRule(name="tokens_required", check=check, **TEXT)
IN_STACK = StackRule(name="tokens_required_in_stack", check=check_in_stack, **TEXT)
BROKEN = ResourceRule(name="broken", check=broken, **TEXT)


def vendors(validate: Callable[[Any, Any], None], *, stack: bool = False) -> Any:
    """Make a pack of one mandatory policy with the vendor's SDK."""
    kind = vendor.StackValidationPolicy if stack else vendor.ResourceValidationPolicy
    policy = kind("tokens-required", "Tokens are required.", validate, vendor.EnforcementLevel.MANDATORY)
    return _PolicyAnalyzerServicer("vendor", "1.0.0", [policy], vendor.EnforcementLevel.MANDATORY)


def levels(response: protocol.AnalyzeResponse) -> list[str]:
    """List how seriously each diagnostic is meant."""
    return [protocol.EnforcementLevel.Name(each.enforcementLevel) for each in response.diagnostics]


def stack_of(*resources: Given) -> protocol.AnalyzeStackRequest:
    """Tell of a whole stack."""
    return protocol.AnalyzeStackRequest(resources=map(registered, resources))


def test_an_unknown_value_is_undecided_and_not_a_mere_advisory() -> None:
    """The SDK makes an advisory of a mandatory policy, which stops nothing; the layer lists the check, for `switchyard` to refuse."""

    def validate(args: Any, report: Any) -> None:
        if args.props["metadataOptions"]["httpTokens"] != "required":
            report("must be required")

    assert levels(vendors(validate).Analyze(announced(UNSURE), None)) == ["ADVISORY"]

    found = ask([RULE], [UNSURE])
    assert not found.violations
    assert [(each.rule, each.resource, each.path) for each in found.waiting] == [
        ("tokens_required", "ec2.LaunchTemplate/a-unsure", "metadataOptions.httpTokens")
    ]


def test_a_missing_property_is_a_violation() -> None:
    """The usual way to read a property passes when it is not there; a rule has to name a default to get away with that."""

    def validate(args: Any, report: Any) -> None:
        if args.props["metadataOptions"].get("httpTokens") == "optional":
            report("must be required")

    assert levels(vendors(validate).Analyze(announced(SILENT), None)) == []

    found = ask([RULE], [SILENT])
    assert found.fired == {("tokens_required", SILENT.key)}
    assert "b-silent: metadataOptions.httpTokens is not set." in found.texts[0]


def test_a_crash_is_a_violation_that_names_rule_resource_and_place() -> None:
    """The SDK lets the exception escape, and with it what other policies found; the layer goes on with the next rule."""

    def validate(_args: Any, _report: Any) -> None:
        raise ValueError("hunter2")

    with pytest.raises(ValueError, match="hunter2"):
        vendors(validate).Analyze(announced(WRONG), None)

    found = ask([BROKEN, RULE], [WRONG])
    assert found.fired == {("broken", WRONG.key), ("tokens_required", WRONG.key)}
    text = " ".join(found.texts[0].split())
    line = broken.__code__.co_firstlineno + 2
    assert f"c-wrong: could not be judged: the rule broken broke with ValueError at tests/policies/test_fail_closed.py:{line}." in text
    assert "hunter2" not in text


def test_a_stack_rule_goes_on_after_its_first_unknown() -> None:
    """The SDK's stack policy ends at the first unknown and never looks at the resource after it."""

    def validate(args: Any, report: Any) -> None:
        for resource in args.resources:
            if resource.props["metadataOptions"]["httpTokens"] != "required":
                report("must be required", resource.urn)

    assert levels(vendors(validate, stack=True).AnalyzeStack(stack_of(UNSURE, WRONG), None)) == ["ADVISORY"]

    found = ask([IN_STACK], [UNSURE, WRONG])
    assert found.fired == {("tokens_required_in_stack", WRONG.key)}
    assert [each.resource for each in found.waiting] == ["ec2.LaunchTemplate/a-unsure"]


@pytest.mark.parametrize("rules", [[RULE, IN_STACK], [IN_STACK, RULE]])
def test_one_rule_s_trouble_is_not_another_s(rules: list[Rule]) -> None:
    """Whatever happens to one rule on one resource, all the others are judged on all resources."""
    found = ask([BROKEN, *rules], [UNSURE, SILENT, WRONG])
    assert len(found.violations) == 3 + 2 + 2
    assert len(found.waiting) == 2
