"""The policies of a behavior, as CloudFront takes them: how long answers are kept and what tells them apart, and the headers they carry."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Any

from ops.errors import SwitchyardError
from sandbox.edge.messages import Request, Response

KEY = "parametersInCacheKeyAndForwardedToOrigin"
CONFIGS = (("headers", "header"), ("cookies", "cookie"), ("queryStrings", "queryString"))


@dataclass(frozen=True)
class Named:
    """Which headers, cookies or queries count: none, all, or those that are named."""

    kind: str
    names: tuple[str, ...] = ()

    def of(self, given: Mapping[str, str]) -> dict[str, str]:
        """Those of the given ones that count."""
        return {name: value for name, value in sorted(given.items()) if self.kind == "all" or name in self.names}


@dataclass(frozen=True, kw_only=True)
class CachePolicy:
    """How long answers are kept, and what tells them apart."""

    least: int
    default: int
    most: int
    headers: Named
    cookies: Named
    queries: Named
    encodings: tuple[str, ...]
    """The compressions that a viewer may be answered with."""

    @classmethod
    def read(cls, inputs: Mapping[str, Any]) -> "CachePolicy":
        """The policy of a resource's inputs."""
        key = inputs[KEY]
        headers, cookies, queries = (_named(key[f"{noun}Config"], noun, word) for noun, word in CONFIGS)
        return cls(
            least=int(inputs["minTtl"]),
            default=int(inputs["defaultTtl"]),
            most=int(inputs["maxTtl"]),
            headers=replace(headers, names=tuple(name.lower() for name in headers.names)),
            cookies=cookies,
            queries=queries,
            encodings=tuple(word for word, name in (("br", "Brotli"), ("gzip", "Gzip")) if key.get(f"enableAcceptEncoding{name}")),
        )

    def accepted(self, request: Request) -> str:
        """The viewer's Accept-Encoding, in the one way of writing it that is part of the key and that origins see."""
        told = [part.partition(";") for part in request.headers.get("accept-encoding", "").lower().split(",")]
        wanted = {name.strip() for name, _, weight in told if weight.replace(" ", "") not in {"q=0", "q=0.0"}}
        return ",".join(word for word in self.encodings if word in wanted)

    def key(self, request: Request) -> tuple[object, ...]:
        """What two requests have in common that may get the same kept answer."""
        named = (self.headers.of(request.headers), self.cookies.of(request.cookies))
        return (request.path, self.queried(request), *(tuple(found.items()) for found in named), self.accepted(request))

    def queried(self, request: Request) -> str:
        """The part of the query that counts."""
        return request.query if self.queries.kind == "all" else ""


@dataclass(frozen=True)
class HeadersPolicy:
    """Headers that every answer carries, and such that none does."""

    items: Sequence[tuple[str, str, bool]]
    """Name, value, and whether it takes the place of what the origin says."""
    removed: Sequence[str]

    @classmethod
    def read(cls, inputs: Mapping[str, Any]) -> "HeadersPolicy":
        """The policy of a resource's inputs."""
        removed = [str(item["header"]).lower() for item in (inputs.get("removeHeadersConfig") or {}).get("items") or ()]
        return cls([*_known(inputs.get("securityHeadersConfig") or {}), *_custom(inputs)], removed)

    def applied(self, response: Response) -> Response:
        """The response as it leaves: what is removed goes first, so that a policy may set a header that it removes."""
        headers = {name: value for name, value in response.headers.items() if name not in self.removed}
        for name, value, override in self.items:
            if override or name not in headers:
                headers[name] = value
        return replace(response, headers=headers)


def _named(config: Mapping[str, Any], noun: str, word: str) -> Named:
    kind = str(config[f"{word}Behavior"])
    if kind not in {"none", "all", "whitelist"}:
        raise SwitchyardError(
            f"The sandbox's edge does not know {word}Behavior {kind!r} of a cache policy.", "It knows none, all, whitelist."
        )
    return Named(kind, tuple((config.get(noun) or {}).get("items") or ()))


def _known(config: Mapping[str, Any]) -> Iterator[tuple[str, str, bool]]:
    """The headers that CloudFront knows, as it spells them."""
    spelled: Mapping[str, tuple[str, Callable[[Mapping[str, Any]], str]]] = {
        "contentTypeOptions": ("x-content-type-options", lambda _: "nosniff"),
        "frameOptions": ("x-frame-options", itemgetter("frameOption")),
        "referrerPolicy": ("referrer-policy", itemgetter("referrerPolicy")),
        "contentSecurityPolicy": ("content-security-policy", itemgetter("contentSecurityPolicy")),
        "strictTransportSecurity": ("strict-transport-security", _hsts),
    }
    for part, (name, spell) in spelled.items():
        if config.get(part):
            yield name, spell(config[part]), bool(config[part]["override"])


def _custom(inputs: Mapping[str, Any]) -> Iterator[tuple[str, str, bool]]:
    for item in (inputs.get("customHeadersConfig") or {}).get("items") or ():
        yield str(item["header"]).lower(), str(item["value"]), bool(item["override"])


def _hsts(config: Mapping[str, Any]) -> str:
    words = {"includeSubdomains": "includeSubDomains", "preload": "preload"}
    return "; ".join([f"max-age={int(config['accessControlMaxAgeSec'])}", *(word for name, word in words.items() if config.get(name))])
