"""Edits of YAML: what is not edited stays, to the last comment."""

import copy
import difflib
import functools
import io
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as some
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedSeq
from yaml import safe_load

from ops.yaml_edit import edited, round_trip
from settings_types import Color
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


SERVICES = ("config", "switchyard:services")


def diff(text: str, key: str, value: object) -> list[str]:
    """The lines that go and come when a key below the services is set."""
    after = edited(text, [*SERVICES, *key.split(".")], value)
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


@pytest.mark.parametrize("stack", ["staging", "prod", "recovery"])
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


LOOSE = """\
config:
    switchyard:services:
        api:
            paths:
            - "/api/*" # four at most
            # the second
            - '/v2/*'
            uses: [database,
                   redis]
            live:   "green"   # which color
            canary:
            note: |
              two
              lines

            # below the note
            capacity: { # at night too
                min: 3, # the least
                # the most
                'max': 12,
                hold: 5
            }
            env: {"A":'b'}
            blue: {image: 'a@sha256:1', capacity: {min: 2 , max: 4,},}
            zones:   # of three
                - a # first
                - b # last
            green:   # stands by
                capacity:
                    min: 2 # two
"""
"""Indented by four, lists not at all, and every kind of value in every style."""


@pytest.mark.parametrize(
    ("key", "value", "lines"),
    [
        ("live", "blue", ['-live:   "green"   # which color', '+live:   "blue"   # which color']),
        ("canary", 5, ["-canary:", "+canary: 5"]),
        ("canary.percent", 5, ["-canary:", "+canary: {percent: 5}"]),
        ("capacity.min", 4, ["-    min: 3, # the least", "+    min: 4, # the least"]),
        ("capacity.max", 8, ["-    'max': 12,", "+    'max': 8,"]),
        ("capacity.min", None, ["-    min: 3, # the least"]),
        ("capacity.max", None, ["-    'max': 12,"]),
        ("capacity.hold", None, ["-    hold: 5"]),
        ("capacity.step", 2, ["-    hold: 5", "+    hold: 5, step: 2"]),
        ("env.A", "c", ["-env: {\"A\":'b'}", "+env: {\"A\": 'c'}"]),
        ("env.A", None, ["-env: {\"A\":'b'}", "+env: {}"]),
        ("env.B", "c", ["-env: {\"A\":'b'}", "+env: {\"A\":'b', B: c}"]),
        ("note", "one", ["-note: |", "-  two", "-  lines", "+note: one"]),
        ("note", None, ["-note: |", "-  two", "-  lines"]),
        ("paths", ["/v3"], ['-- "/api/*" # four at most', "-# the second", "-- '/v2/*'", '+- "/v3"']),
        ("paths", ["/api/*", "/v3"], ["-- '/v2/*'", '+- "/v3"']),
        ("zones", ["a", "c"], ["-    - b # last", "+    - c"]),
        ("zones", ["a", "b", "1"], ['+    - "1"']),
        ("zones", ["a"], ["-    - b # last"]),
        ("zones", [], ["-zones:   # of three", "-    - a # first", "-    - b # last", "+zones: []   # of three"]),
        ("uses", ["redis"], ["-uses: [database,", "-       redis]", "+uses: [redis]"]),
        ("green.capacity.min", 3, ["-        min: 2 # two", "+        min: 3 # two"]),
        ("green.capacity.hold", 3, ["+        hold: 3"]),
        ("green.canary", {"color": "blue"}, ["+    canary: {color: blue}"]),
        ("green.capacity.min", None, ["-    capacity:", "-        min: 2 # two", "+    capacity: {}"]),
        ("green.capacity", {"max": 4}, ["-    capacity:", "-        min: 2 # two", "+    capacity: {max: 4}"]),
        ("green.image", "a", ["+    image: a"]),
        ("previous", "blue", ["+previous: blue"]),
    ],
)
def test_an_edit_leaves_the_author_s_layout_alone(key: str, value: object, lines: list[str]) -> None:
    """Four columns, lists that are not indented, mappings over several lines: only what is edited changes."""
    assert [line[0] + line[13:] for line in diff(LOOSE, f"api.{key}", value)] == lines


@pytest.mark.parametrize(
    ("before", "key", "value", "after"),
    [
        ("{min: 3, max: 12, hold: 5}", "min", None, "{max: 12, hold: 5}"),
        ("{min: 3, max: 12, hold: 5}", "max", None, "{min: 3, hold: 5}"),
        ("{min: 3, max: 12, hold: 5}", "hold", None, "{min: 3, max: 12}"),
        ("{ min: 3, max: 12, }", "max", None, "{ min: 3, }"),
        ("{ min: 3 }", "min", None, "{}"),
        ("{min: 3, max: 12, step: 1}", "hold", 5, "{min: 3, max: 12, hold: 5, step: 1}"),
        ("{min: 3}", "hold", 5, "{min: 3, hold: 5}"),
        ("{ min: 3, }", "hold", 5, "{ min: 3, hold: 5, }"),
        ("{}", "hold", 5, "{hold: 5}"),
        ("{max: , min: 3}", "max", 5, "{max: 5 , min: 3}"),
        ("{min: 3, # least\n  max: 12}", "max", None, "{min: 3, # least\n  }"),
        ("{min: 3, # least\n  # most\n  max: 12}", "min", None, "{\n  # most\n  max: 12}"),
        ("{min: 3, max: 12, # both\n  hold: 5}", "max", None, "{min: 3, # both\n  hold: 5}"),
        ("{min: 3,\n  max: 12, hold: 5}", "max", None, "{min: 3,\n  hold: 5}"),
        ("{\n  min: 3, # least\n}", "hold", 5, "{\n  min: 3, hold: 5, # least\n}"),
    ],
)
def test_an_entry_comes_and_goes_in_a_line(before: str, key: str, value: object, after: str) -> None:
    """With its comma, and without the comments of its neighbors."""
    assert edited(f"a:\n- b\nc: {before} # end\n", ["c", key], value) == f"a:\n- b\nc: {after} # end\n"


