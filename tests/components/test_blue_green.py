from typing import Any

import pulumi_aws as aws
import pulumi_random as random
import pytest

from tests.configs import rendered
from tests.graph import names, takes_from
from tests.rendering import Registration, Rendering

COLORS = ("blue", "green")


def _weights(rendering: Rendering, service: str = "api") -> dict[str, float]:
    """The weight of each target group in the service's traffic rule."""
    rule = rendering.one(aws.lb.ListenerRule, f"{service}-traffic")
    return {group["arn"].rpartition(":")[2]: group["weight"] for group in _forward(rule)["targetGroups"]}


def _forward(rule: Registration) -> dict[str, Any]:
    (action,) = rule.inputs["actions"]
    assert action["type"] == "forward"
    return dict(action["forward"])


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, {"api-blue": 100, "api-green": 0}),
        ({"services.api.live": "green", "services.api.canary.color": "blue"}, {"api-blue": 0, "api-green": 100}),
        ({"services.api.canary.percent": 10}, {"api-blue": 90, "api-green": 10}),
        ({"services.api.canary": None}, {"api-blue": 100, "api-green": 0}),
    ],
)
def test_both_colors_are_always_named_with_their_weight(changes: dict[str, object], expected: dict[str, int]) -> None:
    """0 is said too: a group left out is not checked, and one without a weight gets 1.

    https://github.com/hashicorp/terraform-provider-aws/issues/35621 https://github.com/pulumi/pulumi-aws/issues/5772
    """
    assert _weights(rendered(changes, preview=False)) == expected


def test_weights_are_in_forward_alone(new_stack: Rendering) -> None:
    """Beside a target group's ARN they would be refused or forgotten: https://github.com/terraform-aws-modules/terraform-aws-alb/issues/296."""
    for rule in new_stack.of(aws.lb.ListenerRule):
        assert [action.keys() for action in rule.inputs["actions"]] == [{"type", "forward"}]


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(0, {"enabled": False, "duration": 1}), (60, {"enabled": True, "duration": 60})],
)
def test_stickiness_is_always_said(seconds: int, expected: dict[str, object]) -> None:
    """The provider takes a block that disappears for no change, and clients would stick to a color that has no weight."""
    made = rendered({"services.api.stickiness_seconds": seconds})
    assert _forward(made.one(aws.lb.ListenerRule, "api-traffic"))["stickiness"] == expected


def test_rules_have_the_service_s_three_priorities(new_stack: Rendering) -> None:
    """Previews come before the traffic rule, which would match their requests too."""
    priorities = {rule.name: rule.inputs["priority"] for rule in new_stack.of(aws.lb.ListenerRule)}
    assert priorities == {
        "api-blue-preview": 1,
        "api-green-preview": 2,
        "api-traffic": 3,
        "web-blue-preview": 4,
        "web-green-preview": 5,
        "web-traffic": 6,
    }


@pytest.mark.parametrize("color", COLORS)
def test_a_preview_needs_the_color_s_own_token(new_stack: Rendering, color: str) -> None:
    """The service's paths, and a header whose value is a generated secret of letters and digits that no case can change."""
    rule = new_stack.one(aws.lb.ListenerRule, f"api-{color}-preview")
    paths, header = rule.inputs["conditions"]
    assert paths == {"pathPattern": {"values": ["/api/*"]}}
    assert header["httpHeader"]["httpHeaderName"] == "x-switchyard-preview"
    assert takes_from(new_stack, rule, "conditions", random.RandomPassword) == {f"api-{color}-token"}
    assert takes_from(new_stack, rule, "actions", aws.lb.TargetGroup) == {f"api-{color}"}
    token = new_stack.one(random.RandomPassword, f"api-{color}-token").inputs
    assert (token["length"], token["special"], token["upper"]) == (32, False, False)


def test_a_rule_keeps_to_aws_s_five_values() -> None:
    """Four paths and the token's header."""
    paths = ["/a/*", "/b/*", "/c/*", "/d/*"]
    made = rendered({"services.api.paths": paths})
    for rule in (rule for rule in made.of(aws.lb.ListenerRule) if rule.name.startswith("api")):
        values = [value for condition in rule.inputs["conditions"] for match in condition.values() for value in match["values"]]
        assert values[:4] == paths
        assert len(values) <= 5


def test_a_target_group_is_named_by_the_engine(new_stack: Rendering) -> None:
    """A fixed name makes a change that replaces it fail as long as a rule uses it: https://github.com/pulumi/pulumi-aws/issues/4226."""
    groups = new_stack.of(aws.lb.TargetGroup)
    assert names(groups) == {"api-blue", "api-green", "web-blue", "web-green"}
    assert [group.name for group in groups if group.inputs.keys() & {"name", "namePrefix"}] == []
    assert [group.name for group in groups if group.delete_before_replace] == []


@pytest.mark.parametrize("color", COLORS)
def test_targets_are_spoken_to_over_https(new_stack: Rendering, color: str) -> None:
    """All the way to the instance, for requests and for health checks."""
    inputs = new_stack.one(aws.lb.TargetGroup, f"api-{color}").inputs
    assert (inputs["port"], inputs["protocol"], inputs["targetType"]) == (8443, "HTTPS", "instance")
    assert inputs["healthCheck"] == {
        "enabled": True,
        "protocol": "HTTPS",
        "port": "traffic-port",
        "path": "/healthz",
        "matcher": "200",
        "interval": 10,
        "timeout": 5,
        "healthyThreshold": 2,
        "unhealthyThreshold": 3,
    }
    assert inputs["deregistrationDelay"] == 120


def test_the_colors_differ_in_their_tag_only(new_stack: Rendering) -> None:
    """A color that were checked or drained differently would not be a way back."""
    blue, green = (dict(new_stack.one(aws.lb.TargetGroup, f"api-{color}").inputs) for color in COLORS)
    assert blue.pop("tags") == {"service": "api", "color": "blue"}
    assert green.pop("tags") == {"service": "api", "color": "green"}
    assert blue == green


def test_targets_register_by_the_group_alone(new_stack: Rendering) -> None:
    """A second owner of the registration opens a gap when it is replaced.

    https://github.com/terraform-aws-modules/terraform-aws-autoscaling/issues/262
    """
    kinds = (aws.autoscaling.Attachment, aws.autoscaling.TrafficSourceAttachment, aws.lb.TargetGroupAttachment)
    assert [made.name for kind in kinds for made in new_stack.of(kind)] == []
    for color in COLORS:
        group = new_stack.one(aws.autoscaling.Group, f"api-{color}-group")
        assert takes_from(new_stack, group, "targetGroupArns", aws.lb.TargetGroup) == {f"api-{color}"}
