"""What commands may change, and what is beside it."""

import pytest
from pulumi.automation.events import OpType

from ops.difference import EGRESS
from ops.measures import IP_SET
from ops.parts import COMES_AND_GOES, GROUP, ROLE_POLICY, RULE, STACK, TEMPLATE, Address, Part, group_floor, pins, strays, traffic_rule
from ops.plan import LEFT, Plan, Step
from settings_types import Color
from tests.configs import parsed
from tests.ops.stand_in import action, rule_step, step_of

ARNS = {"blue": "arn:blue", "green": "arn:green"}
BLUE, GREEN = {"blue": 100, "green": 0}, {"blue": 0, "green": 100}


def by_address(*parts: Part) -> dict[Address, Part]:
    """The parts as a change knows them."""
    return {part.address(parsed({})): part for part in parts}


PARTS = by_address(traffic_rule("api"), group_floor("api", Color.BLUE))


def rule(**others: object) -> Step:
    """A step on api's rule that moves all traffic to green, and does more."""
    old, new = ({"actions": action(shares, ARNS)} for shares in (BLUE, GREEN))
    return step_of(RULE, "api-traffic", ("actions", *others), old, {**new, **others})


STICKY = step_of(
    RULE,
    "api-traffic",
    ("actions",),
    {"actions": action(BLUE, ARNS)},
    {"actions": [{**action(GREEN, ARNS)[0], "forward": {**action(GREEN, ARNS)[0]["forward"], "stickiness": {"enabled": True}}}]},
)

STRAYS = {
    "another resource": step_of(TEMPLATE, "api-green-boot", ("imageId",)),
    "another service's rule": rule_step("web", BLUE, GREEN, ARNS),
    "the rule's paths beside its weights": rule(conditions=[]),
    "the rule's stickiness beside its weights": STICKY,
    "the rule replaced": step_of(RULE, "api-traffic", ("actions",), op=OpType.REPLACE),
    "the group's template": step_of(GROUP, "api-blue-group", ("mixedInstancesPolicy",)),
    "the group's ceiling beside its floor": step_of(GROUP, "api-blue-group", ("minSize", "maxSize")),
    "an update that names nothing": step_of(GROUP, "api-blue-group"),
}


@pytest.mark.parametrize("what", STRAYS)
def test_commands_are_not_about(what: str) -> None:
    """Even on its own resource a command changes weights and floors only."""
    assert list(strays(Plan(steps=[STRAYS[what]]), PARTS)) == [STRAYS[what]]


@pytest.mark.parametrize("keys", [("minSize",), ("minSize[0]",)])
def test_weights_and_floors_are_what_commands_are_about(keys: tuple[str, ...]) -> None:
    """Property paths count as the property."""
    steps = [rule(), step_of(GROUP, "api-blue-group", keys)]
    assert list(strays(Plan(steps=steps), PARTS)) == []


def test_a_release_is_about_what_enters_the_instances() -> None:
    """The template, the version that the group uses, the repository that may be pulled from; not the fleet's size, nor its twin."""
    mine = [
        step_of(TEMPLATE, "api-green-boot", ("imageId", "userData", "tagSpecifications[0].tags.release")),
        step_of(GROUP, "api-green-group", ("mixedInstancesPolicy.launchTemplate.launchTemplateSpecification.version",)),
        step_of(ROLE_POLICY, "api-green-may", ("policy",)),
    ]
    beside = [step_of(TEMPLATE, "api-blue-boot", ("imageId",)), step_of(GROUP, "api-green-group", ("mixedInstancesPolicy", "minSize"))]
    assert list(strays(Plan(steps=[*mine, *beside]), by_address(*pins("api", Color.GREEN)))) == beside


OPENING = Part(EGRESS, "api", "-green-aws", ops=COMES_AND_GOES)
SWITCH = Part("aws:wafv2/webAclRule:WebAclRule", STACK, "waf-lockdown", frozenset({"action"}))


@pytest.mark.parametrize("op", [OpType.CREATE, OpType.DELETE])
def test_what_comes_and_goes_is_made_and_deleted(op: OpType) -> None:
    """It is known by type and name, which it has before it is made."""
    steps = [step_of(EGRESS, "api-green-aws", op=op)]
    assert list(strays(Plan(steps=steps), by_address(OPENING))) == []


@pytest.mark.parametrize("op", [OpType.UPDATE, OpType.REPLACE])
def test_what_comes_and_goes_is_not_changed(op: OpType) -> None:
    """A rule that opens something else is another one."""
    steps = [step_of(EGRESS, "api-green-aws", ("toPort",), op=op)]
    assert list(strays(Plan(steps=steps), by_address(OPENING))) == steps


@pytest.mark.parametrize("op", [OpType.CREATE, OpType.DELETE])
def test_what_is_changed_does_not_come_or_go(op: OpType) -> None:
    """A command about a group's floor neither makes nor deletes the group."""
    steps = [step_of(GROUP, "api-blue-group", op=op)]
    assert list(strays(Plan(steps=steps), PARTS)) == steps


def test_what_a_replacement_has_left_stands_in_no_command_s_way() -> None:
    """The next `up` takes it away."""
    assert list(strays(Plan(steps=[step_of(TEMPLATE, "api-green-boot", op=LEFT)]), PARTS)) == []


def test_a_resource_of_the_stack_is_called_by_its_whole_name() -> None:
    """It belongs to no service, and another type of the same name is another thing."""
    mine, other = step_of(SWITCH.type, "waf-lockdown", ("action",)), step_of(IP_SET, "waf-lockdown", ("action",))
    assert list(strays(Plan(steps=[mine, other]), by_address(SWITCH))) == [other]
