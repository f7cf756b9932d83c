"""What AWS refuses of CloudFront, its logs and its health checks, and the emulator does not."""

from typing import Any

import pytest

from tests.sandbox.provider.specs.cloudfront import BALANCER, BEHAVIOR, BUCKET, CODE, POLICY
from tests.sandbox.provider.specs.cloudfront_policies import CACHE_KEY, SENT
from tests.sandbox.provider.specs.log_delivery import DISTRIBUTION
from tests.sandbox.provider.specs.s3_sharing import rule
from tests.sandbox.provider.world import World

STORE = "arn:aws:cloudfront::123456789012:key-value-store/01234567-89ab-cdef-0123-456789abcdef"

FUNCTION = "arn:aws:cloudfront::123456789012:function/gate"

SERVICES = {"originId": "services", "domainName": "internal.elb.amazonaws.com", "vpcOriginConfig": {"vpcOriginId": "vo_1"}}

CUSTOM = {"httpPort": 80, "httpsPort": 443, "originProtocolPolicy": "https-only", "originSslProtocols": ["TLSv1.2"]}

CERTIFICATE = {
    "acmCertificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/a",
    "minimumProtocolVersion": "TLSv1.2_2021",
    "sslSupportMethod": "sni-only",
}

EDGE: dict[str, Any] = {
    "defaultCacheBehavior": BEHAVIOR,
    "enabled": True,
    "origins": [SERVICES],
    "restrictions": {"geoRestriction": {"restrictionType": "none"}},
    "viewerCertificate": CERTIFICATE,
}


def seen(event: str) -> dict[str, Any]:
    """Return a function's place in a behavior."""
    return {"functionArn": FUNCTION, "eventType": event}


ORIGINS: dict[str, tuple[Any, str]] = {
    "two of one id": ([SERVICES, SERVICES], "origins[1].originId"),
    "none": ([], "origins"),
    "of two kinds": ([{**SERVICES, "customOriginConfig": CUSTOM}], "origins[0]"),
    "port 81": (
        [{"originId": "services", "domainName": "a.b", "customOriginConfig": {**CUSTOM, "httpPort": 81}}],
        "origins[0].customOriginConfig.httpPort",
    ),
    "unknown protocol": (
        [{"originId": "services", "domainName": "a.b", "customOriginConfig": {**CUSTOM, "originSslProtocols": ["TLSv1.4"]}}],
        "origins[0].customOriginConfig.originSslProtocols[0]",
    ),
    "121 s to answer": (
        [{**SERVICES, "vpcOriginConfig": {"vpcOriginId": "vo_1", "originReadTimeout": 121}}],
        "origins[0].vpcOriginConfig.originReadTimeout",
    ),
    "four attempts": ([{**SERVICES, "connectionAttempts": 4}], "origins[0].connectionAttempts"),
    "path without slash": ([{**SERVICES, "originPath": "live"}], "origins[0].originPath"),
    "two ways into a bucket": (
        [
            {
                "originId": "services",
                "domainName": BUCKET,
                "originAccessControlId": "E1",
                "s3OriginConfig": {"originAccessIdentity": "origin-access-identity/cloudfront/E2"},
            }
        ],
        "origins[0].originAccessControlId",
    ),
}

BEHAVIORS: dict[str, tuple[dict[str, Any], str]] = {
    "unknown origin": ({"targetOriginId": "site"}, "targetOriginId"),
    "unknown viewer policy": ({"viewerProtocolPolicy": "http-only"}, "viewerProtocolPolicy"),
    "methods that are no set": ({"allowedMethods": ["GET", "HEAD", "POST"]}, "allowedMethods"),
    "cached but not allowed": ({"cachedMethods": ["GET", "HEAD", "OPTIONS"]}, "cachedMethods"),
    "a policy and times of its own": ({"maxTtl": 60}, "maxTtl"),
    "a function at the origin": ({"functionAssociations": [seen("origin-request")]}, "functionAssociations[0].eventType"),
    "two functions of one event": ({"functionAssociations": [seen("viewer-request")] * 2}, "functionAssociations[1].eventType"),
    "something that is no function": (
        {"functionAssociations": [{"functionArn": "gate", "eventType": "viewer-request"}]},
        "functionAssociations[0].functionArn",
    ),
}

