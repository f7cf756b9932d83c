"""Specs of CloudFront."""

from typing import Any

from tests.sandbox.provider.world import Spec, World

POLICY = "658327ea-f89d-4fab-a63d-7e88639e58f6"

BALANCER = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/main/0123456789abcdef"

CODE = "function handler(event) { return event.request; }"

BEHAVIOR = {"targetOriginId": "services", "viewerProtocolPolicy": "redirect-to-https", "cachePolicyId": POLICY}

BUCKET = "releases.s3.eu-west-1.amazonaws.com"


def certificate(world: World, domain: str) -> str:
    """Return a certificate in CloudFront's region, which the emulator issues at once."""
    return world.id("aws.acm.Certificate", domainName=domain, validationMethod="DNS", region="us-east-1")


def distribution(world: World) -> dict[str, Any]:
    """Return a distribution as the program has it: a bucket, a load balancer, functions, a name of its own."""
    domain = f"{world.name()}.example.com"
    gate = world.make("aws.cloudfront.Function", runtime="cloudfront-js-2.0", code=CODE).outputs["arn"]
    gated = {"functionAssociations": [{"eventType": "viewer-request", "functionArn": gate}]}
    control = {"originAccessControlOriginType": "s3", "signingBehavior": "always", "signingProtocol": "sigv4"}
    return {
        "aliases": [domain],
        "comment": "Everything under one name.",
        "customErrorResponses": [{"errorCode": 503, "errorCachingMinTtl": 0}],
        "defaultCacheBehavior": {
            **BEHAVIOR,
            "targetOriginId": "site",
            "allowedMethods": ["GET", "HEAD", "OPTIONS"],
            "cachedMethods": ["GET", "HEAD"],
            "compress": True,
            **gated,
        },
        "defaultRootObject": "index.html",
        "enabled": True,
        "httpVersion": "http2and3",
        "isIpv6Enabled": True,
        "orderedCacheBehaviors": [{**BEHAVIOR, "pathPattern": "/api/*", "responseHeadersPolicyId": POLICY, **gated}],
        "origins": [
            {"originId": "site", "domainName": BUCKET, "originAccessControlId": world.id("aws.cloudfront.OriginAccessControl", **control)},
            {
                "originId": "services",
                "domainName": "internal.elb.amazonaws.com",
                "customHeaders": [{"name": "x-edge", "value": "main"}],
                "vpcOriginConfig": {"vpcOriginId": "vo_0123456789", "originReadTimeout": 30},
            },
        ],
        "priceClass": "PriceClass_100",
        "restrictions": {"geoRestriction": {"restrictionType": "whitelist", "locations": ["DE", "FR"]}},
        "viewerCertificate": {
            "acmCertificateArn": certificate(world, domain),
            "minimumProtocolVersion": "TLSv1.2_2021",
            "sslSupportMethod": "sni-only",
        },
        "webAclId": "arn:aws:wafv2:us-east-1:123456789012:global/webacl/main/a",
        "tags": {"Name": "main"},
    }


def _origin(arn: str) -> dict[str, Any]:
    return {
        "vpcOriginEndpointConfig": {
            "arn": arn,
            "httpPort": 80,
            "httpsPort": 443,
            "name": "services",
            "originProtocolPolicy": "https-only",
            "originSslProtocols": {"items": ["TLSv1.2"], "quantity": 1},
        }
    }


def _monitoring(status: str) -> dict[str, Any]:
    return {"monitoringSubscription": {"realtimeMetricsSubscriptionConfig": {"realtimeMetricsSubscriptionStatus": status}}}


SPECS = (
    Spec(
        type="aws.cloudfront.Distribution",
        inputs=distribution,
        change={
            "comment": None,
            "defaultCacheBehavior": {**BEHAVIOR, "targetOriginId": "services"},
            "orderedCacheBehaviors": [],
            "priceClass": "PriceClass_200",
            "tags": {},
        },
        not_imported=("origins", "defaultCacheBehavior", "orderedCacheBehaviors"),
    ),
    Spec(
        type="aws.cloudfront.OriginAccessControl",
        inputs=lambda _: {"originAccessControlOriginType": "s3", "signingBehavior": "always", "signingProtocol": "sigv4"},
        change={"description": "The site's bucket", "signingBehavior": "no-override"},
        replace={"name": "another"},
    ),
    Spec(
        type="aws.cloudfront.VpcOrigin",
        inputs=lambda _: {**_origin(BALANCER), "tags": {"Name": "services"}},
        change={**_origin(f"{BALANCER}0"), "tags": {}},
    ),
    Spec(
        type="aws.cloudfront.MonitoringSubscription",
        inputs=lambda _: {"distributionId": "E0123456789ABC", **_monitoring("Enabled")},
        change=_monitoring("Disabled"),
        replace={"distributionId": "E0123456789ABD"},
    ),
)
