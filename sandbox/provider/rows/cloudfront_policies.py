"""CloudFront: the policies of its behaviors."""

from collections.abc import Iterator
from typing import Any

from sandbox.provider.limits import Limit
from sandbox.provider.names import Naming
from sandbox.provider.row import Call, Facts, Row, inside
from sandbox.provider.rows.cloudfront import etag
from sandbox.provider.schema import Failure

NAMING = Naming(128, pattern=r"[A-Za-z0-9_-]+", says="letters, digits, _ and -")

KEY = "parametersInCacheKeyAndForwardedToOrigin"

LISTING = ("whitelist", "allExcept", "allViewerAndWhitelistCloudFront")
"""Behaviors that name things; the others name none."""

CHOOSING = (("headersConfig", "header"), ("cookiesConfig", "cookie"), ("queryStringsConfig", "queryString"))

TTLS = ("minTtl", "defaultTtl", "maxTtl")

DAY, YEAR = 86_400, 31_536_000
"""Seconds."""

SECONDS = Limit(0, 2_147_483_647)


def _names(config: Any, noun: str) -> list[str]:
    """Return the things that a policy names."""
    return list((config.get(f"{noun}s") or {}).get("items") or ())


def _choice_failures(inputs: Facts, at: str = "") -> Iterator[Failure]:
    """Names go with a behavior that names things, and with no other."""
    for path, noun in CHOOSING:
        config = inputs.get(path) or {}
        behavior, names = config.get(f"{noun}Behavior"), _names(config, noun)
        if behavior and behavior not in LISTING and names:
            yield f"{at}{path}.{noun}s", f"the behavior {behavior} takes no names"
        if behavior in LISTING and f"{noun}s" not in config:
            yield f"{at}{path}", f"the behavior {behavior} needs {noun}s"
        if len(names) > len({name.lower() for name in names}):
            yield f"{at}{path}.{noun}s", "a name occurs twice"


def _cache_failures(inputs: Facts) -> Iterator[Failure]:
    """A policy that keeps nothing has no key, and one that compresses has `Accept-Encoding` in it by itself."""
    key = inputs.get(KEY) or {}
    yield from _choice_failures(key, f"{KEY}.")
    seconds = [inputs[name] for name in TTLS if name in inputs]
    if seconds != sorted(seconds):
        yield "defaultTtl", f"{', '.join(TTLS)} are {', '.join(map(str, seconds))} s: none may be less than the one before"
    used = [path for path, noun in CHOOSING if (key.get(path) or {}).get(f"{noun}Behavior", "none") != "none"]
    compresses = [name for name in ("enableAcceptEncodingGzip", "enableAcceptEncodingBrotli") if key.get(name)]
    if inputs.get("maxTtl") == 0 and [*used, *compresses]:
        yield "maxTtl", f"0: what is never kept has no key, so that {', '.join([*used, *compresses])} cannot be"
    if compresses and "accept-encoding" in map(str.lower, _names(key.get("headersConfig") or {}, "header")):
        yield f"{KEY}.headersConfig.headers", f"Accept-Encoding is in the key by {compresses[0]}"


def _origin_request_failures(inputs: Facts) -> Iterator[Failure]:
    yield from _choice_failures(inputs)
    headers = inputs.get("headersConfig") or {}
    taken = {"authorization", "accept-encoding"} & set(map(str.lower, _names(headers, "header")))
    if headers.get("headerBehavior") == "whitelist" and taken:
        yield "headersConfig.headers", f"{', '.join(sorted(taken))}: belongs into a cache policy"


def _response_failures(inputs: Facts) -> Iterator[Failure]:
    xss = (inputs.get("securityHeadersConfig") or {}).get("xssProtection") or {}
    if xss.get("modeBlock") and xss.get("reportUri"):
        yield "securityHeadersConfig.xssProtection.reportUri", "goes with modeBlock false"
    headers = [item.get("header", "").lower() for item in (inputs.get("customHeadersConfig") or {}).get("items") or ()]
    for index, header in enumerate(headers):
        if header and header in headers[:index]:
            yield f"customHeadersConfig.items[{index}].header", f"{header!r} is there already"


def _policy(type_: str, operation: str, noun: str, *names: str, **more: Any) -> Row:
    """Return the row of a kind of policy: of its operation, and of its noun in ARNs."""
    return Row(
        type=type_,
        recorded=f"the emulator has none of CloudFront's policies of caching and headers (Create{type_.rpartition('.')[2]})",
        create=Call(operation),
        id="{unique}",
        names={name: path.replace("Ttl", "TTL") for name, path in inside(f"{type_.rpartition('.')[2]}Config", "name", *names).items()},
        computed={"arn": f"arn:aws:cloudfront::{{account}}:{noun}/{{id}}", "etag": etag},
        fresh=("etag",),
        naming=NAMING,
        **more,
    )


ROWS = (
    _policy(
        "aws.cloudfront.CachePolicy",
        "create_cache_policy",
        "cache-policy",
        *("comment", *TTLS, KEY),
        defaults={"minTtl": 0, "defaultTtl": DAY, "maxTtl": YEAR},
        limits={"comment": Limit(high=128), **dict.fromkeys(TTLS, SECONDS)},
        check=_cache_failures,
    ),
    _policy(
        "aws.cloudfront.OriginRequestPolicy",
        "create_origin_request_policy",
        "origin-request-policy",
        *("comment", *(path for path, _ in CHOOSING)),
        limits={"comment": Limit(high=128)},
        check=_origin_request_failures,
    ),
    _policy(
        "aws.cloudfront.ResponseHeadersPolicy",
        "create_response_headers_policy",
        "response-headers-policy",
        *("comment", "corsConfig", "customHeadersConfig", "removeHeadersConfig", "securityHeadersConfig", "serverTimingHeadersConfig"),
        limits={
            "comment": Limit(high=128),
            "corsConfig.accessControlMaxAgeSec": SECONDS,
            "securityHeadersConfig.strictTransportSecurity.accessControlMaxAgeSec": SECONDS,
            "securityHeadersConfig.contentSecurityPolicy.contentSecurityPolicy": Limit(1, 1783),
            "customHeadersConfig.items.header": Limit(1, 256),
            "customHeadersConfig.items.value": Limit(high=1783),
        },
        check=_response_failures,
    ),
)
