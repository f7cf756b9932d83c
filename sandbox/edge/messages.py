"""Requests and responses as they pass through the edge. Names of headers are in lowercase; cookies have a place of their own."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Self


class UnreachableError(Exception):
    """An origin gives no answer."""


@dataclass(frozen=True)
class Request:
    """What a viewer asks, or what the edge asks of an origin."""

    method: str
    path: str
    """As it was written: nothing is decoded."""
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    cookies: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    address: str = "127.0.0.1"
    """The viewer's."""


@dataclass(frozen=True)
class Response:
    """What an origin, a function or the edge itself answers."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    cookies: tuple[str, ...] = ()
    """The lines of Set-Cookie."""
    body: bytes = b""

    def having(self, **headers: str) -> Self:
        """This response with more headers; an underscore stands for a dash."""
        return replace(self, headers={**self.headers, **{name.replace("_", "-"): value for name, value in headers.items()}})

    def without(self, *names: str) -> Self:
        """This response without some headers."""
        return replace(self, headers={name: value for name, value in self.headers.items() if name not in names})


def cookies_of(header: str) -> dict[str, str]:
    """The cookies of a request's header; the first of a name counts."""
    found: dict[str, str] = {}
    for pair in header.split(";"):
        name, _, value = pair.strip().partition("=")
        if name:
            found.setdefault(name, value)
    return found


def directives(header: str) -> dict[str, str]:
    """The directives of a Cache-Control header, by name in lowercase."""
    pairs = (part.strip().partition("=") for part in header.split(","))
    return {name.strip().lower(): value.strip().strip('"') for name, _, value in pairs if name.strip()}


def seconds(value: str | None) -> int | None:
    """A directive's seconds; None where it says none."""
    return int(value) if value is not None and value.isascii() and value.isdigit() else None
