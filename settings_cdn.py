"""What stands at the edge in front of everything: how long answers are kept there, which headers they carry, and who may see them."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated

from pydantic import Field

import settings_types as types
from settings_errors import Problem
from settings_limits import checked, matching, some, unique, within
from settings_types import Section

KEY = "switchyard:cdn"

YEAR_SECONDS = 31_536_000
DAY_SECONDS = 86_400
POLICY_LENGTH = 1783
"""Characters of one header's value in a response headers policy
(https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-response-headers-policies)."""
FETCHES = (
    *("default-src", "child-src", "connect-src", "font-src", "frame-src", "img-src", "manifest-src", "media-src", "object-src"),
    *("script-src", "script-src-attr", "script-src-elem", "style-src", "style-src-attr", "style-src-elem", "worker-src"),
)
"""Directives that say where something may be loaded from."""
NAMELESS = ("upgrade-insecure-requests",)
"""Directives that name no sources."""
DIRECTIVES = (*FETCHES, *("base-uri", "form-action", "frame-ancestors", "report-to", "report-uri", "sandbox"), *NAMELESS)
"""What may be in a content security policy (https://www.w3.org/TR/CSP3/)."""


class PriceClass(StrEnum):
    """Where AWS keeps what was asked for: everywhere, or without its dearest places (https://aws.amazon.com/cloudfront/pricing/)."""

    EVERYWHERE = "PriceClass_All"
    MOST = "PriceClass_200"
    EUROPE_AND_NORTH_AMERICA = "PriceClass_100"


def _directive(value: str) -> str:
    if value not in DIRECTIVES:
        raise ValueError(f"is no directive of a content security policy; there is {', '.join(DIRECTIVES)}")
    return value


Directive = Annotated[str, checked(_directive, enum=list(DIRECTIVES))]
Source = Annotated[
    str,
    matching(r"[!-+\--:<-~]{1,200}", "must be one source without spaces, commas and semicolons, for example 'self' or https://example.com"),
]
CookieName = Annotated[str, matching(r"[A-Za-z0-9_.-]{1,64}", "must be a cookie's name: letters, digits, _ . and -")]

SELF, NOBODY = ("'self'",), ("'none'",)


def _default_policy() -> dict[str, tuple[str, ...]]:
    own = dict.fromkeys(("default-src", "base-uri", "form-action"), SELF)
    return {**own, "object-src": NOBODY, "frame-ancestors": NOBODY, "upgrade-insecure-requests": ()}


class Cdn(Section):
    """The distribution in front of the site and the services."""

    session_cookie: CookieName = "session"
    """The services' cookie that says who the user is. An answer that is kept is kept for that user alone."""
    service_ttl_seconds: Annotated[int, within(0, DAY_SECONDS, "seconds")] = 60
    """How long an answer of a service is kept at most; it is kept at all only where the service itself says so."""
    price_class: PriceClass = PriceClass.EVERYWHERE
    """Where in the world answers are kept."""
    content_security_policy: Annotated[dict[Directive, Annotated[tuple[Source, ...], unique("source")]], some("directive")] = Field(
        default_factory=_default_policy
    )
    """What a page may load, by directive; what is given here takes the place of the default, which allows what the site itself serves.
    A service that sends a policy of its own keeps it."""
    content_security_policy_reports_only: bool = False
    """Browsers tell of what the policy would stop, and stop nothing: for a new policy, before it counts."""
    unsafe_inline_because: types.Text | None = None
    """Why the policy has 'unsafe-inline', which lets injected scripts and styles run; without a reason a public site may not."""
    hsts_seconds: Annotated[int, within(0, 10 * YEAR_SECONDS, "seconds")] = 2 * YEAR_SECONDS
    """How long browsers refuse to come by plain HTTP; a public site has at least a year."""
    only_networks: Annotated[tuple[types.ClientNetwork, ...], unique("network")] = ()
    """Networks, IPv4 or IPv6, that may see the site and the services, and nobody else; empty for a public site."""
    noindex: bool = False
    """Tells search engines to keep out."""

    @property
    def is_public(self) -> bool:
        """Whether everybody may see it."""
        return not self.only_networks

    @property
    def policy_text(self) -> str:
        """The content security policy as a header has it."""
        return "; ".join(" ".join((directive, *sources)) for directive, sources in self.content_security_policy.items())


def problems(cdn: Cdn) -> Iterator[Problem]:
    """What is wrong between the parts of the section."""
    yield from _policy(cdn.content_security_policy)
    if len(cdn.policy_text) > POLICY_LENGTH:
        told = f"{len(cdn.policy_text)} characters"
        yield Problem(f"{KEY}.content_security_policy", told, f"are more than the {POLICY_LENGTH} that CloudFront sends: join sources")
    if cdn.is_public:
        yield from _public(cdn)


def _policy(policy: Mapping[str, tuple[str, ...]]) -> Iterator[Problem]:
    for directive, sources in policy.items():
        key = f"{KEY}.content_security_policy.{directive}"
        if directive in NAMELESS and sources:
            yield Problem(key, list(sources), "names no sources: set it to []")
        if directive not in (*NAMELESS, "sandbox") and not sources:
            yield Problem(key, [], "is empty: 'none' allows nothing, or leave it out")
        if "'none'" in sources and len(sources) > 1:
            yield Problem(key, list(sources), "has 'none' beside other sources, and browsers would ignore it: keep one or the others")


def _public(cdn: Cdn) -> Iterator[Problem]:
    unsafe = [directive for directive, sources in cdn.content_security_policy.items() if "'unsafe-inline'" in sources]
    if unsafe and not cdn.unsafe_inline_because:
        fix = f"use a hash or a nonce; or say why in {KEY}.unsafe_inline_because"
        yield Problem(f"{KEY}.content_security_policy.{unsafe[0]}", "'unsafe-inline'", f"lets injected code run on a public site: {fix}")
    if cdn.unsafe_inline_because and not unsafe:
        yield Problem(
            f"{KEY}.unsafe_inline_because", cdn.unsafe_inline_because, "is a reason for 'unsafe-inline', which nothing has: remove it"
        )
    if cdn.hsts_seconds < YEAR_SECONDS:
        fix = "keep at least that, or close the stack by only_networks"
        yield Problem(
            f"{KEY}.hsts_seconds", cdn.hsts_seconds, f"is less than a year ({YEAR_SECONDS}), and browsers preload no such site: {fix}"
        )