DISTRIBUTIONS: dict[str, tuple[dict[str, Any], str]] = {
    **{f"origins: {name}": ({"origins": origins}, where) for name, (origins, where) in ORIGINS.items()},
    **{
        f"behavior: {name}": ({"defaultCacheBehavior": {**BEHAVIOR, **changes}}, f"defaultCacheBehavior.{where}")
        for name, (changes, where) in BEHAVIORS.items()
    },
    "two behaviors of one path": (
        {"orderedCacheBehaviors": [{**BEHAVIOR, "pathPattern": "/api/*"}] * 2},
        "orderedCacheBehaviors[1].pathPattern",
    ),
    "a path with a space": ({"orderedCacheBehaviors": [{**BEHAVIOR, "pathPattern": "/a b"}]}, "orderedCacheBehaviors[0].pathPattern"),
    "a comment too long": ({"comment": "x" * 129}, "comment"),
    "a root object with a slash": ({"defaultRootObject": "/index.html"}, "defaultRootObject"),
    "unknown HTTP": ({"httpVersion": "http4"}, "httpVersion"),
    "unknown price class": ({"priceClass": "PriceClass_300"}, "priceClass"),
    "a page for 418": ({"customErrorResponses": [{"errorCode": 418}]}, "customErrorResponses[0].errorCode"),
    "a code without a page": ({"customErrorResponses": [{"errorCode": 404, "responseCode": 200}]}, "customErrorResponses[0]"),
    "a regional certificate": (
        {"viewerCertificate": {**CERTIFICATE, "acmCertificateArn": "arn:aws:acm:eu-west-1:123456789012:certificate/a"}},
        "viewerCertificate.acmCertificateArn",
    ),
    "an unknown security policy": (
        {"viewerCertificate": {**CERTIFICATE, "minimumProtocolVersion": "TLSv1.2"}},
        "viewerCertificate.minimumProtocolVersion",
    ),
    "two certificates": ({"viewerCertificate": {**CERTIFICATE, "cloudfrontDefaultCertificate": True}}, "viewerCertificate"),
    "aliases without a certificate": (
        {"viewerCertificate": {"cloudfrontDefaultCertificate": True}, "aliases": ["app.example.com"]},
        "viewerCertificate",
    ),
    "locations without a restriction": (
        {"restrictions": {"geoRestriction": {"restrictionType": "none", "locations": ["DE"]}}},
        "restrictions.geoRestriction.locations",
    ),
    "a regional web ACL": ({"webAclId": "arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/main/a"}, "webAclId"),
    "what the emulator cannot hold": ({"anycastIpListId": "aip_1"}, "anycastIpListId"),
}

CONTROL = {"originAccessControlOriginType": "s3", "signingBehavior": "always", "signingProtocol": "sigv4"}

ORIGIN = {"arn": BALANCER, "httpPort": 80, "httpsPort": 443, "name": "services", "originProtocolPolicy": "https-only"}

KEY = "parametersInCacheKeyAndForwardedToOrigin"

PLAIN = {**CACHE_KEY, "headersConfig": {"headerBehavior": "none"}, "queryStringsConfig": {"queryStringBehavior": "none"}}

LIST = {"items": ["Accept-Encoding"]}

TARGET = {"destinationResourceArn": "arn:aws:logs:us-east-1:123456789012:log-group:edge"}

CHECK = {"type": "HTTPS", "fqdn": "app.example.com"}

