"""Edits of a YAML text that leave all the rest as it stands: comments, order, quotes, indentation.

The text is parsed into nodes that know where they begin and end, and only the characters of the one value or entry are replaced. The
result is read again and must be the old data with the one change.
"""

import contextlib
import io
import itertools
import json
import re
from collections.abc import Sequence
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.composer import Composer
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import AliasEvent
from ruamel.yaml.nodes import CollectionNode, MappingNode, ScalarNode, SequenceNode

AFTER = {"canary": "live", "hold": "max", "previous": "live"}
"""The key that a new one follows in its mapping; any other goes to the end."""

COLON = re.compile(r"(?:\s*:)?")
TAIL = re.compile(r"[ \t]*,?[ \t]*(?:#.*)?")
"""What goes with an entry: the comma and the comment behind it."""

Splice = tuple[int, int, str]
"""First character to replace, the one behind the last, and the new text."""


def edited(text: str, path: Sequence[str], value: Any) -> str:
    """The text with the leaf at `path` set, or removed (None); the same text when that changes nothing.

    Mappings that are missing on the way, or empty, are made. What cannot be written in place, such as a value that aliases share, is
    written by the YAML library, which lays the whole document out anew. Raises YAMLError when the text is no YAML.
    """
    before = _read(text)
    after = _changed(before, path, json.loads(json.dumps(value)))
    if after == before:
        return text
    attempts = (write(text, path[:depth], after) for depth in range(len(path), 0, -1) for write in (_spliced, _dumped))
    return next(attempt for attempt in attempts if _holds(attempt, after))


def round_trip() -> YAML:
    """A reader and writer that keeps comments, order and quotes."""
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 4096
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


class _Places(Composer):
    """Composes each node where it stands in the text: an alias is a leaf, not the distant node that it names."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        """The node that begins at the parser's next event."""
        if not self.parser.check_event(AliasEvent):
            return super().compose_node(parent, index)
        event = self.parser.get_event()
        return ScalarNode("alias", event.anchor, event.start_mark, event.end_mark)


def _read(text: str, version: tuple[int, int] = (1, 2)) -> Any:
    yaml = YAML(typ="safe", pure=True)
    yaml.version = version
    return yaml.load(text)


def _holds(text: str, data: Any, version: tuple[int, int] = (1, 2)) -> bool:
    try:
        return bool(_read(text, version) == data)
    except (YAMLError, ValueError, KeyError):  # the last two: what looks like a date, a number or a tag and is none
        return False


def _changed(place: Any, path: Sequence[str], value: Any) -> Any:
    """A copy of the data with the one change."""
    first, *rest = path
    known = place or {}
    if value is None and first not in known:
        return place
    if value is None and not rest:
        return {key: inner for key, inner in known.items() if key != first}
    return {**known, first: _changed(known.get(first), rest, value) if rest else value}


def _dumped(text: str, path: Sequence[str], after: Any) -> str:
    yaml, written = round_trip(), io.StringIO()
    document = place = yaml.load(text)
    for part in path:
        mapping, place, after = place, place.get(part), after.get(part)
        if not isinstance(place, dict):
            break
    if after is None:
        with contextlib.suppress(KeyError):  # the key came in by a merge, or goes out by one
            del mapping[part]
    else:
        mapping[part] = after
    yaml.dump(document, written)
    return written.getvalue()


def _spliced(text: str, path: Sequence[str], after: Any) -> str:
    """The text with what `after` holds at the path written in place; a mapping that loses its last key is written as an empty one."""
    yaml = YAML(typ="safe", pure=True)
    yaml.Composer = _Places
    text = text.removesuffix("\n") + "\n"
    node = yaml.compose(text)
    for part in path:
        mapping, after = node, after.get(part)
        index = next((index for index, (key, _) in enumerate(mapping.value) if key.value == part), None)
        if index is None:
            break
        node = mapping.value[index][1]
        if not after or not isinstance(node, MappingNode):
            break
    if index is None:
        start, end, new = _insertion(text, mapping, part, after)
    elif after is None:
        start, end, new = _removal(text, mapping, index)
    else:
        start, end, new = _replacement(text, after, *mapping.value[index])
    return text[:start] + new + text[end:]


