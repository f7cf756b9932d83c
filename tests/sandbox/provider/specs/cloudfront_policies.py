"""Specs of CloudFront's policies."""

from typing import Any

from tests.sandbox.provider.world import Spec

CACHE_KEY: dict[str, Any] = {
    "cookiesConfig": {"cookieBehavior": "none"},
    "headersConfig": {"headerBehavior": "whitelist", "headers": {"items": ["Accept-Language"]}},
    "queryStringsConfig": {"queryStringBehavior": "all"},
    "enableAcceptEncodingBrotli": True,
    "enableAcceptEncodingGzip": True,
}

SENT: dict[str, Any] = {
    "cookiesConfig": {"cookieBehavior": "all"},
    "headersConfig": {"headerBehavior": "allViewerAndWhitelistCloudFront", "headers": {"items": ["CloudFront-Viewer-Country"]}},
    "queryStringsConfig": {"queryStringBehavior": "all"},
}

HEADERS: dict[str, Any] = {
    "securityHeadersConfig": {
        "contentTypeOptions": {"override": True},
        "frameOptions": {"frameOption": "DENY", "override": True},
        "strictTransportSecurity": {"accessControlMaxAgeSec": 31_536_000, "includeSubdomains": True, "override": True},
    },
    "customHeadersConfig": {"items": [{"header": "permissions-policy", "override": True, "value": "camera=()"}]},
    "removeHeadersConfig": {"items": [{"header": "server"}]},
}

SPECS = (
    Spec(
        type="aws.cloudfront.CachePolicy",
        inputs=lambda _: {"minTtl": 0, "defaultTtl": 60, "maxTtl": 3600, "parametersInCacheKeyAndForwardedToOrigin": CACHE_KEY},
        change={"defaultTtl": 120, "comment": "Longer"},
        replace={"name": "another"},
    ),
    Spec(
        type="aws.cloudfront.OriginRequestPolicy",
        inputs=lambda _: SENT,
        change={"cookiesConfig": {"cookieBehavior": "none"}},
        replace={"name": "another"},
    ),
    Spec(
        type="aws.cloudfront.ResponseHeadersPolicy",
        inputs=lambda _: HEADERS,
        change={"customHeadersConfig": {"items": []}, "serverTimingHeadersConfig": {"enabled": True, "samplingRate": 0.5}},
        replace={"name": "another"},
    ),
)
