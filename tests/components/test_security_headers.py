"""Held against what the OWASP Secure Headers Project proposes, as of September 2026.

https://owasp.org/www-project-secure-headers/#configuration-proposal, whose table is generated from
https://github.com/OWASP/www-project-secure-headers/blob/master/ci/headers_add.json
"""

import re
from typing import Any

import pulumi_aws as aws
import pytest

from settings_cdn import POLICY_LENGTH, Cdn
from tests.configs import Changes, refusal, rendered
from tests.rendering import Rendering

PROPOSED = {
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Frame-Options": "deny",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": (
        "default-src 'self'; form-action 'self'; base-uri 'self'; object-src 'none'; frame-ancestors 'none'; upgrade-insecure-requests"
    ),
    "X-Permitted-Cross-Domain-Policies": "none",
    "Referrer-Policy": "no-referrer",
    "Clear-Site-Data": '"cache","cookies","storage"',
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), autoplay=(), camera=(), cross-origin-isolated=(), display-capture=(), encrypted-media=(), fullscreen=(), "
        "geolocation=(), gyroscope=(), keyboard-map=(), magnetometer=(), microphone=(), midi=(), payment=(), picture-in-picture=(), "
        "publickey-credentials-get=(), screen-wake-lock=(), sync-xhr=(self), usb=(), web-share=(), xr-spatial-tracking=(), "
        "clipboard-read=(), clipboard-write=(), gamepad=(), hid=(), idle-detection=(), interest-cohort=(), serial=(), unload=()"
    ),
    "Cache-Control": "no-store, max-age=0",
    "X-DNS-Prefetch-Control": "off",
}
"""Header to proposed value: all that the table has."""
LEFT_OUT = {
    "Clear-Site-Data": "The table itself says: at logout, which is the service's to answer.",
    "Cross-Origin-Embedder-Policy": "Images and fonts of other origins that send no header of their own would no longer load.",
    "Cache-Control": "The service and the site's files say what may be kept; nothing would ever be.",
}
"""What is not sent to everybody, and why."""
BUDGET_BYTES = 4096
"""What all of it may weigh in each answer: as much as a small picture."""
MANY, LONG = 10, 10_240
"""Headers that one policy adds, or removes; the size of the added ones together
(https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-response-headers-policies)."""
REPORTED: Changes = {"cdn.content_security_policy_reports_only": True}


def inputs(rendering: Rendering) -> dict[str, Any]:
    """The response headers policy."""
    return rendering.one(aws.cloudfront.ResponseHeadersPolicy, "policies-headers").inputs


def custom(rendering: Rendering) -> dict[str, dict[str, Any]]:
    """The headers for which CloudFront has no property, by name."""
    return {item["header"]: item for item in inputs(rendering)["customHeadersConfig"]["items"]}


def sent(rendering: Rendering) -> dict[str, str]:
    """The headers as a viewer sees them."""
    known = inputs(rendering)["securityHeadersConfig"]
    transport = known["strictTransportSecurity"]
    parts = [f"max-age={int(transport['accessControlMaxAgeSec'])}"]
    parts += ["includeSubDomains"] if transport["includeSubdomains"] else []
    parts += ["preload"] if transport["preload"] else []
    headers = {
        "Strict-Transport-Security": "; ".join(parts),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": known["frameOptions"]["frameOption"],
        "Referrer-Policy": known["referrerPolicy"]["referrerPolicy"],
        **{header: item["value"] for header, item in custom(rendering).items()},
    }
    if policy := known.get("contentSecurityPolicy"):
        headers["Content-Security-Policy"] = policy["contentSecurityPolicy"]
    return headers


def weight(headers: dict[str, str]) -> int:
    """Bytes on the wire, before any compression."""
    return sum(len(f"{header}: {value}\r\n") for header, value in headers.items())


def parts(value: str) -> set[str]:
    """A value in pieces that mean the same in any order and case."""
    return {part.lower() for part in re.split(r"[;,]\s*", value)}


@pytest.mark.parametrize("header", [header for header in PROPOSED if header not in LEFT_OUT])
def test_what_owasp_proposes_is_sent(old_stack: Rendering, header: str) -> None:
    """With its value or a stricter one: HSTS also asks to be preloaded, and synchronous requests are for nobody."""
    more = {"Strict-Transport-Security": ("", "; preload"), "Permissions-Policy": ("sync-xhr=(self)", "sync-xhr=()")}
    before, after = more.get(header, ("", ""))
    stricter = PROPOSED[header].replace(before, after) if before else PROPOSED[header] + after
    assert parts(sent(old_stack)[header]) == parts(stricter)


def test_what_is_left_out_has_a_reason(old_stack: Rendering) -> None:
    """And nothing else is sent beside what is proposed."""
    assert sent(old_stack).keys() == PROPOSED.keys() - LEFT_OUT.keys()


def test_what_holds_for_the_whole_name_is_not_left_to_a_service(old_stack: Rendering) -> None:
    """HSTS and sniffing; in all other headers a service that says something itself is heard."""
    known = inputs(old_stack)["securityHeadersConfig"]
    assert {name for name, value in known.items() if value["override"]} == {"strictTransportSecurity", "contentTypeOptions"}
    assert not any(item["override"] for item in custom(old_stack).values())


def test_answers_do_not_say_what_they_are_made_of(old_stack: Rendering) -> None:
    """Of OWASP's list, the headers that common servers send by themselves.

    https://owasp.org/www-project-secure-headers/#prevent-information-disclosure-via-http-headers
    """
    removed = {item["header"] for item in inputs(old_stack)["removeHeadersConfig"]["items"]}
    assert removed == {"Server", "X-Powered-By", "X-AspNet-Version", "X-AspNetMvc-Version"}


def test_a_new_policy_may_be_tried_before_it_counts() -> None:
    """Browsers report what it would stop, and stop nothing: under the other name, with the same text, never under both."""
    made = rendered(REPORTED)
    assert "contentSecurityPolicy" not in inputs(made)["securityHeadersConfig"]
    assert sent(made)["Content-Security-Policy-Report-Only"] == Cdn().policy_text


def test_a_stack_may_keep_search_engines_out() -> None:
    """Whatever its services say."""
    item = custom(rendered({"cdn.noindex": True}))["X-Robots-Tag"]
    assert (item["value"], item["override"]) == ("noindex, nofollow", True)


def test_the_default_headers_are_light(old_stack: Rendering) -> None:
    """Every answer carries them."""
    assert weight(sent(old_stack)) <= BUDGET_BYTES


def test_the_longest_policy_that_settings_take_is_one_that_cloudfront_takes() -> None:
    """With everything else that can be switched on: still within the budget, and within CloudFront's own limits."""
    sources = [f"https://{number:02}.example.com" for number in range(74)]
    last = "x" * (POLICY_LENGTH - len("default-src " + " ".join([*sources, "https://"])))
    policy = {"default-src": [*sources, f"https://{last}"]}
    made = rendered({"cdn.content_security_policy": policy, "cdn.noindex": True, **REPORTED})
    headers = sent(made)
    assert len(headers["Content-Security-Policy-Report-Only"]) == POLICY_LENGTH
    assert weight(headers) <= BUDGET_BYTES < LONG
    assert len(custom(made)) <= MANY
    assert max(map(len, headers.values())) <= POLICY_LENGTH
    assert "are more than the 1783 that CloudFront sends" in refusal(
        {"cdn.content_security_policy": {"default-src": [*sources, f"https://{last}x"]}}
    )
