"""How a rule reads a policy document: statement by statement, whether it belongs to a role, a key, a bucket, a topic or an endpoint."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from policies.rules.aws_types import BUCKET_POLICY, KEY, ROLE, SECRET_POLICY, TOPIC_POLICY
from policies.rules.resource import Resource

ANYONE = "*"
DOCUMENTS = {BUCKET_POLICY: "policy", KEY: "policy", ROLE: "assumeRolePolicy", SECRET_POLICY: "policy", TOPIC_POLICY: "policy"}
"""By type, the input that says whom a resource lets in."""


@dataclass(frozen=True, kw_only=True)
class Statement:
    """One statement; what it names once stands in a list all the same."""

    allows: bool
    actions: frozenset[str]
    """In lower case, as IAM compares them; `*` where the statement lists what it leaves out."""
    resources: frozenset[str]
    """ARNs; `*` where the statement lists what it leaves out. None in a trust policy."""
    principals: Mapping[str, frozenset[str]]
    """By kind (AWS, Service, Federated); `*` alone is everybody. None in a role's own policy."""
    conditions: Mapping[str, Mapping[str, frozenset[str]]]
    """By operator and key, both in lower case."""

    @property
    def anyone(self) -> bool:
        """Whether it speaks of everybody, in any account."""
        return any(ANYONE in names for names in self.principals.values())

    @property
    def refuses_plain_http(self) -> bool:
        """Whether it refuses everybody who comes without TLS, and on no other condition."""
        return not self.allows and self.anyone and self.conditions == {"bool": {"aws:securetransport": {"false"}}}

    def compares(self, *keys: str) -> bool:
        """Tell whether a condition compares one of these keys with a value; `StringNotEquals` and the like do not narrow it down."""
        wanted = {key.lower() for key in keys}
        return any(not _negative(operator) and wanted & compared.keys() for operator, compared in self.conditions.items())


def statements(resource: Resource, path: str) -> Sequence[Statement]:
    """Read a resource's document; raises UndecidedError as long as it is unknown, and what is no document is a crash, so a violation."""
    listed = json.loads(resource.value(path))["Statement"]
    return [_statement(each) for each in ([listed] if isinstance(listed, dict) else listed)]


def _statement(raw: Mapping[str, Any]) -> Statement:
    return Statement(
        allows={"Allow": True, "Deny": False}[raw["Effect"]],
        actions=frozenset(action.lower() for action in _named(raw, "Action")),
        resources=_named(raw, "Resource"),
        principals=_principals(raw),
        conditions={operator.lower(): _compared(keys) for operator, keys in raw.get("Condition", {}).items()},
    )


def _named(raw: Mapping[str, Any], key: str) -> frozenset[str]:
    return frozenset({ANYONE}) if f"Not{key}" in raw else _list(raw.get(key, []))


def _principals(raw: Mapping[str, Any]) -> Mapping[str, frozenset[str]]:
    named = {"AWS": ANYONE} if "NotPrincipal" in raw else raw.get("Principal", {})
    by_kind = {"AWS": named} if isinstance(named, str) else named
    return {kind: _list(names) for kind, names in by_kind.items()}


def _compared(keys: Mapping[str, Any]) -> Mapping[str, frozenset[str]]:
    return {key.lower(): _list(values) for key, values in keys.items()}


def _list(value: str | Sequence[str]) -> frozenset[str]:
    return frozenset([value] if isinstance(value, str) else value)


def _negative(operator: str) -> bool:
    return "not" in operator or operator.endswith("ifexists") or operator == "null"
