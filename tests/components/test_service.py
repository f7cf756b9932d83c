import pytest

from tests.configs import changed
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
