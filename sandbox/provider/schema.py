"""What a resource type takes and gives. It is read from the SDK's classes once, and then from a file."""

import difflib
import functools
import hashlib
import importlib.metadata
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sandbox.files import write_whole
from sandbox.paths import ROOT
from sandbox.provider.kinds import Kind, kinds
from sandbox.provider.wire import UNKNOWN

Failure = tuple[str, str]
"""Property path and reason of an input that cannot be."""

KEPT = ROOT / ".switchyard" / "schemas"
"""A file for each type that a plugin was asked for, in a folder for each version of the SDK and of its reader."""

LOADING = threading.Lock()
"""The SDK loads its modules lazily, which does not bear several threads at once."""


@dataclass(frozen=True)
class Schema:
    """Properties of one resource type by Pulumi name, with their kinds."""

    token: str
    """Pulumi's name of the type, such as `aws:ec2/subnet:Subnet`."""
    inputs: Mapping[str, Kind]
    outputs: Mapping[str, Kind]
    required: frozenset[str]
    computed: frozenset[str]
    """Those that always have a value, whoever set it: AWS chooses when the program does not."""

    @property
    def taggable(self) -> bool:
        """Whether the provider's default tags reach it."""
        return "tags" in self.inputs and "tagsAll" in self.outputs

    def failures(self, inputs: Mapping[str, Any]) -> Iterator[Failure]:
        """Find inputs that the type does not have, at any depth, and required ones that are missing."""
        for name in sorted(self.required - {key for key, value in inputs.items() if value is not None}):
            yield name, f"Missing required property '{name}'"
        yield from _misfits({key: value for key, value in inputs.items() if key != "tagsAll"}, self.inputs, self.token, "")


def _misfits(values: Mapping[str, Any], types: Mapping[str, Kind], owner: str, at: str) -> Iterator[Failure]:
    for name, value in values.items():
        if name.startswith("__"):
            continue
        if name not in types:
            close = " or ".join(f"'{match}'" for match in difflib.get_close_matches(name, types))
            yield f"{at}{name}", f"{owner} has no property '{name}'" + (f": did you mean {close}?" if close else "")
        elif value is not None and value != UNKNOWN:
            yield from _unfit(value, types[name], f"{at}{name}")


def _unfit(value: Any, kind: Kind, at: str) -> Iterator[Failure]:
    """Failures of one value: a list where one thing is due, or the other way round, and what is wrong inside it."""
    if kind.form == "list":
        if not isinstance(value, list):
            yield at, f"expected a list, got {value!r}"
            return
        for index, item in enumerate(value):
            if item != UNKNOWN:
                yield from _unfit(item, kind.item, f"{at}[{index}]")
    elif kind.form in ("object", "map"):
        if not isinstance(value, dict):
            yield at, f"expected an object, got {value!r}"
        elif kind.form == "object":
            yield from _misfits(value, kind.members, kind.noun, f"{at}.")
    elif isinstance(value, dict | list) and kind.scalar:
        yield at, f"expected a single value, got {value!r}"


@functools.cache
def load(name: str) -> Schema:
    """Return the schema of a class by its Python name: `aws.ec2.Subnet`, `random.RandomPassword`."""
    told = _described(name)
    inputs, outputs = (kinds(told[part], told["classes"]) for part in ("inputs", "outputs"))
    return Schema(told["token"], inputs, outputs, frozenset(told["required"]), frozenset(told["computed"]))


def _described(name: str) -> Mapping[str, Any]:
    """What the SDK's class says, as `sdk.Described` has it; a file that cannot be read or written is done without."""
    file = KEPT / _edition(name.partition(".")[0]) / f"{name}.json"
    with suppress(OSError, ValueError):
        return dict(json.loads(file.read_text(encoding="utf-8")))
    with LOADING:
        from sandbox.provider import sdk  # noqa: PLC0415 -- what is done without when the file is there

        told = asdict(sdk.describe(name))
    with suppress(OSError):
        write_whole(file, json.dumps(told))
    return told


@functools.cache
def _edition(package: str) -> str:
    """What changes whenever a class would be described otherwise."""
    reader = b"".join(Path(__file__).with_name(module).read_bytes() for module in ("sdk.py", "kinds.py"))
    return f"{package}-{importlib.metadata.version(f'pulumi-{package}')}-{hashlib.sha256(reader).hexdigest()[:12]}"


def token(name: str) -> str:
    """Pulumi's token of a class, without importing it: plugins start several times per command."""
    package, *path, class_name = name.split(".")
    return f"{package}:{'/'.join(path) or 'index'}/{class_name[0].lower()}{class_name[1:]}:{class_name}"
