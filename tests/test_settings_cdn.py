"""The settings of what stands at the edge: what is refused names the key and the fix."""

from typing import Any

import pytest

from settings_cdn import POLICY_LENGTH, Cdn
from tests.configs import Changes, parsed, refusal

POLICY = "cdn.content_security_policy"
CLOSED: Changes = {"cdn.only_networks": ["198.51.100.0/24"]}
NETWORK = "must be a network written with its first address, for example 203.0.113.0/24 or 2001:db8::/48 (AWS takes no /0)"
SOURCE = "must be one source without spaces, commas and semicolons, for example 'self' or https://example.com"
INLINE = {"default-src": ["'self'"], "style-src": ["'self'", "'unsafe-inline'"]}


def policy(**directives: Any) -> Changes:
    """A content security policy as a change of stack config."""
    return {POLICY: {name.replace("_", "-"): sources for name, sources in directives.items()}}


CASES: dict[str, tuple[Changes, str]] = {
    "a directive that there is not": (
        policy(default_source=["'self'"]),
        f"{POLICY}.default-source: 'default-source' is no directive of a content security policy; there is default-src, child-src, ",
    ),
    "two sources in one": (policy(default_src=["'self' https:"]), f"{POLICY}.default-src[0]: \"'self' https:\" {SOURCE}."),
    "a source that begins another directive": (
        policy(default_src=["'self';script-src"]),
        f"{POLICY}.default-src[0]: \"'self';script-src\" {SOURCE}.",
    ),
    "the same source twice": (
        policy(default_src=["'self'", "'self'"]),
        f"{POLICY}.default-src: [\"'self'\", \"'self'\"] names 'self' twice: list each source once.",
    ),
    "a directive without sources": (
        policy(default_src=[]),
        f"{POLICY}.default-src: [] is empty: 'none' allows nothing, or leave it out.",
    ),
    "nothing and something": (
        policy(default_src=["'none'", "https://example.com"]),
        (
            f"{POLICY}.default-src: [\"'none'\", 'https://example.com'] has 'none' beside other sources, and browsers would ignore it: "
            "keep one or the others."
        ),
    ),
    "sources where none are named": (
        policy(default_src=["'self'"], upgrade_insecure_requests=["https:"]),
        f"{POLICY}.upgrade-insecure-requests: ['https:'] names no sources: set it to [].",
    ),
    "no policy at all": ({POLICY: {}}, f"{POLICY}: {{}} is empty: name at least one directive."),
    "code in the page of a public site": (
        {POLICY: INLINE},
        (
            f"{POLICY}.style-src: \"'unsafe-inline'\" lets injected code run on a public site: use a hash or a nonce; "
            "or say why in switchyard:cdn.unsafe_inline_because."
        ),
    ),
    "a reason for what nothing has": (
        {"cdn.unsafe_inline_because": "an old editor"},
        "cdn.unsafe_inline_because: 'an old editor' is a reason for 'unsafe-inline', which nothing has: remove it.",
    ),
    "HTTPS for less than a year": (
        {"cdn.hsts_seconds": 86_400},
        (
            "cdn.hsts_seconds: 86400 is less than a year (31536000), and browsers preload no such site: "
            "keep at least that, or close the stack by only_networks."
        ),
    ),
    "HTTPS for ever": ({"cdn.hsts_seconds": 315_360_001}, "cdn.hsts_seconds: 315360001 must be 0 to 315360000 seconds."),
    "an answer kept for longer than a day": (
        {"cdn.service_ttl_seconds": 86_401},
        "cdn.service_ttl_seconds: 86401 must be 0 to 86400 seconds.",
    ),
    "a cookie with a sign that no name has": (
        {"cdn.session_cookie": "session;"},
        "cdn.session_cookie: 'session;' must be a cookie's name: letters, digits, _ . and -.",
    ),
    "a price that there is not": (
        {"cdn.price_class": "PriceClass_300"},
        "cdn.price_class: 'PriceClass_300' must be PriceClass_All, PriceClass_200 or PriceClass_100.",
    ),
    "an address for a network": ({"cdn.only_networks": ["203.0.113.7"]}, f"cdn.only_networks[0]: '203.0.113.7' {NETWORK}."),
    "everybody as a network": ({"cdn.only_networks": ["0.0.0.0/0"]}, f"cdn.only_networks[0]: '0.0.0.0/0' {NETWORK}."),
    "an IPv4 network in IPv6's clothes": (
        {"cdn.only_networks": ["::ffff:cb00:7100/120"]},
        f"cdn.only_networks[0]: '::ffff:cb00:7100/120' {NETWORK}.",
    ),
    "the same network twice": (
        {"cdn.only_networks": ["198.51.100.0/24", "198.51.100.0/24"]},
        "cdn.only_networks: ['198.51.100.0/24', '198.51.100.0/24'] names 198.51.100.0/24 twice: list each network once.",
    ),
    "a misspelt leaf": ({"cdn.no_index": True}, "cdn.no_index: is not a setting; did you mean noindex?"),
}


