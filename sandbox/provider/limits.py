"""What AWS refuses and an emulator lets pass: values out of range, unknown choices, names of the wrong form, broken documents."""

import ipaddress
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sandbox.provider.wire import UNKNOWN

VERSIONS = ("2012-10-17", "2008-10-17")
"""Versions of the policy language."""


@dataclass(frozen=True)
class Limit:
    """What AWS allows for a value."""

    low: float | None = None
    """Smallest number, shortest text (characters) or list (members)."""
    high: float | None = None
    pattern: str = ""
    """Regular expression for the whole text."""
    says: str = ""
    """The pattern in words."""
    choices: Sequence[Any] = ()
    test: Callable[[Any], str] | None = None
    """Says what is wrong with a value, for what the others cannot express."""

    def failure(self, value: Any) -> str:
        """Return what is wrong with the value; empty when nothing is."""
        if value is None or UNKNOWN in str(value):
            return ""
        if self.choices and value not in self.choices:
            return f"{value!r} is not one of {', '.join(map(str, self.choices))}"
        size, unit = (value, "") if isinstance(value, int | float) else (len(value), _unit(value))
        if self.low is not None and size < self.low:
            return f"{value!r} is less than {self.low:g}{unit}"
        if self.high is not None and size > self.high:
            return f"{value!r} is more than {self.high:g}{unit}"
        if self.pattern and not re.fullmatch(self.pattern, str(value)):
            return f"{value!r} does not have the form: {self.says or self.pattern}"
        return self.test(value) if self.test else ""


def _cidr(text: str) -> str:
    try:
        ipaddress.ip_network(text)
    except ValueError as error:
        return f"{text!r} is no CIDR block: {error}"
    return ""


def _unit(value: Any) -> str:
    return " characters" if isinstance(value, str) else " members"


def of_shape(value: Any, shape: Any) -> str:
    """Return what is wrong with a value by botocore's own model of the parameter; empty when nothing is. A secret is not repeated."""
    told = shape.metadata
    if shape.type_name in ("integer", "long", "float", "double") and isinstance(value, str):
        try:
            value = float(value)
        except ValueError:
            return f"{value!r} is not a number"
    limit = Limit(told.get("min"), told.get("max"), _pattern(told.get("pattern", "")), choices=tuple(told.get("enum", ())))
    reason = limit.failure(str(value) if limit.choices or limit.pattern else value)
    return reason.replace(repr(value), "the value") if told.get("sensitive") else reason


def _pattern(java: str) -> str:
    """Return AWS's regular expression; empty when Python cannot read it (they are Java's)."""
    try:
        re.compile(java)
    except re.error:
        return ""
    return java


def at(values: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Values at a dotted path, through lists, each with its exact path."""
    head, _, rest = path.partition(".")
    value = values.get(head) if isinstance(values, Mapping) else None
    items = [(f"{head}[{index}]", item) for index, item in enumerate(value)] if isinstance(value, list) and rest else [(head, value)]
    for name, item in items:
        if not rest:
            yield name, item
        else:
            yield from ((f"{name}.{inner}", found) for inner, found in at(item, rest))


def _document(text: str) -> str:
    """Return what is wrong with a policy document in JSON; empty when nothing is."""
    try:
        policy = json.loads(text)
    except ValueError as error:
        return f"is not valid JSON: {error}"
    if not isinstance(policy, dict) or "Statement" not in policy:
        return 'is not a policy document: it has no "Statement"'
    if policy.get("Version", VERSIONS[0]) not in VERSIONS:
        return f"has Version {policy['Version']!r}: the policy language knows {' and '.join(VERSIONS)}"
    statements = policy["Statement"]
    for index, statement in enumerate(statements if isinstance(statements, list) else [statements]):
        reason = _statement(statement)
        if reason:
            return f"has a Statement (number {index + 1}) that {reason}"
    return ""


def _statement(statement: Any) -> str:
    if not isinstance(statement, dict):
        return "is no object"
    if statement.get("Effect") not in ("Allow", "Deny"):
        return f"has the Effect {statement.get('Effect')!r}: it is Allow or Deny"
    if not statement.keys() & {"Action", "NotAction"}:
        return "has no Action"
    unknown = statement.keys() - ELEMENTS
    return f"has an element that the policy language does not know: {', '.join(sorted(unknown))}" if unknown else ""


ELEMENTS = frozenset(
    {"Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"}
)  # fmt: skip

OF_NAMES = {
    **dict.fromkeys(("policy", "policyDocument", "assumeRolePolicy"), Limit(test=_document)),
    **dict.fromkeys(("cidrBlock", "cidrIpv4", "cidrIpv6", "destinationCidrBlock", "destinationIpv6CidrBlock"), Limit(test=_cidr)),
}
"""What inputs of these names hold wherever they occur: policy documents in JSON, and networks written without host bits."""
