"""Edits of YAML: what is not edited stays, to the last comment."""

import difflib

import pytest

from ops.yaml_edit import edited
from tests.rendering import ROOT

TEXT = """\
# head
config:
  switchyard:services:
    api:
      paths: ["/api/*"]   # four at most
      # which color
      live: green
      previous: blue
      # a canary

      canary: {color: green, percent: 0} # end
      blue:
        env: {A: 'b'}
        # size
        capacity: {min: 2, max: 4, hold: 3}
      green:
        capacity:
          min: 2
          max: 4
          hold: 3
          # after hold
    # web comes next
    web:
      live: blue
      canary:
# tail
"""


def diff(text: str, key: str, value: object) -> list[str]:
    """The lines that go and come when a key below the services is set."""
    after = edited(text, ["config", "switchyard:services", *key.split(".")], value)
    lines = difflib.unified_diff(text.splitlines(), after.splitlines(), lineterm="", n=0)
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


@pytest.mark.parametrize(
    ("key", "value", "lines"),
    [
        ("api.live", "blue", ["-      live: green", "+      live: blue"]),
        (
            "api.canary.percent",
            10,
            ["-      canary: {color: green, percent: 0} # end", "+      canary: {color: green, percent: 10} # end"],
        ),
        ("api.previous", None, ["-      previous: blue"]),
        ("api.green.capacity.hold", None, ["-          hold: 3"]),
        (
            "api.blue.capacity.hold",
            None,
            ["-        capacity: {min: 2, max: 4, hold: 3}", "+        capacity: {min: 2, max: 4}"],
        ),
        ("api.green.capacity.min", 3, ["-          min: 2", "+          min: 3"]),
        ("web.previous", "green", ["+      previous: green"]),
        ("web.canary.percent", 5, ["-      canary:", "+      canary: {percent: 5}"]),
        ("api.live", "green", []),
        ("web.previous", None, []),
        ("web.blue.capacity.hold", None, []),
    ],
)
def test_an_edit_changes_its_own_line_and_no_other(key: str, value: object, lines: list[str]) -> None:
    """Comments before, behind and after a key stay where they are."""
    assert diff(TEXT, key, value) == lines


def test_a_new_key_stands_beside_its_like() -> None:
    """`previous` after `live`, `hold` after `max`, above the comment that belongs to the next key."""
    bare = edited(TEXT, ["config", "switchyard:services", "api", "green", "capacity", "hold"], None)
    bare = edited(bare, ["config", "switchyard:services", "api", "previous"], None)
    held = edited(bare, ["config", "switchyard:services", "api", "green", "capacity", "hold"], 3)
    assert edited(held, ["config", "switchyard:services", "api", "previous"], "blue") == TEXT


def test_a_new_key_of_no_known_place_goes_to_the_end() -> None:
    """As `irreversible` of a color."""
    assert diff(TEXT, "api.blue.irreversible", value=True) == ["+        irreversible: true"]


def test_a_file_without_a_last_newline_gains_whole_lines() -> None:
    """The new line is a line of its own."""
    assert edited("api:\n  live: blue", ["api", "previous"], "green") == "api:\n  live: blue\n  previous: green\n"


@pytest.mark.parametrize("stack", ["staging", "prod"])
def test_the_committed_files_come_back_as_they_were(stack: str) -> None:
    """Set and removed again, to the byte."""
    text = (ROOT / f"Pulumi.{stack}.yaml").read_text(encoding="utf-8")
    service = ["config", "switchyard:services", "api"]
    keys = ([*service, "blue", "capacity", "hold"], [*service, "previous"])
    changed = text
    for key, value in zip(keys, (3, "green"), strict=True):
        changed = edited(changed, key, value)
    assert changed != text
    for key in keys:
        changed = edited(changed, key, None)
    assert changed == text
