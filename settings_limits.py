"""How one value of stack config is checked: each check says what is allowed, to people in its error and to editors in JSON Schema."""

import re
from collections.abc import Callable, Collection
from typing import Any

from pydantic import GetPydanticSchema
from pydantic_core import core_schema


def checked(check: Callable[[Any], Any], **told: object) -> GetPydanticSchema:
    """A check of a value that has its type already; `told` says the same to editors, as far as JSON Schema can."""
    return GetPydanticSchema(
        lambda source, handler: core_schema.no_info_after_validator_function(check, handler(source)),
        lambda schema, handler: {**handler(schema), **told},
    )


def matching(pattern: str | re.Pattern[str], allowed: str) -> GetPydanticSchema:
    """A check that the whole value matches `pattern`; `allowed` says in words what it should look like."""
    compiled = re.compile(pattern, re.ASCII) if isinstance(pattern, str) else pattern

    def check(value: str) -> str:
        if not compiled.fullmatch(value):
            raise ValueError(allowed)
        return value

    nameless = re.sub(r"\?P<\w+>", "", compiled.pattern)  # JSON Schema's dialect names no groups in Python's way
    return checked(check, pattern=f"^(?:{nameless})$")


def unique(noun: str) -> GetPydanticSchema:
    """A check that a list holds nothing twice."""

    def check(values: tuple[object, ...]) -> tuple[object, ...]:
        twice = sorted({str(value) for value in values if values.count(value) > 1})
        if twice:
            raise ValueError(f"names {', '.join(twice)} twice: list each {noun} once")
        return values

    return checked(check, uniqueItems=True)


def some(noun: str) -> GetPydanticSchema:
    """A check that a list or a mapping is not empty."""

    def check(values: Collection[object]) -> Collection[object]:
        if not values:
            raise ValueError(f"is empty: name at least one {noun}")
        return values

    return checked(check, minItems=1, minProperties=1)


def counting(low: int, high: int, unit: str) -> GetPydanticSchema:
    """A check that a list has from `low` to `high` members, both included."""

    def check(values: Collection[object]) -> Collection[object]:
        if not low <= len(values) <= high:
            raise ValueError(f"has {len(values)}: there must be {low} to {high} {unit}")
        return values

    return checked(check, minItems=low, maxItems=high)


def within(low: int, high: int, unit: str) -> GetPydanticSchema:
    """A check that a number lies from `low` to `high`, both included."""

    def check(value: int) -> int:
        if not low <= value <= high:
            raise ValueError(f"must be {low} to {high} {unit}")
        return value

    return checked(check, minimum=low, maximum=high)


def other_than(taken: int, why: str) -> GetPydanticSchema:
    """A check that a number is not one that something else has."""

    def check(value: int) -> int:
        if value == taken:
            raise ValueError(f"is taken: {why}")
        return value

    return checked(check, **{"not": {"const": taken}})


def one_of(values: tuple[int, ...], unit: str) -> GetPydanticSchema:
    """A check that a number is one of a few."""

    def check(value: int) -> int:
        if value not in values:
            raise ValueError(f"must be one of {', '.join(map(str, values))} {unit}")
        return value

    return checked(check, enum=list(values))
