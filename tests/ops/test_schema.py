import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from ops.schema import settings_page, settings_schema
from tests.configs import GONE, Changes, changed
from tests.rendering import stack_config

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"


def test_the_committed_schema_is_fresh() -> None:
    """Else: `python -m ops.schema > docs/reference/settings.schema.json`."""
    assert (REFERENCE / "settings.schema.json").read_text() == settings_schema()


def test_the_committed_page_is_fresh() -> None:
    """Else: `python -m ops.schema page > docs/reference/settings.md`."""
    assert (REFERENCE / "settings.md").read_text() == settings_page()


@pytest.fixture(scope="module")
def editor() -> Draft202012Validator:
    """Return what an editor does with the schema."""
    schema = json.loads(settings_schema())
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


@pytest.mark.parametrize("stack", ["staging", "prod", "recovery"])
def test_an_editor_accepts_the_committed_stack_files(editor: Draft202012Validator, stack: str) -> None:
    """Keys that Pulumi adds to the file beside `config` are none of its business, nor are other providers' settings."""
    stack_file = {"encryptionsalt": "v1:abc", "config": {**stack_config(stack), "aws:profile": "me"}}
    assert list(editor.iter_errors(stack_file)) == []


SLIPS: dict[str, tuple[Changes, list[Any]]] = {
    "a misspelt section": ({"netwrok": {}}, []),
    "a misspelt leaf": ({"services.api.liev": "blue"}, ["switchyard:services", "api"]),
    "a missing leaf": ({"services.api.live": GONE}, ["switchyard:services", "api"]),
    "purple": ({"services.api.live": "purple"}, ["switchyard:services", "api", "live"]),
    "a canary of 100": ({"services.api.canary.percent": 100}, ["switchyard:services", "api", "canary"]),
    "a tag": ({"services.api.blue.image": "nginx:latest"}, ["switchyard:services", "api", "blue", "image"]),
    "five paths": ({"services.api.paths": list("abcde")}, ["switchyard:services", "api", "paths"]),
    "a service called Api": ({"services": {"Api": stack_config("prod")["switchyard:services"]["api"]}}, ["switchyard:services"]),
    "the port of TLS": ({"services.api.blue.port": 8443}, ["switchyard:services", "api", "blue", "port"]),
    "nobody to page": ({"monitoring.page": []}, ["switchyard:monitoring", "page"]),
    "an odd retention": ({"monitoring.log_retention_days": 31}, ["switchyard:monitoring", "log_retention_days"]),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_an_editor_marks_a_slip_while_it_is_typed(editor: Draft202012Validator, slip: str) -> None:
    """At the place where it stands."""
    changes, place = SLIPS[slip]
    errors = list(editor.iter_errors({"config": changed(changes)}))
    assert [["config", *place]] == [list(error.absolute_path)[: len(place) + 1] for error in errors][:1]


def test_every_setting_has_a_line_on_the_page() -> None:
    """With what it means."""
    page = settings_page()
    for setting in ("switchyard:account_id", "live", "percent", "requests_per_target", "scale_floor", "cron"):
        lines = [line for line in page.splitlines() if line.startswith(f"| `{setting}` |")]
        assert lines
        assert all(line.split("|")[4].strip().endswith(".") for line in lines)
