"""Edits of a YAML text that leave all the rest as it stands: comments, order, quotes.

A mapping's own lines come and go as lines: the YAML library hangs the comments that follow a key on that key, and would take them with
it, or put a new key below them. Everything else it does well.
"""

import io
from collections.abc import Sequence
from typing import Any

from ruamel.yaml import YAML

AFTER = {"canary": "live", "hold": "max", "previous": "live"}
"""The key that a new one follows in its mapping; any other goes to the end."""


def edited(text: str, path: Sequence[str], value: Any) -> str:
    """The text with the leaf at `path` set, or removed (None); the same text when that changes nothing.

    Mappings that are missing on the way, or empty, are made.
    """
    yaml = round_trip()
    document = place = yaml.load(text)
    *way, leaf = path
    for depth, part in enumerate(way):
        if place.get(part) is None:
            if value is None:
                return text
            if part in place:
                return edited(_without_line(text, place, part), path, value)
            leaf, value = part, _nested(path[depth + 1 :], value)
            break
        place = place[part]
    if place.get(leaf) == value:
        return text
    if not place.fa.flow_style():
        if value is None:
            return _without_line(text, place, leaf)
        if leaf not in place and AFTER.get(leaf) in place:
            return _with_line(text, place, leaf, value)
    _set(place, leaf, value)
    written = io.StringIO()
    yaml.dump(document, written)
    return written.getvalue()


def round_trip() -> YAML:
    """A reader and writer that keeps comments, order and quotes."""
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 4096
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _nested(path: Sequence[str], value: Any) -> Any:
    return {path[0]: _nested(path[1:], value)} if path else value


def _set(place: Any, leaf: str, value: Any) -> None:
    if value is None:
        del place[leaf]
    else:
        place[leaf] = value


def _without_line(text: str, place: Any, leaf: str) -> str:
    lines = text.splitlines(keepends=True)
    del lines[place.lc.key(leaf)[0]]
    return "".join(lines)


def _with_line(text: str, place: Any, leaf: str, value: Any) -> str:
    lines = text.splitlines(keepends=True)
    line, column = place.lc.key(AFTER[leaf])
    lines[line] = lines[line].rstrip("\n") + "\n"
    lines.insert(line + 1, f"{' ' * column}{leaf}: {_flow(value)}\n")
    return "".join(lines)


def _flow(value: Any) -> str:
    """A value in one line; words and numbers are all that commands write."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(inner)}" for key, inner in value.items()) + "}"
    return str(value)
