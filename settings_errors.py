"""How errors in stack config are told: each with its key, the bad value, what is allowed and the fix."""

import difflib
import typing
from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from settings_types import Section


@dataclass(frozen=True)
class Problem:
    """One error: the key in stack config, its value, and what is allowed."""

    key: str
    value: object
    allowed: str

    def __str__(self) -> str:
        """One line: key, bad value, what is allowed and what to do."""
        shown = "" if self.value is None else f" {self.value!r:.80}"
        return f"{self.key}:{shown} {self.allowed}."


def explain(error: ValidationError, model: type[Section]) -> list[Problem]:
    """Tell pydantic's findings in the words of stack config."""
    return [_explained(dict(item), model) for item in error.errors(include_url=False)]


def _explained(item: dict[str, typing.Any], model: type[Section]) -> Problem:
    place = tuple(part for part in item["loc"] if part != "[key]")
    key = "switchyard:" + ".".join(str(part) for part in place)
    match item["type"]:
        case "extra_forbidden":
            close = difflib.get_close_matches(str(place[-1]), _known_keys(place[:-1], model), n=1)
            return Problem(key, None, f"is not a setting; did you mean {close[0]}?" if close else "is not a setting: remove it")
        case "missing":
            return Problem(key, None, "is missing: every stack sets it")
        case "enum":
            return Problem(key, item["input"], f"must be {item['ctx']['expected'].replace(chr(39), '')}")
        case "value_error":
            return Problem(key, item["input"], str(item["ctx"]["error"]))
        case _:
            message = str(item["msg"])
            return Problem(key, item["input"], message[0].lower() + message[1:])


def _known_keys(place: Sequence[str | int], model: type[Section]) -> list[str]:
    current: typing.Any = model
    for part in place:
        if isinstance(current, type) and issubclass(current, Section):
            current = current.model_fields[str(part)].annotation
        else:
            current = typing.get_args(current)[-1]
        options = [option for option in typing.get_args(current) if isinstance(option, type) and issubclass(option, Section)]
        current = options[0] if type(None) in typing.get_args(current) else current
    return list(current.model_fields) if isinstance(current, type) and issubclass(current, Section) else []


class SettingsError(ValueError):
    """Stack config is wrong; the text lists every error with its key, its value, what is allowed and the fix."""

    def __init__(self, stack: str, problems: list[Problem]) -> None:
        self.problems = problems
        lines = "\n".join(f"  {problem}" for problem in problems)
        super().__init__(f"Pulumi.{stack}.yaml has {len(problems)} error{'s'[: len(problems) > 1]}; nothing was touched.\n{lines}")