@pytest.mark.parametrize(
    ("word", "written"),
    [
        ("green", "green"),
        ("123456789012.dkr.ecr.eu-west-1.amazonaws.com/api@sha256:5d", "123456789012.dkr.ecr.eu-west-1.amazonaws.com/api@sha256:5d"),
        *((word, f'"{word}"') for word in ("", " ", "123456789012", "1.0", "1e3", "0o17", "1:30", "2026-01-31", "1_000")),
        *((word, f'"{word}"') for word in ("yes", "No", "on", "true", "null", "~", "<<", "=", "a: b", "a:", "a # b", "#", "- a", "?")),
        *((word, f'"{word}"') for word in ("/api/*]", "*", "&a", "!a", "[a", "{a}", "a, b", "'a'", "@a", "`a", "%a", "|", ">")),
        *((word, f'"{word}"') for word in ("2026-13-01", "0b_", "!!int a", "!!bool a", "it's, well")),
        ('say "no", twice', r'"say \"no\", twice"'),
        ("two\nlines", r'"two\nlines"'),
        ("a\u2028b", r'"a\U00002028b"'),
        ("\U0001f600\x94", '"\U0001f600\\U00000094"'),
        ("grün", "grün"),
    ],
)
def test_a_word_is_quoted_where_yaml_would_read_something_else(word: str, written: str) -> None:
    """In a block and in a line alike, and for readers of either version."""
    assert edited("a: x # x\n", ["a"], word) == f"a: {written} # x\n"
    assert edited("a: {b: x}\n", ["a", "b"], word) == f"a: {{b: {written}}}\n"
    assert safe_load(edited("a: {b: x}\n", ["a", "b"], word)) == {"a": {"b": word}}


@pytest.mark.parametrize(
    ("old", "value", "new"),
    [
        ('"x"', "green", '"green"'),
        ("'x'", "it's", "'it''s'"),
        ("'x'", "two\nlines", r'"two\nlines"'),
        ('"3"', "4", '"4"'),
        ('"3"', 4, "4"),
        ("3", "4", '"4"'),
        ("x", True, "true"),
        ("x", 0.5, "0.5"),
        ('["x", y]', ["a", "b"], '["a", "b"]'),
        ("[x]", ("a", "1"), '[a, "1"]'),
        ("x", Color.GREEN, "green"),
        ("x", {"a": None, "b": [1, "1"]}, '{a: null, b: [1, "1"]}'),
        ("{a: {b: 1}}", {}, "{}"),
        ("!!str 3", "x", "x"),
    ],
)
def test_a_value_keeps_the_quotes_of_the_one_before(old: str, value: object, new: str) -> None:
    """As far as they can hold it."""
    assert edited(f"k:\n-   i\na: {old}   # x\n", ["a"], value) == f"k:\n-   i\na: {new}   # x\n"


def test_an_entry_that_holds_nothing_is_removed_too() -> None:
    """The line `previous:` is no reason to keep it."""
    assert diff(TEXT, "web.canary", None) == ["-      canary:"]


def test_an_alias_gives_way_to_what_it_stood_for() -> None:
    """The anchor keeps its value, and so do the others that name it."""
    text = "a: &a {min: 1, max: 2} # a\nb: *a # b\nc: *a\n"
    assert edited(text, ["b", "min"], 3) == "a: &a {min: 1, max: 2} # a\nb: {min: 3, max: 2} # b\nc: *a\n"


@pytest.mark.parametrize("key", ["a.b.min", "a.b", "c.min", "d.k", "d.max"])
@pytest.mark.parametrize("value", [3, None])
def test_what_is_shared_changes_in_one_place_only(key: str, value: int | None) -> None:
    """Even where that takes another layout: an anchor that is edited, a key that a merge brings in."""
    text = "a: # a\n    b: &b {min: 1, max: 2}\n    c: [1]\nc: *b # c\nd:\n    <<: *b\n    k: 1 # k\n"
    after = edited(text, key.split("."), value)
    assert read(after) == changed(read(text), key.split("."), value)
    assert "# a\n" in after


