"""The way from the internet to the site and to a service, as components/front_door.py makes it: what several rules' specs start from."""

from collections.abc import Mapping, Sequence
from typing import Any

from components import edge
from policies.rules import aws_types as types
from tests.policies.documents import document
from tests.policies.given import UNKNOWN, Given, given

NAME = "app.example.com"
CDN = (types.DISTRIBUTION, "cdn")
EVERYWHERE = "arn:aws:cloudfront::123456789012:distribution/*"


def at_the_edge(kind: str, name: str, inputs: Mapping[str, Any], comes_from: Mapping[str, Sequence[Given]] | None = None) -> Given:
    """A thing of CloudFront's; its ARN ends with its id."""
    return given(kind, name, inputs, comes_from, outputs={"arn": f"arn:aws:cloudfront::123456789012:a/{name}-id"})


def reading(**changes: Any) -> dict[str, Any]:
    """The statement that lets the CDN read a bucket."""
    own = {"ArnLike": {"aws:SourceArn": EVERYWHERE}}
    return {
        "Effect": "Allow",
        "Action": ["s3:GetObject"],
        "Principal": {"Service": "cloudfront.amazonaws.com"},
        "Condition": own,
        **changes,
    }


def _bucket(name: str, **more: Any) -> Given:
    return given(types.BUCKET, name, more, outputs={"bucketRegionalDomainName": f"{name}.s3.amazonaws.com"})


OTHERS = ("Permissions-Policy", "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy", "X-Permitted-Cross-Domain-Policies")
PROVIDER = given(types.PROVIDER, "aws", {"allowedAccountIds": '["123456789012"]'})
SITE, COPY = _bucket("site"), _bucket("site-copy", region="eu-central-1")
SITE_POLICY = given(types.BUCKET_POLICY, "site-policy", {"policy": document(reading())}, {"bucket": [SITE]})
ACCESS = at_the_edge(
    types.ORIGIN_ACCESS, "cdn-access", {"signingBehavior": "always", "signingProtocol": "sigv4", "originAccessControlOriginType": "s3"}
)
BALANCER = given(types.LOAD_BALANCER, "lb", {"internal": True, "subnets": [UNKNOWN]}, outputs={"arn": "arn:lb"})
WAY_IN = at_the_edge(
    types.VPC_ORIGIN,
    "origin",
    {"vpcOriginEndpointConfig": {"arn": "arn:lb", "originProtocolPolicy": "https-only", "originSslProtocols": {"items": ["TLSv1.2"]}}},
    {"vpcOriginEndpointConfig": [BALANCER]},
)


def _cache(name: str, most: int, headers: list[str], cookies: list[str], queries: str) -> Given:
    key = {
        "headersConfig": {"headerBehavior": "whitelist", "headers": {"items": headers}} if headers else {"headerBehavior": "none"},
        "cookiesConfig": {"cookieBehavior": "whitelist", "cookies": {"items": cookies}} if cookies else {"cookieBehavior": "none"},
        "queryStringsConfig": {"queryStringBehavior": queries},
        "enableAcceptEncodingBrotli": True,
        "enableAcceptEncodingGzip": True,
    }
    inputs = {"minTtl": 0, "defaultTtl": 0, "maxTtl": most, "parametersInCacheKeyAndForwardedToOrigin": key}
    return at_the_edge(types.CACHE_POLICY, name, inputs)


FILES = _cache("policies-pages", 31_536_000, [], [], "none")
SERVICES = _cache("policies-services", 60, ["Authorization", "Origin", "x-switchyard-preview"], ["session"], "all")
HEADERS = at_the_edge(
    types.RESPONSE_HEADERS,
    "policies-headers",
    {
        "securityHeadersConfig": {
            "frameOptions": {"frameOption": "DENY"},
            "referrerPolicy": {"referrerPolicy": "no-referrer"},
            "contentSecurityPolicy": {"contentSecurityPolicy": "default-src 'self'"},
            "contentTypeOptions": {"override": True},
            "strictTransportSecurity": {"accessControlMaxAgeSec": 31_536_000, "includeSubdomains": True, "override": True},
        },
        "customHeadersConfig": {"items": [{"header": name} for name in (*OTHERS, "X-DNS-Prefetch-Control")]},
        "removeHeadersConfig": {"items": [{"header": "Server"}, {"header": "X-Powered-By"}]},
    },
)
STORE = at_the_edge(types.KEY_VALUE_STORE, "routing-store", {})


def _key(name: str, value: str) -> Given:
    return given(types.KEY_VALUE, f"routing-{name}", {"key": name, "value": value}, {"keyValueStoreArn": [STORE]})


TRAFFIC, MAINTENANCE = _key(edge.TRAFFIC_KEY, "{}"), _key(edge.MAINTENANCE_KEY, edge.maintenance_value(on=False, allowed_networks=[]))
CACHING = _key(edge.CACHING_KEY, edge.caching_value(on=False))


def _function(name: str, code: str) -> Given:
    inputs = {"code": code, "publish": True, "keyValueStoreAssociations": [UNKNOWN]}
    return at_the_edge(types.EDGE_FUNCTION, name, inputs, {"keyValueStoreAssociations": [STORE]})


FUNCTIONS = (
    _function("routing-site", edge.site_function()),
    _function("routing-service", edge.service_function()),
    _function("routing-answers", edge.answers_function()),
)


def _behavior(origin: str, policy: str, **functions: str) -> dict[str, Any]:
    runs = [
        {"eventType": event.replace("_", "-"), "functionArn": f"arn:aws:cloudfront::123456789012:a/{name}-id"}
        for event, name in functions.items()
    ]
    return {
        "targetOriginId": origin,
        "viewerProtocolPolicy": "redirect-to-https",
        "compress": True,
        "cachePolicyId": f"{policy}-id",
        "responseHeadersPolicyId": "policies-headers-id",
        "functionAssociations": runs,
    }


DISTRIBUTION = given(
    *CDN,
    {
        "aliases": [NAME],
        "httpVersion": "http2and3",
        "isIpv6Enabled": True,
        "defaultRootObject": "index.html",
        "viewerCertificate": {"minimumProtocolVersion": "TLSv1.2_2025", "sslSupportMethod": "sni-only"},
        "origins": [
            {"originId": "site", "domainName": "site.s3.amazonaws.com", "originAccessControlId": "cdn-access-id"},
            {"originId": "site-copy", "domainName": "site-copy.s3.amazonaws.com", "originAccessControlId": "cdn-access-id"},
            {"originId": "services", "domainName": NAME, "vpcOriginConfig": {"vpcOriginId": "origin-id"}},
        ],
        "originGroups": [
            {
                "originId": "site-or-copy",
                "members": [{"originId": "site"}, {"originId": "site-copy"}],
                "failoverCriteria": {"statusCodes": [500, 502, 503, 504]},
            }
        ],
        "defaultCacheBehavior": _behavior("site-or-copy", "policies-pages", viewer_request="routing-site"),
        "orderedCacheBehaviors": [
            _behavior("site-or-copy", "policies-pages", viewer_request="routing-service"),
            _behavior("services", "policies-services", viewer_request="routing-service", viewer_response="routing-answers"),
        ],
    },
    {"origins": [SITE, COPY, ACCESS, WAY_IN]},
)
