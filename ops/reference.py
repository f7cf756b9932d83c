"""The page of commands, made from the command line itself: `python -m ops.reference > docs/reference/commands.md`."""

import sys
from collections.abc import Iterator, Sequence

from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption
from typer.main import get_command

from ops.cli import app
from ops.errors import Exit

PROGRAM = "switchyard"
TARGET = {"stack": "-s STACK", "sandbox": "[--sandbox]"}
"""The options that name a target, as a command's line shows them: they are told once for all commands."""

MEANINGS = {
    Exit.DONE: "Done, or there was nothing to do.",
    Exit.FAILED: "The machine, the engine or AWS failed; `doctor`, `verify` or `drift` found something; or a rehearsal broke a promise.",
    Exit.USAGE: "The command line was not understood: no such option, a missing argument. Nothing was changed. "
    "Of `verify`: nothing failed, and something could not be decided.",
    Exit.REFUSED: "The command would do something that it is not about, or that is not safe now. Nothing was changed.",
    Exit.BAD_INPUT: "The stack config, the stack's name or an argument is wrong. Nothing was changed.",
    Exit.INTERRUPTED: "Interrupted. What was done stays done.",
}

HEAD = f"""# Commands

<!-- Made by `python -m ops.reference > docs/reference/commands.md`; a test holds it to the program. -->

    {PROGRAM} [--stack STACK] [--sandbox] COMMAND [ARGUMENTS] [OPTIONS]

`{PROGRAM}` is installed into `.venv/bin` by `make setup`. Results go to standard output, progress, warnings and errors to standard error.

## The target

These two may stand before the command or after it.

"""

TAIL = """
`SWITCHYARD_SANDBOX=1` in the environment does what `--sandbox` does. `rehearse` never leaves a private sandbox, and the commands of
`sandbox` are about the checkout's own.
"""


def leaves(group: TyperGroup | None = None, before: str = "") -> Iterator[tuple[str, TyperCommand]]:
    """The commands with the words that call them, those of a group after its name; of the whole program by default."""
    for name, command in (group or _program()).commands.items():
        if isinstance(command, TyperGroup):
            yield from leaves(command, f"{before}{name} ")
        elif isinstance(command, TyperCommand):
            yield f"{before}{name}", command


def commands_page() -> str:
    """The whole page, as Markdown."""
    target = [_told(option) for option in _program().params if isinstance(option, TyperOption) and option.name in TARGET]
    parts = [HEAD, _table(("option", "what it does"), target), TAIL]
    parts += [_section(name, command) for name, command in leaves()]
    codes = [(str(int(code)), MEANINGS[code]) for code in Exit]
    parts += ["\n## Exit codes\n\n", _table(("code", "meaning"), codes)]
    return "".join(parts)


def _program() -> TyperGroup:
    program = get_command(app)
    if not isinstance(program, TyperGroup):
        raise TypeError(f"{PROGRAM} has no commands")
    return program


def _section(name: str, command: TyperCommand) -> str:
    target = {str(each.name) for each in command.params} & set(TARGET)
    arguments = [each for each in command.params if isinstance(each, TyperArgument)]
    options = [each for each in command.params if isinstance(each, TyperOption) and each.name not in TARGET]
    words = [*map(_word, arguments), *(TARGET[each] for each in TARGET if each in target), *(f"[{_spelled(each)}]" for each in options)]
    rows = [*map(_told, arguments), *map(_told, options)]
    table = f"\n{_table(('argument or option', 'what it does'), rows)}" if rows else ""
    return f"\n## {name}\n\n    {' '.join([PROGRAM, name, *words])}\n\n{command.help}\n{table}"


def _told(parameter: TyperArgument | TyperOption) -> tuple[str, str]:
    """The cells of a parameter's row."""
    spelled = _spelled(parameter) if isinstance(parameter, TyperOption) else _word(parameter)
    return f"`{spelled}`", parameter.help or ""


def _word(argument: TyperArgument) -> str:
    word = str(argument.name).upper()
    return word if argument.required else f"[{word}]"


def _spelled(option: TyperOption) -> str:
    names = ", ".join(option.opts)
    return names if option.is_flag else f"{names} {str(option.name).upper()}"


def _table(columns: Sequence[str], rows: Sequence[tuple[str, str]]) -> str:
    lines = [columns, ["---"] * len(columns), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


if __name__ == "__main__":
    sys.stdout.write(commands_page())