@pytest.mark.parametrize("value", [3, None])
@pytest.mark.parametrize("text", ["a: {b, c: 1}\n", "a:\n  ? b\n  : 1\n", "a: {c: }\n", "a: {b: 1\n  , c: 1}\n", "a: !!map {b: &b 1}\n"])
def test_a_shape_that_cannot_be_edited_as_text_is_still_edited(text: str, value: int | None) -> None:
    """It is rare enough to be laid out anew."""
    assert read(edited(text, ["a", "b"], value)) == changed(read(text), ["a", "b"], value)


def restyled(text: str, *indent: int, flow: bool) -> str:
    """The same data as another author would lay them out, with comments everywhere."""
    style, written = round_trip(), io.StringIO()
    style.indent(*indent)
    document = style.load(text)
    if not flow:
        block(document)
    style.dump(document, written)
    lines = written.getvalue().replace("{", "{\n          ").replace(", max", ",\n          max").splitlines()
    return "".join(f"{line} # {number}\n{' ' * (number % 9)}# above {number}\n" for number, line in enumerate(lines))


def block(node: Any) -> None:
    """Lay out every collection in lines of its own."""
    if isinstance(node, dict | list):
        if node:
            node.fa.set_block_style()  # type: ignore[union-attr]  # the YAML library's own mappings and lists
        for inner in node.values() if isinstance(node, dict) else node:
            block(inner)


COMMITTED = [(ROOT / f"Pulumi.{stack}.yaml").read_text(encoding="utf-8") for stack in ("staging", "prod", "recovery")]
LAYOUTS = [
    *COMMITTED,
    *(
        restyled(text, *indent, flow=flow)
        for text in COMMITTED
        for flow in (True, False)
        for indent in ((2, 4, 2), (2, 2, 0), (4, 2, 0), (4, 6, 4))
    ),
]
WORDS = some.text() | some.sampled_from(["green", "123456789012", "yes", "1.0", "null", "a: b", "a # b", "", "eu-west-1a"])
SCALARS = WORDS | some.integers() | some.booleans()
VALUES = SCALARS | some.none() | some.lists(WORDS, max_size=3) | some.dictionaries(WORDS, SCALARS, max_size=3)


def read(text: str) -> Any:
    """The data of a text."""
    return YAML(typ="safe").load(text)


def changed(data: Any, path: Sequence[str], value: Any) -> Any:
    """The data with one change."""
    fresh: Any = {key: copy.deepcopy(inner) for key, inner in data.items()}
    *way, leaf = path
    place = functools.reduce(lambda mapping, part: mapping[part], way, fresh)
    if value is None:
        place.pop(leaf, None)
    else:
        place[leaf] = value
    return fresh


def entries(place: Any, path: tuple[str, ...] = (), lines: tuple[int, ...] = ()) -> Iterator[tuple[tuple[str, ...], int, int]]:
    """The path of each value that is no mapping, and the first and last line that an edit of it may touch."""
    for key, value in place.items():
        line = place.lc.key(key)[0]
        first = lines[-1] if len(place) == 1 else line
        if isinstance(value, dict):
            yield from entries(value, (*path, key), (*lines, line))
        elif isinstance(value, CommentedSeq) and value:
            yield (*path, key), first, value.lc.item(len(value) - 1)[0]
        else:
            yield (*path, key), first, line


def touched(before: str, after: str) -> tuple[int, int, int]:
    """The first line that differs, how many go from there on, and how many come."""
    old, new = before.split("\n"), after.split("\n")
    shorter = min(len(old), len(new))
    same = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    tail = next((at for at in range(shorter - same) if old[-1 - at] != new[-1 - at]), shorter - same)
    return same, len(old) - same - tail, len(new) - same - tail


@functools.cache
def leaves(text: str) -> list[tuple[tuple[str, ...], int, int]]:
    """All entries of a stack file."""
    return list(entries(YAML().load(text)["config"], ("config",), (1,)))


@settings(deadline=None)
@given(some.data(), some.sampled_from(LAYOUTS), VALUES)
def test_any_value_changes_in_its_own_lines(data: some.DataObject, text: str, value: Any) -> None:
    """Set or removed, in the committed files and in other layouts of them; reading gives that one change."""
    path, first, last = data.draw(some.sampled_from(leaves(text)))
    after = edited(text, path, value)
    assert read(after) == changed(read(text), path, value)
    line, gone, come = touched(text, after)
    assert after == text or (first <= line and line + gone - 1 <= last)
    assert come <= max(1, len(value) if isinstance(value, list) else 0)


@settings(deadline=None)
@given(some.data(), some.sampled_from(LAYOUTS), SCALARS, some.sampled_from(["canary", "hold", "previous", "irreversible", "yes", "a: b"]))
def test_any_new_key_takes_one_line_and_leaves_no_trace(data: some.DataObject, text: str, value: Any, key: str) -> None:
    """Added and removed again: the text is what it was."""
    *way, _ = data.draw(some.sampled_from(leaves(text)))[0]
    path, before = [*way, key], read(text)
    assume(key not in functools.reduce(dict.__getitem__, way, before))
    after = edited(text, path, value)
    assert read(after) == changed(before, path, value)
    assert touched(text, after)[1:] in {(0, 1), (1, 1)}
    assert edited(after, path, None) == text
