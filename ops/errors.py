"""What the operator is told when a command cannot go on, and the exit code that says it to a program."""

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes of `switchyard`, documented in docs/reference/commands.md."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    UNDECIDED = 2
    """Of a command line that was understood: `verify` could not decide. Another name of USAGE, as other tools have it too."""
    REFUSED = 3
    BAD_INPUT = 4
    INTERRUPTED = 130


FIXES = {
    "AWS account ID not allowed": "These are the credentials of another account: switch to the stack's profile (AWS_PROFILE).",
    "because it is protected": "What holds state is protected. To remove a service or database, set `retiring: true` and run `up` first.",
    "the engine was killed": "Run the same command again: it finds out what was begun, and goes on.",
}
"""What to do about an error that the engine passes on from AWS or its provider, by words of it."""


def next_step_for(message: str, otherwise: str) -> str:
    """What to do about an error whose words are known; `otherwise` for any other."""
    return next((fix for words, fix in FIXES.items() if words in message), otherwise)


class SwitchyardError(Exception):
    """Something the operator has to know, in words they can act on.

    `message` says what is wrong (with the value) and what is allowed; `next_step` says what to do now.
    """

    exit_code = Exit.FAILED

    def __init__(self, message: str, next_step: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.next_step = next_step


class BadInputError(SwitchyardError):
    """The command or the stack config is wrong; nothing was touched."""

    exit_code = Exit.BAD_INPUT


class RefusedError(SwitchyardError):
    """The command would do something that it is not about, or that is not safe now; nothing was touched."""

    exit_code = Exit.REFUSED


class EngineError(SwitchyardError):
    """The engine or AWS answered with an error while a change was under way; `changed` tells whether something had been changed by then."""

    def __init__(self, message: str, next_step: str = "", *, changed: bool = False) -> None:
        super().__init__(message, next_step)
        self.changed = changed


class CutShortError(EngineError):
    """Ctrl-C ended an operation of the engine; `changed` tells whether something had been changed by then."""

    exit_code = Exit.INTERRUPTED