REFUSED: dict[str, tuple[str, dict[str, Any], str]] = {
    **{name: ("cloudfront.Distribution", {**EDGE, **changes}, where) for name, (changes, where) in DISTRIBUTIONS.items()},
    "unknown origin type": (
        "cloudfront.OriginAccessControl",
        {**CONTROL, "originAccessControlOriginType": "ec2"},
        "originAccessControlOriginType",
    ),
    "a control's name too long": ("cloudfront.OriginAccessControl", {**CONTROL, "name": "x" * 65}, "name"),
    "an origin that is a topic": (
        "cloudfront.VpcOrigin",
        {"vpcOriginEndpointConfig": {**ORIGIN, "arn": "arn:aws:sns:eu-west-1:123456789012:page"}},
        "vpcOriginEndpointConfig.arn",
    ),
    "unknown origin protocol": (
        "cloudfront.VpcOrigin",
        {"vpcOriginEndpointConfig": {**ORIGIN, "originProtocolPolicy": "tls"}},
        "vpcOriginEndpointConfig.originProtocolPolicy",
    ),
    "unknown runtime": ("cloudfront.Function", {"code": CODE, "runtime": "cloudfront-js-3.0"}, "runtime"),
    "a store for the old runtime": (
        "cloudfront.Function",
        {"code": CODE, "runtime": "cloudfront-js-1.0", "keyValueStoreAssociations": [STORE]},
        "runtime",
    ),
    "two stores": (
        "cloudfront.Function",
        {"code": CODE, "runtime": "cloudfront-js-2.0", "keyValueStoreAssociations": [STORE] * 2},
        "keyValueStoreAssociations",
    ),
    "11 KB of code": ("cloudfront.Function", {"code": "ü" * 5500, "runtime": "cloudfront-js-2.0"}, "code"),
    "a function with a dot": ("cloudfront.Function", {"code": CODE, "runtime": "cloudfront-js-2.0", "name": "a.b"}, "name"),
    "a store with a space": ("cloudfront.KeyValueStore", {"name": "a b"}, "name"),
    "a store's comment too long": ("cloudfront.KeyValueStore", {"comment": "x" * 129}, "comment"),
    "a value of 2 KB": ("cloudfront.KeyvaluestoreKey", {"keyValueStoreArn": STORE, "key": "a", "value": "x" * 2048}, "value"),
    "a key of 513 bytes": ("cloudfront.KeyvaluestoreKey", {"keyValueStoreArn": STORE, "key": "x" * 513, "value": "a"}, "key"),
    "a store by its name": ("cloudfront.KeyvaluestoreKey", {"keyValueStoreArn": "routing", "key": "a", "value": "b"}, "keyValueStoreArn"),
    "times that fall": ("cloudfront.CachePolicy", {"minTtl": 60, "defaultTtl": 30, KEY: CACHE_KEY}, "defaultTtl"),
    "a key of what is not kept": ("cloudfront.CachePolicy", {"defaultTtl": 0, "maxTtl": 0, KEY: PLAIN}, "maxTtl"),
    "unknown cookies": (
        "cloudfront.CachePolicy",
        {KEY: {**PLAIN, "cookiesConfig": {"cookieBehavior": "some"}}},
        f"{KEY}.cookiesConfig.cookieBehavior",
    ),
    "names without a list": (
        "cloudfront.CachePolicy",
        {KEY: {**PLAIN, "headersConfig": {"headerBehavior": "whitelist"}}},
        f"{KEY}.headersConfig",
    ),
    "a list without names": (
        "cloudfront.CachePolicy",
        {KEY: {**PLAIN, "headersConfig": {"headerBehavior": "none", "headers": {"items": ["Origin"]}}}},
        f"{KEY}.headersConfig.headers",
    ),
    "encodings twice": (
        "cloudfront.CachePolicy",
        {KEY: {**PLAIN, "headersConfig": {"headerBehavior": "whitelist", "headers": LIST}}},
        f"{KEY}.headersConfig.headers",
    ),
    "encodings that are sent": (
        "cloudfront.OriginRequestPolicy",
        {**SENT, "headersConfig": {"headerBehavior": "whitelist", "headers": LIST}},
        "headersConfig.headers",
    ),
    "unknown frames": (
        "cloudfront.ResponseHeadersPolicy",
        {"securityHeadersConfig": {"frameOptions": {"frameOption": "ALLOW", "override": True}}},
        "securityHeadersConfig.frameOptions.frameOption",
    ),
    "150 percent": (
        "cloudfront.ResponseHeadersPolicy",
        {"serverTimingHeadersConfig": {"enabled": True, "samplingRate": 150}},
        "serverTimingHeadersConfig.samplingRate",
    ),
    "a header twice": (
        "cloudfront.ResponseHeadersPolicy",
        {"customHeadersConfig": {"items": [{"header": name, "override": True, "value": "a"} for name in ("x-a", "X-A")]}},
        "customHeadersConfig.items[1].header",
    ),
    "a block and a report": (
        "cloudfront.ResponseHeadersPolicy",
        {"securityHeadersConfig": {"xssProtection": {"override": True, "protection": True, "modeBlock": True, "reportUri": "/x"}}},
        "securityHeadersConfig.xssProtection.reportUri",
    ),
    "a policy with a space": ("cloudfront.OriginRequestPolicy", {**SENT, "name": "a b"}, "name"),
    "unknown metrics": (
        "cloudfront.MonitoringSubscription",
        {
            "distributionId": "E1",
            "monitoringSubscription": {"realtimeMetricsSubscriptionConfig": {"realtimeMetricsSubscriptionStatus": "On"}},
        },
        "monitoringSubscription.realtimeMetricsSubscriptionConfig.realtimeMetricsSubscriptionStatus",
    ),
    "edge logs from a region": (
        "cloudwatch.LogDeliverySource",
        {"name": "edge", "logType": "ACCESS_LOGS", "resourceArn": DISTRIBUTION},
        "region",
    ),
    "edge logs of another type": (
        "cloudwatch.LogDeliverySource",
        {"name": "edge", "logType": "ERROR_LOGS", "resourceArn": DISTRIBUTION, "region": "us-east-1"},
        "logType",
    ),
    "a source with a dot": ("cloudwatch.LogDeliverySource", {"name": "a.b", "logType": "TRACES", "resourceArn": "arn:aws:ses:::a"}, "name"),
    "columns in a log group": (
        "cloudwatch.LogDeliveryDestination",
        {"name": "edge", "outputFormat": "parquet", "deliveryDestinationConfiguration": TARGET},
        "outputFormat",
    ),
    "unknown format": ("cloudwatch.LogDeliveryDestination", {"outputFormat": "xml"}, "outputFormat"),
    "logs to a queue": (
        "cloudwatch.LogDeliveryDestination",
        {"deliveryDestinationConfiguration": {"destinationResourceArn": "arn:aws:sqs:eu-west-1:123456789012:a"}},
        "deliveryDestinationConfiguration.destinationResourceArn",
    ),
    "a type that is another": (
        "cloudwatch.LogDeliveryDestination",
        {"deliveryDestinationType": "S3", "deliveryDestinationConfiguration": TARGET},
        "deliveryDestinationType",
    ),
    "a delimiter of six": (
        "cloudwatch.LogDelivery",
        {"deliverySourceName": "a", "deliveryDestinationArn": "b", "fieldDelimiter": "------"},
        "fieldDelimiter",
    ),
    "every 20 s": ("route53.HealthCheck", {**CHECK, "requestInterval": 20}, "requestInterval"),
    "eleven failures": ("route53.HealthCheck", {**CHECK, "failureThreshold": 11}, "failureThreshold"),
    "two regions": ("route53.HealthCheck", {**CHECK, "regions": ["us-east-1", "eu-west-1"]}, "regions"),
    "unknown type": ("route53.HealthCheck", {**CHECK, "type": "ICMP"}, "type"),
    "a text that nobody looks for": ("route53.HealthCheck", {**CHECK, "searchString": "ok"}, "searchString"),
    "path without a slash": ("route53.HealthCheck", {**CHECK, "resourcePath": "healthz"}, "resourcePath"),
    "children of an endpoint": ("route53.HealthCheck", {**CHECK, "childHealthchecks": ["a"]}, "childHealthchecks"),
}

