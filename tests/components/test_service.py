import pulumi_aws as aws
import pytest

from tests.configs import GONE, changed, rendered
from tests.graph import plain
from tests.rendering import Rendering, render_all

CHILDREN = {
    "switchyard:service:SecretEntries": {"api-secrets"},
    "switchyard:service:Parameters": {"api-endpoint"},
    "switchyard:blue_green:BlueGreen": {"api"},
    "switchyard:service:Fleet": {"api-blue", "api-green"},
}


@pytest.mark.parametrize("kind", CHILDREN)
def test_a_service_is_its_secrets_endpoints_rules_and_two_fleets(new_stack: Rendering, kind: str) -> None:
    """And each belongs to its service in the tree."""
    service = new_stack.one("switchyard:service:Service", "api")
    assert {child.name for child in new_stack.of(kind) if child.parent == service.urn} == CHILDREN[kind]


def test_the_stack_exports_what_commands_need_of_a_service(old_stack: Rendering) -> None:
    """Which color is live, with which weights, and where each color's parts are."""
    assert old_stack.outputs["services"]["api"] == {
        "live": "blue",
        "weights": {"blue": 100, "green": 0},
        "target_groups": {color: f"arn:aws:lb:eu-west-1:123456789012:api-{color}" for color in ("blue", "green")},
        "groups": {color: f"api-{color}-group-0123456" for color in ("blue", "green")},
        "rule": "arn:aws:lb:eu-west-1:123456789012:api-traffic",
    }


def test_exports_follow_config() -> None:
    """A canary shows in the weights."""
    outputs = render_all("prod", changed({"services.web.canary.percent": 25})).outputs
    assert outputs["services"]["web"]["weights"] == {"blue": 75, "green": 25}
    assert outputs["services"]["api"]["weights"] == {"blue": 100, "green": 0}


def test_both_colors_are_told_which_features_are_off() -> None:
    """In one parameter of a folder that every instance rereads each minute, whatever its boot template; none is an empty list."""
    told = rendered({"contingency.disabled_features": ["search", "exports"]}).one(aws.ssm.Parameter, "api-endpoint-DISABLED_FEATURES")
    assert plain(told.inputs["value"]) == '["search","exports"]'
    assert told.inputs["name"] == "/switchyard/prod/api/endpoints/DISABLED_FEATURES"


def test_a_quarantine_is_of_the_color_that_config_names() -> None:
    """Of no other one; a renamed service's resources keep their first name."""
    api = changed({})["switchyard:services"]["api"]
    shop = {"services.api": GONE, "services.shop": {**api, "came_up_as": "api"}, "contingency.quarantine": ["shop.green"]}
    renamed = render_all("prod", changed(shop))
    cut_off = {group.name for group in renamed.of(aws.autoscaling.Group) if "suspendedProcesses" in group.inputs}
    assert cut_off == {"api-green-group"}