@pytest.mark.parametrize("mistake", CASES)
def test_a_mistake_has_one_line_that_says_what_to_do(mistake: str) -> None:
    """Key, bad value, what is allowed, the fix; long lists are not repeated here."""
    changes, line = CASES[mistake]
    said = refusal(changes)
    assert said.startswith(f"Pulumi.prod.yaml has 1 error; nothing was touched.\n  switchyard:{line}")
    assert said.endswith(line) or not line.endswith(".")
    assert said.count("\n") == 1


@pytest.mark.parametrize("directive", ["default-src", "script-src", "style-src-attr"])
def test_code_in_the_page_is_refused_wherever_it_is_allowed(directive: str) -> None:
    """Whichever directive allows it, the error names that one."""
    said = refusal({POLICY: {directive: ["'unsafe-inline'"]}})
    assert f"switchyard:{POLICY}.{directive}: \"'unsafe-inline'\" lets injected code run on a public site" in said


def test_code_in_the_page_is_accepted_for_a_reason() -> None:
    """Which stands in config, for whoever asks; a stack that is closed to the public needs none."""
    assert parsed({POLICY: INLINE, "cdn.unsafe_inline_because": "an old editor"}).cdn.unsafe_inline_because == "an old editor"
    assert parsed({POLICY: INLINE, **CLOSED}).cdn.unsafe_inline_because is None


def test_a_closed_stack_may_forget_https_sooner() -> None:
    """Nobody preloads it, and one that is tried for a week should not bind its name for two years."""
    made = parsed({"cdn.hsts_seconds": 0, **CLOSED}).cdn
    assert (made.hsts_seconds, made.is_public) == (0, False)
    assert parsed({}).cdn.is_public


def test_a_policy_is_one_line_in_the_order_of_config() -> None:
    """As the header has it; directives without sources stand alone."""
    made = parsed(policy(default_src=["'self'", "https://example.com"], upgrade_insecure_requests=[], sandbox=[]))
    assert made.cdn.policy_text == "default-src 'self' https://example.com; upgrade-insecure-requests; sandbox"


def test_the_default_policy_allows_what_the_site_itself_serves() -> None:
    """No plugin, no frame around it, nothing by plain HTTP, and no code in the page."""
    assert Cdn().policy_text == (
        "default-src 'self'; base-uri 'self'; form-action 'self'; object-src 'none'; frame-ancestors 'none'; upgrade-insecure-requests"
    )


def test_a_policy_is_as_long_as_cloudfront_sends() -> None:
    """And not one sign longer: the error says how long it is."""
    hosts = [f"https://{number:02}.example.com" for number in range(74)]
    room = POLICY_LENGTH - len(" ".join(["default-src", *hosts, "https://"]))
    fits = policy(default_src=[*hosts, f"https://{'x' * room}"])
    assert len(parsed(fits).cdn.policy_text) == POLICY_LENGTH
    said = refusal(policy(default_src=[*hosts, f"https://{'x' * (room + 1)}"]))
    assert f"switchyard:{POLICY}: '1784 characters' are more than the 1783 that CloudFront sends: join sources." in said


def test_every_mistake_of_the_section_is_told_at_once() -> None:
    """One line each."""
    with pytest.raises(Exception, match="has 3 errors") as caught:
        parsed({POLICY: {"default-src": [], "script-src": ["'unsafe-inline'"]}, "cdn.hsts_seconds": 0})
    assert [line.split(": ")[0].strip() for line in str(caught.value).splitlines()[1:]] == [
        f"switchyard:{POLICY}.default-src",
        f"switchyard:{POLICY}.script-src",
        "switchyard:cdn.hsts_seconds",
    ]
