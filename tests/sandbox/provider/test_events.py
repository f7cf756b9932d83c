"""What AWS refuses of rules, targets and state machines, and the emulator does not; and who is told of an event."""

import json

import pytest

from tests.sandbox.provider.driver import Properties, bare
from tests.sandbox.provider.specs.events import PATTERN, machine_target, rule
from tests.sandbox.provider.specs.iam import MONITORING, role
from tests.sandbox.provider.specs.sfn import definition
from tests.sandbox.provider.world import World

RULE, TARGET, MACHINE = "aws.cloudwatch.EventRule", "aws.cloudwatch.EventTarget", "aws.sfn.StateMachine"


def refused(world: World, type_: str, inputs: Properties) -> dict[str, str]:
    """Return what the check says of inputs."""
    return world.driver(type_).check(type_, world.name(), inputs)[1]


@pytest.mark.parametrize("pattern", ["source: aws.rds", "[]", "{}", '{"source": "aws.rds"}', '{"detail": {"EventID": []}}'], ids=range(5))
def test_a_pattern_that_matches_nothing_is_refused(world: World, pattern: str) -> None:
    """A pattern lists what each field may be."""
    assert "eventPattern" in refused(world, RULE, {"eventPattern": pattern})
    assert refused(world, RULE, {"eventPattern": PATTERN}) == {}


def test_a_rule_tells_a_topic_in_other_words(world: World) -> None:
    """A target may have the event, a text in its place, or one that is made of it."""
    words = {"inputPaths": {"id": "$.detail.EventID"}, "inputTemplate": '"RDS says <id>"'}
    inputs = {"rule": rule(world), "arn": world.id("aws.sns.Topic"), "inputTransformer": words}
    made = world.make(TARGET, **inputs)
    told = world.client("events").list_targets_by_rule(Rule=made.outputs["rule"])["Targets"]
    assert [(target["Arn"], target["InputTransformer"]["InputPathsMap"]) for target in told] == [(inputs["arn"], words["inputPaths"])]
    assert bare(made.outputs)["inputTransformer"] == words
    assert "input" in refused(world, TARGET, {**inputs, "input": "{}"})


def test_a_state_machine_is_started_under_a_role(world: World) -> None:
    """Without one EventBridge may not start it."""
    with pytest.raises(Exception, match="RoleArn is required"):
        world.make(TARGET, **{name: value for name, value in machine_target(world).items() if name != "roleArn"})


def test_a_rule_with_targets_is_not_deleted(world: World) -> None:
    """Its targets go first; an update of the rule leaves them where they are."""
    made = world.make(RULE, eventPattern=PATTERN)
    target = world.make(TARGET, rule=made.id, arn=world.id("aws.sns.Topic"))
    world.driver(RULE).update(made, {**made.inputs, "description": "A database fails over."})
    assert world.driver(TARGET).read(target)[0] == target.id
    with pytest.raises(Exception, match="has targets"):
        world.driver(RULE).delete(made)


@pytest.mark.parametrize(
    "text",
    [
        "StartAt: Wait",
        "{}",
        json.dumps({"StartAt": "Elsewhere", "States": {"Wait": {"Type": "Wait", "Seconds": 1, "End": True}}}),
        json.dumps({"StartAt": "Try", "States": {"Try": {"Type": "Task", "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Tell"}]}}}),
        json.dumps({"StartAt": "Ask", "States": {"Ask": {"Type": "Choice", "Choices": [], "Default": "Nowhere"}}}),
    ],
    ids=range(5),
)
def test_a_definition_that_leads_nowhere_is_refused(world: World, text: str) -> None:
    """Each state that is named is there."""
    assert "definition" in refused(world, MACHINE, {"definition": text, "roleArn": "arn:aws:iam::123456789012:role/r"})


def test_a_state_machine_logs_into_all_streams_of_a_group(world: World) -> None:
    """AWS wants the ARN with a star at its end, and none where nothing is logged."""
    group = "arn:aws:logs:eu-west-1:123456789012:log-group:g"
    given = {"definition": definition(1), "roleArn": "arn:aws:iam::123456789012:role/r"}
    for logging, property_ in (
        ({"level": "ALL", "logDestination": group}, "loggingConfiguration.logDestination"),
        ({"level": "OFF", "logDestination": f"{group}:*"}, "loggingConfiguration.level"),
    ):
        assert property_ in refused(world, MACHINE, {**given, "loggingConfiguration": logging})
    assert refused(world, MACHINE, {**given, "loggingConfiguration": {"level": "ALL", "logDestination": f"{group}:*"}}) == {}


def test_one_of_awss_own_policies_is_attached_and_no_other(world: World) -> None:
    """By the name and the path that AWS gives it."""
    name = role(world)
    world.make("aws.iam.RolePolicyAttachment", role=name, policyArn=MONITORING)
    with pytest.raises(Exception, match="does not exist or is not attachable"):
        world.make("aws.iam.RolePolicyAttachment", role=name, policyArn=MONITORING.replace("service-role/", ""))
    attached = world.client("iam").list_attached_role_policies(RoleName=name)["AttachedPolicies"]
    assert [policy["PolicyArn"] for policy in attached] == [MONITORING]
