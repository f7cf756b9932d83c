"""How errors in stack config are told: each with its key, the bad value, what is allowed and the fix."""

import difflib
import re
import typing
from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
from pydantic import ValidationError

from settings_types import Section

SHOWN = 80
"""Characters of a bad value that its error repeats."""
REFERENCE = "docs/reference/settings.md lists what there is"
WORDS = {
    "bool_parsing": "must be true or false",
    "bool_type": "must be true or false",
    "dict_type": "must be a mapping, `name: value`",
    "int_from_float": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_type": "must be a whole number",
    "missing": f"is missing: every stack sets it ({REFERENCE})",
    "model_type": f"must be a section of settings ({REFERENCE})",
    "string_type": "must be text: put it in quotes",
    "tuple_type": "must be a list, `[one, two]`",
}
"""Pydantic's findings in the words of stack config."""


@dataclass(frozen=True)
class Problem:
    """One error: the key in stack config, its value, and what is allowed."""

    key: str
    value: object
    allowed: str

    def __str__(self) -> str:
        """One line: key, bad value, what is allowed and what to do."""
        value = repr(self.value)
        shown = "" if self.value is None else f" {value if len(value) <= SHOWN else value[: SHOWN - 1] + '…'}"
        return f"{self.key}:{shown} {self.allowed}{'' if self.allowed.endswith('?') else '.'}"


def explain(error: ValidationError, model: type[Section]) -> list[Problem]:
    """Tell pydantic's findings in the words of stack config."""
    return [_explained(dict(item), model) for item in error.errors(include_url=False)]


def _explained(item: dict[str, typing.Any], model: type[Section]) -> Problem:
    place = tuple(part for part in item["loc"] if part != "[key]")
    key = ".".join(str(part) for part in place)
    key = re.sub(r"\.(\d+)(?=\.|$)", r"[\1]", key)
    key = key if ":" in key else f"switchyard:{key}"
    match item["type"]:
        case "extra_forbidden":
            close = difflib.get_close_matches(str(place[-1]), _known_keys(place[:-1], model), n=1)
            return Problem(key, None, f"is not a setting; did you mean {close[0]}?" if close else f"is not a setting ({REFERENCE})")
        case "missing":
            return Problem(key, None, WORDS["missing"])
        case "enum":
            return Problem(key, item["input"], f"must be {item['ctx']['expected'].replace(chr(39), '')}")
        case "value_error":
            return Problem(key, item["input"], str(item["ctx"]["error"]))
        case kind:
            return Problem(key, item["input"], WORDS.get(kind, f"is refused ({item['msg']})"))


def _known_keys(place: Sequence[str | int], model: type[Section]) -> list[str]:
    current: typing.Any = model
    for part in place:
        if isinstance(current, type) and issubclass(current, Section):
            current = current.model_fields[str(part)].annotation
        else:
            current = typing.get_args(current)[-1 if typing.get_origin(current) is dict else 0]
        options = [option for option in typing.get_args(current) if isinstance(option, type) and issubclass(option, Section)]
        current = options[0] if type(None) in typing.get_args(current) else current
    if not (isinstance(current, type) and issubclass(current, Section)):
        return []
    return [name for name in (field.alias or name for name, field in current.model_fields.items()) if ":" not in name]


class SettingsError(pulumi.RunError):
    """Stack config is wrong; the text lists every error with its key, its value, what is allowed and the fix.

    A RunError is what Pulumi prints as it is, without a traceback.
    """

    def __init__(self, stack: str, problems: list[Problem]) -> None:
        self.problems = problems
        lines = "\n".join(f"  {problem}" for problem in problems)
        super().__init__(f"Pulumi.{stack}.yaml has {len(problems)} error{'s'[: len(problems) > 1]}; nothing was touched.\n{lines}")
