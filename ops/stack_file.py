"""The stack file as the commands edit it: comments and order stay, an edit is atomic, and it can be undone."""

import contextlib
import difflib
import os
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from ops.errors import BadInputError, RefusedError
from ops.yaml_edit import edited
from settings import NAMESPACE, Settings, parse
from settings_errors import SettingsError


@dataclass(frozen=True)
class Edit:
    """One edit of a stack file that was written, and the way back."""

    path: Path
    before: str
    after: str

    @property
    def diff(self) -> str:
        """What changed, as a reviewer would see it; empty when nothing did."""
        lines = difflib.unified_diff(
            self.before.splitlines(), self.after.splitlines(), f"a/{self.path.name}", f"b/{self.path.name}", lineterm="", n=1
        )
        return "\n".join(lines)

    def since(self, earlier: "Edit | None") -> "Edit":
        """This edit and an earlier one of the same file as one."""
        return replace(self, before=earlier.before) if earlier else self

    def undo(self) -> None:
        """Put the file back as it was; refuses when somebody else has edited it since."""
        if _read(self.path) != self.after:
            raise RefusedError(f"{self.path.name} was edited meanwhile and is left as it is.", "Look at it with `git diff`.")
        _replace(self.path, self.before)


class StackFile:
    """A `Pulumi.<stack>.yaml`, read anew at each call, since people edit it too."""

    def __init__(self, stack: str, path: Path) -> None:
        self.stack = stack
        self.path = path

    def settings(self) -> Settings:
        """The whole config as settings; raises BadInputError that lists every error."""
        return settings_of(self.stack, self._text(), self.path.name)

    def edit(self, changes: Mapping[str, Any]) -> Edit:
        """Set keys such as `services.api.live` (None removes one) and write the file, if the result is valid config.

        Nothing is written when it is not: the error is a BadInputError.
        """
        edit = self.check(changes)
        if edit.after != edit.before:
            _replace(self.path, edit.after)
        return edit

    def check(self, changes: Mapping[str, Any]) -> Edit:
        """The edit without writing it; a BadInputError when the result would be no valid config."""
        before = after = self._text()
        for key, value in changes.items():
            section, *rest = key.split(".")
            after = edited(after, ["config", f"{NAMESPACE}:{section}", *rest], value)
        settings_of(self.stack, after, self.path.name)
        return Edit(self.path, before, after)

    def _text(self) -> str:
        if not self.path.exists():
            known = sorted(path.name.split(".")[1] for path in self.path.parent.glob("Pulumi.?*.yaml"))
            hint = f"Name one of: {', '.join(known)}." if known else "No Pulumi.<stack>.yaml is there: copy the one of another checkout."
            raise BadInputError(f"There is no stack {self.stack!r}: {self.path.name} is missing.", hint)
        return _read(self.path)


@lru_cache(maxsize=8)
def settings_of(stack: str, text: str, name: str) -> Settings:
    """Settings from the text of a stack file; raises BadInputError that lists every error. A command asks for the same ones many times."""
    try:
        config = {str(key): value for key, value in YAML(typ="safe").load(text)["config"].items()}
    except (YAMLError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise BadInputError(f"{name} is no stack file: {error}", "It starts with `config:`; compare it with Pulumi.staging.yaml.") from None
    prefix = f"{NAMESPACE}:"
    values = {key.removeprefix(prefix): value for key, value in config.items() if key.startswith(prefix)}
    try:
        return parse(stack, config.get("aws:region", ""), values)
    except SettingsError as error:
        raise BadInputError(str(error), "Correct the file and run the command again.") from None


def _read(path: Path) -> str:
    """The text with its line ends as they are."""
    with path.open(encoding="utf-8", newline="") as stream:
        return stream.read()


def _replace(path: Path, text: str) -> None:
    """Write in one step: a reader sees the old file or the new one, and a full disk leaves the old one."""
    with _beside(path) as (fresh, descriptor):
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        fresh.chmod(path.stat().st_mode)
        fresh.replace(path)


@contextlib.contextmanager
def _beside(path: Path) -> Iterator[tuple[Path, int]]:
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        yield Path(name), descriptor
    finally:
        Path(name).unlink(missing_ok=True)
