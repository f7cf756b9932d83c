"""What the engine says when it fails or is interrupted, in the words that an operator reads."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

from pulumi.automation.errors import CommandError

from ops.console import count
from ops.errors import EngineError
from ops.plan import Plan


@contextmanager
def as_engine_errors() -> Iterator[None]:
    """Tell a failing question to the engine in its own words."""
    try:
        yield
    except CommandError as error:
        raise EngineError(_first_line(error), "Run `switchyard doctor`; `pulumi whoami` shows if the backend answers.") from None


def cut_short(plan: Plan) -> str:
    """How far an operation had come when it was interrupted."""
    doing = [str(step) for step in plan.steps if step.urn not in plan.done]
    changed = f" Changed by then: {count(len(plan.done), 'resource')}." if plan.done else ""
    unknown = f" Perhaps done, perhaps not: {', '.join(doing)}." if doing else ""
    return f"Interrupted.{changed}{unknown}" if changed or unknown else "Interrupted. Nothing was changed."


def told_by(plan: Plan, error: CommandError) -> str:
    """What stopped an operation: errors, else violations, else what the engine printed last."""
    return "\n".join(plan.errors or map(str, plan.violations)) or _first_line(error)


def _first_line(error: CommandError) -> str:
    lines = [line.strip() for line in str(error).splitlines() if "error:" in line]
    return lines[0].removeprefix("stderr: ") if lines else _ended(int(str(error).split()[1]))


def _ended(code: int) -> str:
    """An end without a word: by a signal, whose number is the code below zero, or by itself."""
    return f"the engine was killed ({signal.strsignal(-code)})" if code < 0 else f"the engine ended without a word (exit code {code})"