def _insertion(text: str, mapping: MappingNode, key: str, value: Any) -> Splice:
    names = [name.value for name, _ in mapping.value]
    entry = f"{_flow(key)}: {_flow(value)}"
    if not names:
        start = mapping.start_mark.index + 1
        return start, start, entry
    neighbor = names.index(AFTER[key]) if AFTER.get(key) in names else -1
    end = _end(text, *mapping.value[neighbor])
    if mapping.flow_style:
        return end, end, f", {entry}"
    end = text.index("\n", end)
    return end, end, "\n" + " " * mapping.value[0][0].start_mark.column + entry


def _removal(text: str, mapping: MappingNode, index: int) -> Splice:
    """An entry that stands alone on its lines takes them along; any other goes with one comma."""
    start, end = mapping.value[index][0].start_mark.index, _end(text, *mapping.value[index])
    line, tail = text.rfind("\n", 0, start) + 1, _past(TAIL, text, end)
    if text[tail] == "\n" and not text[line:start].strip():
        return line, tail + 1, ""
    previous = _end(text, *mapping.value[index - 1])
    return (previous, end, "") if index and "\n" not in text[previous:start] else (start, tail, "")


def _replacement(text: str, value: Any, key: ScalarNode, old: Any) -> Splice:
    end = _end(text, key, old)
    start = min(old.start_mark.index, end)
    quote = getattr(old.value[0] if isinstance(old, SequenceNode) and old.value else old, "style", None)
    if not isinstance(old, CollectionNode) or old.flow_style:
        return start, end, " " * (text[start - 1] == ":") + _flow(value, quote)
    line_end = text.index("\n", end)
    if isinstance(old, SequenceNode) and isinstance(value, list) and value:
        kept = sum(1 for _ in itertools.takewhile(lambda pair: pair[0].value == pair[1], zip(old.value, value, strict=False)))
        start = text.rfind("\n", 0, old.value[kept].start_mark.index) if kept < len(old.value) else line_end
        return start, line_end, "".join(f"\n{' ' * old.start_mark.column}- {_flow(item, quote)}" for item in value[kept:])
    start = _past(COLON, text, key.end_mark.index)
    behind, *_ = text[start:].partition("\n")
    return start, line_end, f" {_flow(value, quote)}{behind}"


def _end(text: str, key: ScalarNode | None, value: Any) -> int:
    """Where a value ends; by the parser a block reaches up to what follows it, and an empty value stands there."""
    while isinstance(value, CollectionNode) and not value.flow_style:
        key, value = value.value[-1] if isinstance(value, MappingNode) else (None, value.value[-1])
    start, end = value.start_mark.index, value.end_mark.index
    if key and start == end:
        return _past(COLON, text, key.end_mark.index)
    return int(start) + len(text[start:end].rstrip())


def _past(pattern: re.Pattern[str], text: str, start: int) -> int:
    """Where the pattern, which may match nothing, ends when it begins here."""
    return next(pattern.finditer(text, start)).end()


def _flow(value: Any, quote: str | None = None) -> str:
    """A value in one line, its words in the given quotes or, where that is safe, in none."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_flow(key)}: {_flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(item, quote) for item in value) + "]"
    if not isinstance(value, str):
        return json.dumps(value)
    double = "".join(char if char.isprintable() else f"\\U{ord(char):08x}" for char in json.dumps(value, ensure_ascii=False))
    spellings = {"'": "'" + value.replace("'", "''") + "'", '"': double}.get(quote or "", value), value
    return next((word for word in spellings if value.isprintable() and _is_word(word, value)), double)


def _is_word(spelling: str, value: str) -> bool:
    """Whether readers of YAML 1.1, to whom `yes` is none, get it too, in a line of its own and among others."""
    return all(_holds(text, [value], version) for text in (f"- {spelling}", f"[{spelling}]") for version in ((1, 2), (1, 1)))
