"""Questions about a rendering's graph: what a resource waits for, and what its documents say."""

import json
from collections.abc import Iterable
from typing import Any

import pulumi

from tests.rendering import SECRET_KEY, Registration, Rendering


def token(kind: type[pulumi.Resource]) -> str:
    """The type token of a resource class."""
    return str(vars(kind)["pulumi_type"])


def waits_for(rendering: Rendering, registration: Registration, kind: type[pulumi.Resource]) -> set[str]:
    """The names of the resources of one type that must be made before this one, because it names them or was told to wait."""
    return _named(rendering, registration.dependencies, kind)


def takes_from(rendering: Rendering, registration: Registration, name: str, kind: type[pulumi.Resource]) -> set[str]:
    """The names of the resources of one type whose outputs are in one property."""
    return _named(rendering, registration.property_dependencies.get(name, ()), kind)


def after_all(rendering: Rendering, registration: Registration) -> set[str]:
    """The URNs of all that must be made before this one, however far behind."""
    known = {found.urn: found for found in rendering.registrations}
    found: set[str] = set()
    waiting = list(registration.dependencies)
    while waiting:
        urn = waiting.pop()
        if urn not in found:
            found.add(urn)
            waiting.extend(known[urn].dependencies)
    return found


def names(registrations: Iterable[Registration]) -> set[str]:
    """The logical names."""
    return {registration.name for registration in registrations}


def statements(document: Any) -> dict[str, dict[str, Any]]:
    """The statements of a policy document by Sid, or by place where it has none."""
    return {statement.get("Sid", str(place)): statement for place, statement in enumerate(json.loads(document)["Statement"])}


def plain(value: Any) -> Any:
    """A value out of the envelope that marks it as a secret."""
    return value["value"] if isinstance(value, dict) and SECRET_KEY in value else value


def _named(rendering: Rendering, urns: Iterable[str], kind: type[pulumi.Resource]) -> set[str]:
    known = {found.urn: found for found in rendering.registrations}
    return {known[urn].name for urn in urns if known[urn].type == token(kind)}