COPIED: dict[str, tuple[dict[str, Any], str]] = {
    "no bucket": ({"destination": {"bucket": "copies"}, "sourceSelectionCriteria": None}, "rules[0].destination.bucket"),
    "markers of nobody's": ({"deleteMarkerReplication": None}, "rules[0].deleteMarkerReplication"),
    "a key for nothing": ({"sourceSelectionCriteria": None}, "rules[0].sourceSelectionCriteria"),
    "encrypted without a key": ({"destination": {"bucket": "arn:aws:s3:::copies"}}, "rules[0].destination.encryptionConfiguration"),
    "unknown status": ({"status": "On"}, "rules[0].status"),
    "filter and prefix": ({"prefix": "a/"}, "rules[0].prefix"),
}


@pytest.mark.parametrize(("kind", "inputs", "where"), REFUSED.values(), ids=REFUSED)
def test_what_aws_refuses_is_refused_at_the_check(kind: str, inputs: dict[str, Any], where: str, world: World) -> None:
    """The failure names the property."""
    assert list(world.driver("aws").check(f"aws.{kind}", "x", inputs)[1]) == [where]


@pytest.mark.parametrize(("changes", "where"), COPIED.values(), ids=COPIED)
def test_a_replication_that_aws_refuses_is_refused(changes: dict[str, Any], where: str, world: World) -> None:
    """The failure names the rule."""
    rules = [{name: value for name, value in {**rule("copies"), **changes}.items() if value is not None}]
    inputs = {"bucket": "site", "role": "arn:aws:iam::123456789012:role/copies", "rules": rules}
    assert list(world.driver("aws").check("aws.s3.BucketReplicationConfig", "x", inputs)[1]) == [where]


def test_the_program_s_edge_is_accepted(world: World) -> None:
    """What the refused ones are variations of is right."""
    accepted = {
        "cloudfront.Distribution": EDGE,
        "cloudfront.VpcOrigin": {"vpcOriginEndpointConfig": ORIGIN},
        "cloudfront.CachePolicy": {KEY: PLAIN, "name": POLICY},
        "route53.HealthCheck": CHECK,
    }
    for kind, inputs in accepted.items():
        assert world.driver("aws").check(f"aws.{kind}", "x", inputs)[1] == {}
