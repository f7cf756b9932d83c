"""How a command ends when it cannot go on: a message, the next step and an exit code, never a traceback."""

import os
from typing import Any

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from ops.errors import Exit, SwitchyardError

DEBUG = "SWITCHYARD_DEBUG"
"""Set to 1, an unexpected error keeps its traceback."""


class CommandGroup(TyperGroup):
    """The commands, with what they raise turned into what people read."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was named; typer's own exceptions, and a pipe that nobody reads any more, are typer's to handle."""
        try:
            return super().invoke(ctx)
        except SwitchyardError as error:
            raise _ended(error) from None
        except KeyboardInterrupt:
            next_step = "Run `switchyard status`, then the same command again: what was done stays done."
            raise _ended(SwitchyardError("Interrupted.", next_step), Exit.INTERRUPTED) from None
        except (TyperException, typer.Exit, typer.Abort, BrokenPipeError):
            raise
        except Exception as error:
            if os.environ.get(DEBUG) == "1":
                raise
            raise _ended(_in_words(error)) from None


def _in_words(error: Exception) -> SwitchyardError:
    from ops.aws_errors import aws_error  # noqa: PLC0415 -- botocore takes a quarter of a second, and most commands end well

    told = aws_error(error)
    if told:
        return told
    message = f"Something that nobody foresaw: {type(error).__name__}: {error}"
    return SwitchyardError(message, f"Run `switchyard doctor`. With {DEBUG}=1 the same command shows where it happened.")


def _ended(error: SwitchyardError, code: Exit | None = None) -> typer.Exit:
    """Tell the error, and hand typer the exit code."""
    from ops.console import failed  # noqa: PLC0415 -- as above: rich is not needed to parse a command line

    failed(error.message, error.next_step)
    return typer.Exit(code or error.exit_code)
