import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pulumi
import pytest
from pulumi.runtime import config as runtime_config

import settings
from settings import decoded, load, parse
from settings_errors import SettingsError
from settings_types import Color, Section
from tests.configs import GONE, changed, parsed, values
from tests.rendering import render_all, stack_config


@pytest.fixture
def pulumi_config(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return a function that sets what Pulumi hands to a program: text, and JSON for what has structure."""

    def set_config(config: Mapping[str, Any]) -> None:
        flat = {key: value if isinstance(value, str) else json.dumps(value) for key, value in config.items()}
        monkeypatch.setattr(pulumi, "get_stack", lambda: "prod")
        monkeypatch.setattr(runtime_config, "get_config_env", dict)
        runtime_config.CONFIG.set(flat)

    return set_config


@pytest.mark.parametrize("stack", ["staging", "prod", "recovery"])
def test_a_committed_stack_file_loads(stack: str) -> None:
    """What is committed is valid, with the names that it gives."""
    made = parsed({}, stack)
    assert made.stack == stack
    assert made.region == ("eu-central-1" if stack == "recovery" else "eu-west-1")
    assert list(made.services) == ["api", "web"]


def test_production_and_staging_have_the_same_shape() -> None:
    """Staging is smaller, and nothing is tried there that production does not have: services, colors and settings are the same."""

    def shape(config: Any) -> Any:
        return {key: shape(value) for key, value in config.items()} if isinstance(config, dict) else type(config)

    assert shape(stack_config("prod")["switchyard:services"]) == shape(stack_config("staging")["switchyard:services"])


def test_what_pulumi_hands_over_is_what_stands_in_the_file(pulumi_config: Any) -> None:
    """`load` decodes sections and leaves the account id as it was written, zeros at the start included."""
    pulumi_config(changed({"account_id": "012345678901"}))
    assert load() == parsed({"account_id": "012345678901"})


def test_an_account_id_is_never_a_number() -> None:
    """JSON would take it for one and lose its zeros."""
    assert decoded("account_id", "012345678901") == "012345678901"
    assert decoded("network", '{"cidr": "10.0.0.0/16"}') == {"cidr": "10.0.0.0/16"}
    assert decoded("zzz", "free text") == "free text"


def test_settings_may_be_typed_as_config_set_types_them() -> None:
    """`pulumi config set --path` writes true, 3 and text; numbers in quotes are numbers too, and settings of a service are text."""
    made = parsed(
        {
            "services.api.blue.capacity.max": "7",
            "services.api.blue.irreversible": "true",
            "services.api.blue.env": {"WORKERS": 4, "DEBUG": True, "RATIO": 0.5, "LEVEL": "info"},
        }
    )
    assert made.services["api"].blue.capacity.max == 7
    assert made.services["api"].blue.irreversible is True
    assert made.services["api"].blue.env == {"WORKERS": "4", "DEBUG": "true", "RATIO": "0.5", "LEVEL": "info"}


def test_all_mistakes_are_told_at_once() -> None:
    """Wrong values, and what is wrong only between the sections and services that are sound in themselves."""
    mistakes = {
        "zzz": 1,
        "services.web.live": "purple",
        "services.api.blue.capacity.min": 99,
        "services.api.stickiness_seconds": 999,
        "network.availability_zones": ["eu-west-1a"],
        "database.replicas": {},
    }
    with pytest.raises(SettingsError) as caught:
        parsed(mistakes)
    assert [problem.key for problem in caught.value.problems] == [
        "switchyard:services.web.live",
        "switchyard:zzz",
        "switchyard:network.availability_zones",
        "switchyard:services.api.stickiness_seconds",
        "switchyard:services.api.blue.capacity.min",
    ]
    assert str(caught.value).startswith("Pulumi.prod.yaml has 5 errors; nothing was touched.\n  switchyard:")
    assert len(str(caught.value).splitlines()) == 6


def test_a_mistake_in_what_all_stand_on_hides_no_other_value() -> None:
    """When a section is wrong, checks between sections wait for it, and every single value is checked all the same."""
    with pytest.raises(SettingsError) as caught:
        parsed({"network.cidr": "here", "services.web.live": "purple", "services.api.blue.capacity.min": 99})
    assert [problem.key for problem in caught.value.problems] == ["switchyard:network.cidr", "switchyard:services.web.live"]


def test_services_that_are_no_mapping_are_an_error_like_any_other() -> None:
    """A list of services is a slip of the editor."""
    with pytest.raises(SettingsError, match=r"switchyard:services: \[1\] must be a mapping"):
        parsed({"services": [1]})


@pytest.mark.parametrize("region", ["", "eu-west", "cn-north-1", "us-gov-west-1"])
def test_a_region_that_is_missing_or_not_commercial_is_refused(region: str) -> None:
    """Every ARN here begins with arn:aws, so the other partitions are said to be out of reach."""
    with pytest.raises(SettingsError, match=f"aws:region: '{region}' must be the stack's region on commercial AWS, for example eu-west-1"):
        parse("prod", region, values(stack_config("prod")))


@pytest.mark.parametrize("stack", ["a.b", "x" * 41])
def test_a_stack_name_that_aws_names_cannot_hold_is_refused(stack: str) -> None:
    """A key's alias knows no dot, and roles and paths have limits."""
    with pytest.raises(SettingsError, match=r"pulumi:stack: '.*' must be 1 to 40 letters, digits, hyphens and underscores"):
        parse(stack, "eu-west-1", values(stack_config("prod")))


def test_the_program_stops_before_its_first_resource_and_without_a_traceback() -> None:
    """Pulumi prints a RunError as it is; nothing is registered but the stack itself."""
    with pytest.raises(pulumi.RunError) as caught:
        render_all("prod", changed({"services.api.live": "purple"}))
    text = str(caught.value)
    assert "switchyard:services.api.live: 'purple' must be blue or green." in text
    assert "Traceback" not in text
    assert 'File "' not in text
    assert caught.value.__suppress_context__


def test_settings_are_frozen() -> None:
    """Nothing that the program does changes what it was told."""
    made = parsed({})
    with pytest.raises(ValueError, match="frozen"):
        made.services["api"].live = Color.GREEN  # type: ignore[misc]  # the point of the test


def test_weights_follow_live_and_canary() -> None:
    """Both colors always have a weight, and together they are all of the traffic."""
    service = parsed({"services.api.canary": {"color": "green", "percent": 10}}).services["api"]
    assert {color: service.weight(color) for color in Color} == {Color.BLUE: 90, Color.GREEN: 10}
    calm = parsed({"services.api.canary": GONE, "services.api.live": "green"}).services["api"]
    assert {color: calm.weight(color) for color in Color} == {Color.BLUE: 0, Color.GREEN: 100}


@pytest.mark.parametrize(
    ("capacity", "scale_floor", "floor"),
    [
        ({"min": 3, "max": 12}, 0, 3),
        ({"min": 3, "max": 12, "hold": 8}, 0, 8),
        ({"min": 3, "max": 12, "hold": 8}, 10, 10),
        ({"min": 3, "max": 12}, 40, 12),
    ],
)
def test_the_floor_is_the_largest_claim_up_to_max(capacity: dict[str, int], scale_floor: int, floor: int) -> None:
    """`min`, a hold and the emergency floor each hold; none lifts a color above its ceiling."""
    made = parsed({"services.api.blue.capacity": capacity})
    assert made.services["api"].blue.capacity.floor(scale_floor) == floor


def test_a_service_s_secrets_are_those_of_both_colors() -> None:
    """An entry exists while either color names it."""
    made = parsed({"services.api.blue.secrets": ["b-key", "a-key"], "services.api.green.secrets": ["a-key", "c-key"]})
    assert made.services["api"].secrets == ("a-key", "b-key", "c-key")


@pytest.mark.parametrize("section", Section.__subclasses__())
def test_every_setting_says_what_it_means(section: type[Section]) -> None:
    """The docstring under a field is what the reference and the editors show."""
    assert section.model_fields
    assert [name for name, field in section.model_fields.items() if not field.description] == []


def test_no_setting_is_read_past_the_models() -> None:
    """`settings.py` alone reads Pulumi's config."""
    root = Path(settings.__file__).parent
    readers = [path.name for path in (*root.glob("*.py"), *root.glob("components/*.py")) if "pulumi.Config(" in path.read_text()]
    assert readers == []


def test_a_shared_secret_is_no_service_s_own() -> None:
    """Whoever lists it reads the one entry; what is not shared is the service's, whatever others call theirs."""
    made = parsed({"services.api.blue.secrets": ["b-key", "sentry-dsn"], "services.api.green.secrets": ["a-key"]})
    assert made.own_secrets(made.services["api"]) == ("a-key", "b-key")
    assert made.readers("sentry-dsn") == ("api", "web")
    assert made.readers("a-key") == ("api",)
