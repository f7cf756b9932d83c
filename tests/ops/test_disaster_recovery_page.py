"""The page on disaster recovery: no one stack can play it, so each command line is parsed, and each edit is held to the settings."""

import io
import re
import shlex
from typing import Any

import botocore.session
import pytest
from botocore import xform_name
from ruamel.yaml import YAML

from ops.acts.homecoming import NOT_A_COPY_S
from settings_errors import SettingsError
from tests.configs import GONE, Changes, changed, parsed
from tests.ops.test_reference import COMMANDS, told
from tests.rendering import ROOT, render_all, stack_config
from tests.test_ratchet import of

PAGE = ROOT / "docs" / "runbooks" / "disaster-recovery.md"
TEXT = PAGE.read_text(encoding="utf-8")
GLOBAL = {"region", "query", "output"}
"""Options of AWS's command line itself."""
FLEETS = [f"services.{service}.{color}.capacity" for service in ("api", "web") for color in ("blue", "green")]
FILLED: Changes = {fleet: {"min": 3, "max": 12} for fleet in FLEETS}
EMPTY: Changes = {fleet: {"min": 0, "max": 12, "restore_minutes": 15} for fleet in FLEETS}


def blocks() -> list[dict[str, Any]]:
    """The pieces of stack files on the page, in order."""
    found = re.findall(r"^ *```yaml\n(.*?)^ *```", TEXT, re.MULTILINE | re.DOTALL)
    return [dict(YAML(typ="safe").load(io.StringIO(block))) for block in found]


def edits(block: dict[str, Any]) -> dict[str, Any]:
    """A piece of a stack file as changes of single keys."""
    return {f"{key.partition(':')[2]}.{leaf}": value for key, section in block.items() for leaf, value in section.items()}


@pytest.mark.parametrize("line", told(PAGE, "switchyard"))
def test_a_command_line_is_understood(line: str) -> None:
    """By the parser that would run it, with its arguments and their kinds."""
    words = shlex.split(line)
    name = next(name for name in COMMANDS if words[: len(name.split())] == name.split())
    context = COMMANDS[name].make_context(name, words[len(name.split()) :])
    assert context.params["stack"] in {"prod", "recovery"}


@pytest.mark.parametrize("line", told(PAGE, "aws"))
def test_a_line_of_aws_names_an_operation_and_its_parameters(line: str) -> None:
    """By the models that AWS publishes: every option is one, and none that is required is missing."""
    service, operation, *words = shlex.split(line)
    model = botocore.session.get_session().get_service_model(service)
    shape = model.operation_model({xform_name(name, "-"): name for name in model.operation_names}[operation]).input_shape
    given = {word.removeprefix("--") for word in words if word.startswith("--")} - GLOBAL
    names = {xform_name(name, "-"): name for name in shape.members} if shape else {}
    assert given <= names.keys()
    assert {xform_name(name, "-") for name in (shape.required_members if shape else ())} <= given


def test_the_page_has_commands_of_both_kinds() -> None:
    """What is parsed is really found on it."""
    assert len(told(PAGE, "switchyard")) > 20
    assert len(told(PAGE, "aws")) > 4


def test_taking_over_is_held_in_order_by_settings() -> None:
    """Promotion with floors, then the name; each alone, or the other way round, is refused."""
    promotion = edits(blocks()[0])
    assert promotion == {"database.promoted": True, "database.proxy": {}, "contingency.scale_floor": 3}
    assert not parsed(promotion, "recovery").waits
    assert parsed({**promotion, "domain.stands_in.now": True}, "recovery").domain.users_name == "app.example.com"
    for early in ({"domain.stands_in.now": True}, {"database.promoted": True}):
        with pytest.raises(SettingsError):
            parsed(early, "recovery")
    replica = {"instance_class": "db.m8g.large"}
    settled = {**promotion, "contingency.scale_floor": 0, **FILLED, "database.replicas": {"r1": replica}}
    assert parsed(settled, "recovery").database


def test_the_way_home_is_sound_at_each_step() -> None:
    """Production's database may go, another one follows, and takes over in turn; the name goes back last."""
    assert parsed({"database.deletion_protection": False}, "prod").database
    own = stack_config("prod")["switchyard:database"]
    following: Changes = {**edits(blocks()[1]), **{f"database.{key}": GONE for key in NOT_A_COPY_S if key in own}, **EMPTY}
    waiting = parsed(following, "prod")
    assert waiting.waits
    assert waiting.database
    assert waiting.database.archive
    for key, value in {"password_version": 2, **{key: own[key] for key in ("proxy", "replicas", "copied_days")}}.items():
        with pytest.raises(SettingsError):
            parsed({**following, f"database.{key}": value}, "prod")
    leading = parsed({**edits(blocks()[1]), **FILLED, "database.promoted": True, "database.password_version": 2}, "prod")
    assert not leading.waits
    assert leading.database
    assert leading.database.copied_days == own["copied_days"]
    assert not parsed({"domain.stands_in.now": False}, "recovery").domain.taken_over


def test_the_database_that_production_follows_home_is_recovery_s() -> None:
    """By the name that the program gives it."""
    made = render_all("recovery").one("aws:rds/instance:Instance", "database").inputs["identifier"]
    account = stack_config("recovery")["switchyard:account_id"]
    assert edits(blocks()[1])["database.replica_of"] == f"arn:aws:rds:eu-central-1:{account}:db:{made}"


def test_the_page_names_what_a_copy_cannot_have() -> None:
    """As the rehearsal takes it out."""
    (named,) = re.findall(r"What a copy cannot have goes out: (.*?); and `(?=deletion_protection)", TEXT, re.DOTALL)
    assert {*re.findall(r"`(\w+)`", named), "deletion_protection"} == set(NOT_A_COPY_S)


def test_the_objectives_on_the_page_are_the_settings() -> None:
    """A number in prose grows old."""
    prod = of("prod")
    assert f"`recovery.point_minutes` ({prod['recovery.point_minutes']} if left out)" in TEXT
    assert f"`recovery.time_minutes` ({prod['recovery.time_minutes']})" in TEXT
    assert changed({}, "recovery")["switchyard:recovery"] == {"region": "eu-west-1"}
