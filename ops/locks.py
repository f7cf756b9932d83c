"""The lock that the engine takes on a stack's state: whose it is, and whether its owner is gone and left it behind."""

import os
import pwd
import re
import socket
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar

from pulumi.automation.errors import ConcurrentUpdateError

from ops.console import progress, warn
from ops.errors import EngineError

HELD = re.compile(r"created by (?P<user>.+)@(?P<host>\S+) \(pid (?P<pid>\d+)\) at (?P<since>\S+)")
"""How the engine speaks of a lock in a file or S3 backend."""

T = TypeVar("T")


@dataclass(frozen=True)
class Lock:
    """A lock, by what its owner has written into it."""

    user: str
    host: str
    pid: int
    since: str

    def __str__(self) -> str:
        """`ada@laptop, process 4711, since 2026-01-01T00:00:00Z`."""
        return f"{self.user}@{self.host}, process {self.pid}, since {self.since}"

    @property
    def here(self) -> bool:
        """Whether it was taken on this host, by this user: two machines may share a name, and their users seldom do as well."""
        return (self.user, self.host) == (_user(), socket.gethostname())

    @property
    def gone(self) -> bool:
        """Whether its owner ran here and has ended."""
        return self.here and not _runs(self.pid)


def held(message: str) -> list[Lock]:
    """The locks that the engine names in a refusal."""
    return [Lock(found["user"], found["host"], int(found["pid"]), found["since"]) for found in HELD.finditer(message)]


def past_locks(work: Callable[[], T], cancel: Callable[[], object], *, breaking: bool, options: str) -> T:
    """Do the work; where a lock keeps it out, drop that of a process that is gone, or break any if told to, and do it again.

    Raises EngineError that names the owner of a lock that stands.
    """
    try:
        return work()
    except ConcurrentUpdateError as error:
        locks = held(str(error))
        _let_past(locks, breaking=breaking, options=options)
    cancel()
    try:
        return work()
    except ConcurrentUpdateError as error:
        raise _kept_out(held(str(error)), options) from None


def _let_past(locks: Sequence[Lock], *, breaking: bool, options: str) -> None:
    """Say whose locks go; EngineError when they stay."""
    if breaking:
        warn(f"breaking the lock of {_owners(locks)}")
    elif locks and all(lock.gone for lock in locks):
        progress(f"dropping the lock of an update whose process is gone: {_owners(locks)}")
    else:
        raise _kept_out(locks, options) from None


def _kept_out(locks: Sequence[Lock], options: str) -> EngineError:
    if locks and all(lock.here for lock in locks):
        hint = f"Wait for it, then run this command again. `ps -p {locks[0].pid}` shows it; if that is no engine, add --break-lock."
    else:
        hint = f"Wait for it, or ask its owner. If that process has ended, run this command again with --break-lock ({options})."
    return EngineError(f"Another update is under way: {_owners(locks)}.", hint)


def _owners(locks: Sequence[Lock]) -> str:
    return "; ".join(map(str, locks)) or "the backend does not say whose"


def _user() -> str:
    with suppress(KeyError):
        return pwd.getpwuid(os.getuid()).pw_name
    return ""


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
