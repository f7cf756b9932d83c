"""CloudFront: distributions, and what belongs to their origins."""

import secrets
from typing import Any

from sandbox.provider import distributions
from sandbox.provider.limits import Limit
from sandbox.provider.names import Naming
from sandbox.provider.row import Call, Facts, Row, inside

ZONE = "Z2FDTNDATAQYW2"
"""Where every distribution's name is. https://docs.aws.amazon.com/general/latest/gr/cf_region.html"""

DISTRIBUTION = {
    "aliases": "Aliases",
    "callerReference": "CallerReference",
    "comment": "Comment",
    "customErrorResponses": "CustomErrorResponses",
    "defaultCacheBehavior": "DefaultCacheBehavior",
    "defaultRootObject": "DefaultRootObject",
    "enabled": "Enabled",
    "httpVersion": "HttpVersion",
    "isIpv6Enabled": "IsIPV6Enabled",
    "orderedCacheBehaviors": "CacheBehaviors",
    "originGroups": "OriginGroups",
    "origins": "Origins",
    "priceClass": "PriceClass",
    "restrictions": "Restrictions",
    "viewerCertificate": "ViewerCertificate",
    "webAclId": "WebACLId",
}
"""What the emulator keeps of a distribution."""

MEMBERS = {
    "originId": "Id",
    "cachedMethods": "AllowedMethods.CachedMethods",
    "locations": "Items",
    "name": "HeaderName",
    "value": "HeaderValue",
}

REFERENCE = "DistributionConfig: {CallerReference: callerReference || unique, Comment: comment || ''}"

DEPLOYED = Call("get_distribution", "{Id: id}", on=tuple(DISTRIBUTION), when="waitForDeployment", until="Distribution.Status == 'Deployed'")
"""The official provider waits for a change to be everywhere, unless it is told not to."""

CONTROL = ("name", "description", "signingProtocol", "signingBehavior", "originAccessControlOriginType")

REACHED = r"arn:[\w-]+:(elasticloadbalancing:[\w-]+:\d+:loadbalancer/(app|net)/.+|ec2:[\w-]+:\d+:instance/.+)"
"""What a VPC origin leads to. https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html"""


def etag(_facts: Facts) -> str:
    """Return the name of a new version of something."""
    return f"E{secrets.token_hex(6).upper()}"


def _delete_control(client: Any, facts: Facts) -> None:
    """Delete an access control; the emulator fails when there is none."""
    found = client.get_origin_access_control(Id=facts["id"])
    client.delete_origin_access_control(Id=facts["id"], IfMatch=found["ETag"])


ROWS = (
    Row(
        type="aws.cloudfront.Distribution",
        before=Call(distributions.refuse_unfit),
        create=Call("create_distribution", f"{{{REFERENCE}}}", "Distribution"),
        id="Id",
        after=DEPLOYED,
        read=Call(distributions.look),
        update=(Call("update_distribution", f"{{Id: id, IfMatch: etag, {REFERENCE}}}"), DEPLOYED),
        delete=(
            Call(distributions.disable),
            Call("delete_distribution", "{Id: id, IfMatch: etag}", when="!retainOnDelete"),
        ),
        names={**MEMBERS, **{name: f"DistributionConfig.{member}" for name, member in DISTRIBUTION.items()}},
        computed={"hostedZoneId": lambda _: ZONE},
        defaults={"httpVersion": "http2", "priceClass": "PriceClass_All", "retainOnDelete": False, "waitForDeployment": True},
        kept=("retainOnDelete", "waitForDeployment"),
        fresh=("etag", "lastModifiedTime", "status"),
        limits=distributions.LIMITS,
        check=distributions.failures,
    ),
    Row(
        type="aws.cloudfront.OriginAccessControl",
        create=Call("create_origin_access_control"),
        id="OriginAccessControl.Id",
        read=Call("get_origin_access_control", "{Id: id}", "merge(OriginAccessControl.OriginAccessControlConfig, {ETag: ETag})"),
        update=Call("update_origin_access_control", "{Id: id, IfMatch: etag}"),
        delete=Call(_delete_control),
        names=inside("OriginAccessControlConfig", *CONTROL),
        computed={"arn": "arn:aws:cloudfront::{account}:origin-access-control/{id}"},
        fresh=("etag",),
        naming=Naming(64),
        limits={"description": Limit(high=256)},
    ),
    Row(
        type="aws.cloudfront.VpcOrigin",
        recorded="the emulator has no CreateVpcOrigin",
        create=Call("create_vpc_origin"),
        id="vo_{unique}",
        computed={"arn": "arn:aws:cloudfront::{account}:vpcorigin/{id}", "etag": etag},
        kept=("timeouts",),
        fresh=("etag",),
        limits={
            "vpcOriginEndpointConfig.name": Limit(1, 64),
            "vpcOriginEndpointConfig.arn": Limit(pattern=REACHED, says="the ARN of a load balancer or an instance"),
            **dict.fromkeys(("vpcOriginEndpointConfig.httpPort", "vpcOriginEndpointConfig.httpsPort"), distributions.PORT),
        },
    ),
    Row(
        type="aws.cloudfront.MonitoringSubscription",
        recorded="the emulator has no CreateMonitoringSubscription",
        create=Call("create_monitoring_subscription"),
        id="{distributionId}",
        replaces=("distributionId",),
    ),
)
