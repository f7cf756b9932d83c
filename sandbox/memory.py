"""Whether the engine's state of a stack still describes the emulator, which forgets everything when it ends."""

import json
import shutil
from pathlib import Path
from typing import Any

from sandbox.files import write_whole

PROJECT = "switchyard"
PROVIDER_PREFIX = "pulumi:providers:"


class Memory:
    """The state folder of a sandbox (the engine's file backend) beside the emulator's lives."""

    def __init__(self, folder: Path) -> None:
        self._state = folder / "state" / ".pulumi"
        self._lives = folder / "lives.json"

    def lost(self, stack: str, generation: str) -> bool:
        """Tell whether the state lists resources that were not made in the life `generation` (empty: the emulator is not there)."""
        return self._has_resources(stack) and (not generation or self._recorded().get(stack) != generation)

    def remember(self, stack: str, generation: str) -> None:
        """Note that the stack's resources are made in this life."""
        lives = {**self._recorded(), stack: generation}
        write_whole(self._lives, json.dumps(lives))

    def forget(self, stack: str) -> None:
        """Remove the state and the locks of the stack, so that the next `up` builds all of it; its history stays."""
        path = self._path(stack)
        for leftover in (path, path.with_name(f"{path.name}.bak"), path.with_name(f"{path.name}.attrs")):
            leftover.unlink(missing_ok=True)
        shutil.rmtree(self.locks(stack), ignore_errors=True)
        lives = {name: life for name, life in self._recorded().items() if name != stack}
        if self._lives.exists():
            self._lives.write_text(json.dumps(lives), encoding="utf-8")

    def damaged(self, stack: str) -> bool:
        """Tell whether the state is no state any more: a full disk cuts it short, and the engine's own copy of it may be an older one."""
        path = self._path(stack)
        return path.exists() and not _is_whole(path)

    def tidy(self, stack: str) -> None:
        """Remove the records of the engine's history that a full disk has cut short: with one of them it cannot read the others."""
        for record in (self._state / "history" / PROJECT / stack).glob("*.history.json"):
            if not _is_whole(record):
                record.unlink(missing_ok=True)

    def stamp(self, stack: str) -> tuple[int, int]:
        """Tell one state of the stack from the next without reading it; zeros when there is none."""
        path = self._path(stack)
        told = path.stat() if path.exists() else None
        return (told.st_mtime_ns, told.st_ino) if told else (0, 0)

    def resources(self, stack: str) -> list[dict[str, Any]]:
        """Read the resources of the state, as the engine keeps them."""
        path = self._path(stack)
        latest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["checkpoint"].get("latest") or {} if path.exists() else {}
        return list(latest.get("resources") or ())

    def locks(self, stack: str) -> Path:
        """Return the folder in which the engine locks a stack, a file a lock."""
        return self._state / "locks" / "organization" / PROJECT / stack

    def _path(self, stack: str) -> Path:
        return self._state / "stacks" / PROJECT / f"{stack}.json"

    def _recorded(self) -> dict[str, str]:
        """Read the life in which each stack's resources were made."""
        lives: dict[str, str] = json.loads(self._lives.read_text(encoding="utf-8")) if self._lives.exists() else {}
        return lives

    def _has_resources(self, stack: str) -> bool:
        """Tell whether the state lists anything that stands in the cloud, or that may: an unfinished creation counts."""
        path = self._path(stack)
        latest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["checkpoint"].get("latest") or {} if path.exists() else {}
        pending = [operation["resource"] for operation in latest.get("pending_operations") or ()]
        resources = [*(latest.get("resources") or ()), *pending]
        return any(each.get("custom") and not each["type"].startswith(PROVIDER_PREFIX) for each in resources)


def _is_whole(path: Path) -> bool:
    try:
        return bool(json.loads(path.read_text(encoding="utf-8")))
    except ValueError:
        return False
