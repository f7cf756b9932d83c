"""Whose lock stands in the way, and when it goes."""

import os
import pwd
import socket
from collections.abc import Callable

import pytest
from pulumi.automation import CommandResult
from pulumi.automation.errors import ConcurrentUpdateError

from ops.errors import EngineError
from ops.locks import held, past_locks

ME, HERE = pwd.getpwuid(os.getuid()).pw_name, socket.gethostname()
NO_SUCH_PROCESS = 2**22 + 1


def refusal(user: str, host: str, pid: int) -> ConcurrentUpdateError:
    """The engine's words."""
    told = (
        f"error: the stack is currently locked by 1 lock(s).\n  s3://b/x.json: created by {user}@{host} (pid {pid}) at 2026-01-01T00:00:00Z"
    )
    return ConcurrentUpdateError(CommandResult(stdout="", stderr=told, code=255))


class Engine:
    """Refuses until its lock is cancelled."""

    def __init__(self, error: ConcurrentUpdateError) -> None:
        self.error: ConcurrentUpdateError | None = error

    def work(self) -> str:
        """An operation."""
        if self.error:
            raise self.error
        return "done"

    def cancel(self) -> None:
        """Drop the lock."""
        self.error = None


def test_a_refusal_names_its_owner() -> None:
    """User, host, process and time, also of a user whose name has an @."""
    [lock] = held(str(refusal("ada@example.com", "laptop", 4711)))
    assert str(lock) == "ada@example.com@laptop, process 4711, since 2026-01-01T00:00:00Z"
    assert not lock.gone


def test_the_lock_of_a_process_that_is_gone_is_dropped_and_said(capsys: pytest.CaptureFixture[str]) -> None:
    """It ran on this host, as this user, and has ended."""
    engine = Engine(refusal(ME, HERE, NO_SUCH_PROCESS))
    assert past_locks(engine.work, engine.cancel, breaking=False, options="-s prod") == "done"
    assert "dropping the lock of an update whose process is gone" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("user", "host", "pid", "hint"),
    [
        (ME, HERE, os.getpid(), f"`ps -p {os.getpid()}` shows it"),
        (ME, "another", NO_SUCH_PROCESS, "run this command again with --break-lock (-s prod)"),
        ("ada", HERE, NO_SUCH_PROCESS, "run this command again with --break-lock (-s prod)"),
    ],
    ids=["it runs", "another host", "another user"],
)
def test_a_lock_that_may_be_held_stays(user: str, host: str, pid: int, hint: str) -> None:
    """Its owner is named, and the way past it."""
    engine = Engine(refusal(user, host, pid))
    with pytest.raises(EngineError) as caught:
        past_locks(engine.work, engine.cancel, breaking=False, options="-s prod")
    assert f"{user}@{host}, process {pid}" in caught.value.message
    assert hint in caught.value.next_step
    assert engine.error


def test_a_lock_is_broken_when_told_to(capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever holds it is named."""
    engine = Engine(refusal("ada", "another", 4711))
    assert past_locks(engine.work, engine.cancel, breaking=True, options="") == "done"
    assert "! breaking the lock of ada@another, process 4711" in capsys.readouterr().err


def test_a_lock_that_comes_back_is_told() -> None:
    """Somebody was faster."""
    engine = Engine(refusal(ME, HERE, NO_SUCH_PROCESS))
    nothing: Callable[[], None] = lambda: None  # noqa: E731 -- a cancel that does not help
    with pytest.raises(EngineError, match="Another update is under way"):
        past_locks(engine.work, nothing, breaking=False, options="")
