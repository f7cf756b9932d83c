"""What `up` and the commands refuse, read from a plan."""

import pytest
from pulumi.automation.events import OpType

from components.edge import traffic_value
from ops.guard import PARAMETER, moved_traffic, touched_live
from ops.parts import GROUP, RULE, SITE_TRAFFIC, STORE_KEY, TEMPLATE
from ops.plan import Plan, Step
from tests.configs import GONE, parsed
from tests.ops.stand_in import action, rule_step, step_of
from tests.ops.state import urn
from tests.rendering import stack_config

ARNS = {"blue": "arn:blue", "green": "arn:green"}
BLUE, GREEN = {"blue": 100, "green": 0}, {"blue": 0, "green": 100}
RULE_URN, GROUP_URN = urn(RULE, "api-traffic"), urn(GROUP, "api-blue-group")
POLICY = {"mixedInstancesPolicy": {"launchTemplate": {"version": "1"}}}


def rule(**others: object) -> Step:
    """A step on api's rule that moves all traffic to green, and does more."""
    old, new = ({"actions": action(shares, ARNS)} for shares in (BLUE, GREEN))
    return step_of(RULE, "api-traffic", ("actions", *others), old, {**new, **others})


@pytest.mark.parametrize(
    ("step", "told"),
    [
        (rule_step("api", BLUE, GREEN, ARNS), ["api: blue 100 / green 0 -> blue 0 / green 100"]),
        (step_of(RULE, "api-traffic", old={"actions": action(BLUE, ARNS)}, op=OpType.DELETE), ["api: blue 100 / green 0 -> none"]),
        (step_of(RULE, "api-traffic", new={"actions": action(BLUE, ARNS)}, op=OpType.CREATE), []),
        (step_of(RULE, "api-traffic", ("conditions",), {"actions": action(BLUE, ARNS)}, {"actions": action(BLUE, ARNS)}), []),
        (step_of(RULE, "api-blue-preview", old={"actions": action(BLUE, ARNS)}, op=OpType.DELETE), []),
        (step_of(GROUP, "api-traffic", old={"actions": action(BLUE, ARNS)}, op=OpType.DELETE), []),
    ],
)
def test_traffic_moves_when_a_rule_that_exists_changes_its_weights_or_goes(step: Step, told: list[str]) -> None:
    """A new rule moves nothing, and previews carry none."""
    assert moved_traffic(Plan(steps=[step]), parsed({})) == told


def key(before: str, after: str, op: OpType = OpType.UPDATE) -> Step:
    """A step on the key of the site's traffic."""
    return step_of(STORE_KEY, SITE_TRAFFIC, ("value",), {"value": before} if before else {}, {"value": after} if after else {}, op)


R1, R2 = traffic_value("r1", "", 0, False), traffic_value("r2", "", 0, False, "r1")  # noqa: FBT003 -- in the order of the program


@pytest.mark.parametrize(
    ("step", "told"),
    [
        (key(R1, R2), ["site: r1 100 -> r2 100"]),
        (key(R1, traffic_value("r1", "r2", 10, False)), ["site: r1 100 -> r1 90 / r2 10"]),  # noqa: FBT003
        (key(R1, traffic_value("r1", "r2", 0, False)), []),  # noqa: FBT003
        (key(R1, traffic_value("r1", "", 0, True)), []),  # noqa: FBT003
        (key(R1, "", OpType.DELETE), ["site: r1 100 -> none"]),
        (key("", R1, OpType.CREATE), []),
        (key("?", "?"), ["site: what is not known yet -> what is not known yet"]),
        (step_of(STORE_KEY, "routing-maintenance", ("value",), {"value": R1}, {"value": R2}), []),
    ],
)
def test_users_move_when_the_site_s_key_shows_them_another_release(step: Step, told: list[str]) -> None:
    """A release that waits for nobody moves nobody; a value that cannot be read may move all."""
    assert moved_traffic(Plan(steps=[step]), parsed({})) == told


def test_traffic_moves_when_a_target_group_is_replaced() -> None:
    """The same weights on groups that hold no instance yet."""
    old, new = {"actions": action(BLUE, ARNS)}, {"actions": action(BLUE, {**ARNS, "blue": "unknown"})}
    assert moved_traffic(Plan(steps=[step_of(RULE, "api-traffic", ("actions",), old, new)]), parsed({})) == [
        "api: blue 100 / green 0 -> blue 100 / green 0, to new target groups"
    ]


