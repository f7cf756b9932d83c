"""The sandbox's own copy of a stack file, so that the tracked one never gains a rehearsed flip, a sandbox's salt or an emulated id."""

import hashlib
import io
import json
from collections.abc import Iterator, MutableMapping, MutableSequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml.error import YAMLError

from ops.errors import BadInputError
from ops.yaml_edit import round_trip
from sandbox.files import write_whole
from sandbox.seed import AccountFacts, facts_from

ENGINE_KEYS = ("secretsprovider", "encryptedkey", "encryptionsalt")
"""What the engine writes into a stack file to decrypt its secrets: each side keeps its own."""

PLACEHOLDER = "sandbox-placeholder"
"""Stands for every encrypted value: its key is not here, and must not be."""


@dataclass(frozen=True)
class StackCopy:
    """A stack as the sandbox runs it."""

    name: str
    project: Path
    """Working folder for the engine: holds the copies of Pulumi.yaml and of the stack file."""
    path: Path
    """The copy of the stack file; commands edit this one."""
    facts: AccountFacts
    """What the file takes as given."""
    notice: str
    """What the operator has to be told about this copy; mostly empty."""


def open_copy(project: Path, stack: str, source: Path) -> StackCopy:
    """Copy Pulumi.yaml and the stack file of the checkout at `source`, or keep the copy where the tracked file has not changed since.

    A tracked file that has changed wins, and the notice says so. A BadInputError names a file that is missing or no YAML.
    """
    project.mkdir(parents=True, exist_ok=True)
    _copy_project(project, source)
    tracked, copy = source / f"Pulumi.{stack}.yaml", project / f"Pulumi.{stack}.yaml"
    text = _read(tracked, stack, source)
    record = _record(project, stack)
    known = json.loads(record.read_text(encoding="utf-8")) if record.exists() and copy.exists() else {}
    if known.get("source") == _digest(text):
        return StackCopy(stack, project, copy, facts_from(_parse(copy)), "")
    document = _parse(tracked)
    _make_presentable(document)
    pristine = _digest(_values(document))
    notice = _notice(tracked, copy, known) if known else ""
    if copy.exists():
        _carry_over(_parse(copy), document)
    _write(copy, document)
    record.write_text(json.dumps({"source": _digest(text), "values": pristine}), encoding="utf-8")
    return StackCopy(stack, project, copy, facts_from(document), notice)


def discard_copy(project: Path, stack: str) -> None:
    """Drop the copy and what was known of its source: the next one starts from the tracked file, with nothing rehearsed in it."""
    for path in (project / f"Pulumi.{stack}.yaml", _record(project, stack)):
        path.unlink(missing_ok=True)


def _record(project: Path, stack: str) -> Path:
    """Return where the copy's source is noted."""
    return project / f".{stack}.source.json"


def _copy_project(project: Path, source: Path) -> None:
    """Copy Pulumi.yaml without its backend: the sandbox's state lies in the sandbox, whatever the project says."""
    tracked = source / "Pulumi.yaml"
    if not tracked.exists():
        raise BadInputError(f"There is no {tracked}.", "Run the command in a checkout of the project.")
    document = _parse(tracked)
    document.pop("backend", None)
    _write(project / "Pulumi.yaml", document)


def _read(tracked: Path, stack: str, source: Path) -> str:
    """Read the text of the tracked stack file."""
    if tracked.exists():
        return tracked.read_text(encoding="utf-8")
    known = sorted(path.name.split(".")[1] for path in source.glob("Pulumi.?*.yaml"))
    raise BadInputError(f"There is no stack {stack!r}: {tracked} is missing.", f"Name one of: {', '.join(known) or 'none is here yet'}.")


def _notice(tracked: Path, copy: Path, known: dict[str, str]) -> str:
    """Say that the tracked file wins over the copy."""
    edited = _digest(_values(_parse(copy))) != known["values"]
    dropped = " What was changed in the sandbox's copy is dropped." if edited else ""
    return f"{tracked.name} has changed since the sandbox copied it: the tracked file is taken.{dropped}"


def _make_presentable(document: MutableMapping[str, Any]) -> None:
    """Take out what only the real stack can decrypt."""
    for key in ENGINE_KEYS:
        document.pop(key, None)
    for parent, key in list(_encrypted(document)):
        parent[key] = PLACEHOLDER


def _encrypted(node: Any) -> Iterator[tuple[Any, Any]]:
    """Find container and key of every `secure:` value below `node`."""
    items: Any = ()
    if isinstance(node, MutableMapping):
        items = node.items()
    elif isinstance(node, MutableSequence):
        items = enumerate(node)
    for key, value in items:
        if isinstance(value, MutableMapping) and list(value) == ["secure"] and isinstance(value["secure"], str):
            yield node, key
        else:
            yield from _encrypted(value)


def _carry_over(old: MutableMapping[str, Any], new: MutableMapping[str, Any]) -> None:
    """Keep what the sandbox's engine wrote: without its salt the secrets in its state could not be read again."""
    for key in ENGINE_KEYS:
        if key in old:
            new[key] = old[key]


def _values(document: MutableMapping[str, Any]) -> str:
    """Spell the content of a stack file apart from its layout and the engine's own lines."""
    return json.dumps({key: value for key, value in document.items() if key not in ENGINE_KEYS}, sort_keys=True, default=str)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _parse(path: Path) -> MutableMapping[str, Any]:
    """Read the document of a file; a BadInputError says where it is no YAML mapping."""
    try:
        document = round_trip().load(path.read_text(encoding="utf-8"))
    except YAMLError as error:
        raise BadInputError(f"{path} is no YAML: {error}", "Correct the file and run the command again.") from error
    if not isinstance(document, MutableMapping):
        raise BadInputError(f"{path} holds no settings: its top level must be a mapping.", "Correct the file and run the command again.")
    return document


def _write(path: Path, document: MutableMapping[str, Any]) -> None:
    """Write the file at once, and only when that changes it."""
    text = io.StringIO()
    round_trip().dump(document, text)
    if path.exists() and path.read_text(encoding="utf-8") == text.getvalue():
        return
    write_whole(path, text.getvalue())
