"""The headers that tell browsers what a page may do and who may hold it, as CloudFront's response headers policy takes them.

They follow the OWASP Secure Headers Project (https://owasp.org/www-project-secure-headers/). What a service says itself counts, but for
those that hold for the whole name.
"""

from collections.abc import Mapping

import pulumi_aws as aws
from pulumi_aws.cloudfront import ResponseHeadersPolicySecurityHeadersConfigArgs as SecurityHeadersArgs
from pulumi_aws.cloudfront import ResponseHeadersPolicySecurityHeadersConfigContentSecurityPolicyArgs as ContentSecurityPolicyArgs
from pulumi_aws.cloudfront import ResponseHeadersPolicySecurityHeadersConfigContentTypeOptionsArgs as ContentTypeOptionsArgs
from pulumi_aws.cloudfront import ResponseHeadersPolicySecurityHeadersConfigFrameOptionsArgs as FrameOptionsArgs
from pulumi_aws.cloudfront import ResponseHeadersPolicySecurityHeadersConfigReferrerPolicyArgs as ReferrerPolicyArgs
from pulumi_aws.cloudfront import ResponseHeadersPolicySecurityHeadersConfigStrictTransportSecurityArgs as StrictTransportSecurityArgs

from settings_cdn import Cdn

POWERFUL = (
    *("accelerometer", "autoplay", "camera", "cross-origin-isolated", "display-capture", "encrypted-media", "fullscreen", "geolocation"),
    *("gyroscope", "keyboard-map", "magnetometer", "microphone", "midi", "payment", "picture-in-picture", "publickey-credentials-get"),
    *("screen-wake-lock", "sync-xhr", "usb", "web-share", "xr-spatial-tracking", "clipboard-read", "clipboard-write", "gamepad"),
    *("hid", "idle-detection", "interest-cohort", "serial", "unload"),
)
"""What browsers let a page do that no site of ours does unless it says so by a header of its own."""
OTHERS: Mapping[str, str] = {
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in POWERFUL),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
    "X-DNS-Prefetch-Control": "off",
}
"""Headers that CloudFront knows by no property of their own."""
REPORT_ONLY = "Content-Security-Policy-Report-Only"
NOT_INDEXED = {"X-Robots-Tag": "noindex, nofollow"}
TELLTALES = ("Server", "X-Powered-By", "X-AspNet-Version", "X-AspNetMvc-Version")
"""What a service says of what it is made of."""


def known(settings: Cdn) -> SecurityHeadersArgs:
    """The headers that CloudFront has properties for."""
    policy = ContentSecurityPolicyArgs(content_security_policy=settings.policy_text, override=False)
    return SecurityHeadersArgs(
        content_security_policy=None if settings.content_security_policy_reports_only else policy,
        content_type_options=ContentTypeOptionsArgs(override=True),
        frame_options=FrameOptionsArgs(frame_option="DENY", override=False),
        referrer_policy=ReferrerPolicyArgs(referrer_policy="no-referrer", override=False),
        strict_transport_security=StrictTransportSecurityArgs(
            access_control_max_age_sec=settings.hsts_seconds, include_subdomains=True, preload=True, override=True
        ),
    )


def others(settings: Cdn) -> aws.cloudfront.ResponseHeadersPolicyCustomHeadersConfigArgs:
    """All others."""
    reported = {REPORT_ONLY: settings.policy_text} if settings.content_security_policy_reports_only else {}
    items = [_item(header, value, override=False) for header, value in {**OTHERS, **reported}.items()]
    hidden = [_item(header, value, override=True) for header, value in NOT_INDEXED.items() if settings.noindex]
    return aws.cloudfront.ResponseHeadersPolicyCustomHeadersConfigArgs(items=[*items, *hidden])


def removed() -> aws.cloudfront.ResponseHeadersPolicyRemoveHeadersConfigArgs:
    """Headers that never leave."""
    items = [aws.cloudfront.ResponseHeadersPolicyRemoveHeadersConfigItemArgs(header=header) for header in TELLTALES]
    return aws.cloudfront.ResponseHeadersPolicyRemoveHeadersConfigArgs(items=items)


def _item(header: str, value: str, *, override: bool) -> aws.cloudfront.ResponseHeadersPolicyCustomHeadersConfigItemArgs:
    return aws.cloudfront.ResponseHeadersPolicyCustomHeadersConfigItemArgs(header=header, value=value, override=override)