def test_a_renamed_service_is_called_by_its_new_name() -> None:
    """Its resources keep the first one; what takes traffic is found by it."""
    api = stack_config("prod")["switchyard:services"]["api"]
    settings = parsed({"services.api": GONE, "services.shop": {**api, "came_up_as": "api"}})
    assert moved_traffic(Plan(steps=[rule_step("api", BLUE, GREEN, ARNS)]), settings) == ["shop: blue 100 / green 0 -> blue 0 / green 100"]
    template = step_of(TEMPLATE, "api-blue-boot", ("imageId",))
    assert touched_live(Plan(steps=[template]), settings) == [template]


TOUCHING = {
    "the features that are off": step_of(PARAMETER, "api-endpoint-DISABLED_FEATURES", ("value",)),
    "the template": step_of(TEMPLATE, "api-blue-boot", ("imageId",)),
    "the template, replaced": step_of(TEMPLATE, "api-blue-boot", op=OpType.REPLACE),
    "the mixed-instances policy": step_of(GROUP, "api-blue-group", ("mixedInstancesPolicy",), POLICY, {}),
    "the group, replaced": step_of(GROUP, "api-blue-group", ("name",), POLICY, POLICY, OpType.REPLACE),
    "the group, gone": step_of(GROUP, "api-blue-group", (), POLICY, {}, OpType.DELETE),
    "a parameter": step_of(PARAMETER, "api-blue-env-log-level", ("value",)),
    "a new parameter": step_of(PARAMETER, "api-blue-env-fresh", op=OpType.CREATE),
    "a parameter, gone": step_of(PARAMETER, "api-blue-port", op=OpType.DELETE),
    "an endpoint": step_of(PARAMETER, "api-endpoint-load-balancer", ("value",)),
}

LEAVING = {
    "the idle color's template": step_of(TEMPLATE, "api-green-boot", ("imageId",)),
    "the idle color's parameter": step_of(PARAMETER, "api-green-port", ("value",)),
    "a group's floor": step_of(GROUP, "api-blue-group", ("minSize",), POLICY, POLICY),
    "another resource": step_of("aws:ec2/vpc:Vpc", "network-vpc", ("tags",)),
}


@pytest.mark.parametrize("what", TOUCHING)
def test_entering_live_instances(what: str) -> None:
    """Blue takes all traffic."""
    assert touched_live(Plan(steps=[TOUCHING[what]]), parsed({}, "staging")) == [TOUCHING[what]]


@pytest.mark.parametrize("what", LEAVING)
def test_not_entering_live_instances(what: str) -> None:
    """The idle color is there to be changed."""
    assert touched_live(Plan(steps=[LEAVING[what]]), parsed({}, "staging")) == []


def test_a_canary_is_traffic_too() -> None:
    """One percent is enough, and a step that both colors read is told once."""
    settings = parsed({"services.api.canary.percent": 1}, "staging")
    steps = [LEAVING["the idle color's template"], TOUCHING["an endpoint"]]
    assert touched_live(Plan(steps=steps), settings) == steps


def test_a_color_that_loses_its_traffic_by_this_plan_has_it_now() -> None:
    """A pipeline on an older commit must not refresh the color that was promoted since."""
    steps = [rule_step("api", GREEN, BLUE, ARNS), LEAVING["the idle color's template"]]
    assert touched_live(Plan(steps=steps), parsed({}, "staging")) == steps[1:]


def test_the_color_of_a_service_that_goes_has_traffic_now() -> None:
    """Config does not name it any more; the plan does."""
    gone = [
        step_of(RULE, "old-traffic", old={"actions": action(BLUE, ARNS)}, op=OpType.DELETE),
        step_of(GROUP, "old-blue-group", op=OpType.DELETE),
    ]
    assert touched_live(Plan(steps=gone), parsed({}, "staging")) == gone[1:]


def test_a_fresh_color_has_no_instances_to_enter() -> None:
    """Everything of a new stack is created, its parameters too."""
    steps = [step_of(GROUP, "api-blue-group", op=OpType.CREATE), TOUCHING["a new parameter"]]
    assert touched_live(Plan(steps=steps), parsed({}, "staging")) == []
