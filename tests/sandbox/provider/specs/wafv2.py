"""Specs of WAF."""

from typing import Any

from tests.sandbox.provider.world import Spec, World

HOME = {"region": "us-east-1", "scope": "CLOUDFRONT"}


def visible(name: str) -> dict[str, Any]:
    """Return what is measured under a name."""
    return {"cloudwatchMetricsEnabled": True, "metricName": name, "sampledRequestsEnabled": True}


def acl(**more: Any) -> dict[str, Any]:
    """Return the inputs of a web ACL for CloudFront."""
    return {**HOME, "defaultAction": {"allow": {}}, "visibilityConfig": visible("edge"), **more}


def bodies(size: str) -> dict[str, Any]:
    """Return how much of a body is looked at."""
    return {"requestBodies": [{"cloudfront": {"defaultSizeInspectionLimit": size}}]}


def networks(world: World, version: str = "IPV4", *addresses: str) -> str:
    """Make an IP set; return its ARN."""
    made = world.make("aws.wafv2.IpSet", **HOME, ipAddressVersion=version, addresses=list(addresses))
    return str(made.outputs["arn"])


def rate(requests: int = 20) -> dict[str, Any]:
    """Return the statement of a limit by address and path."""
    plain = [{"priority": 0, "type": "URL_DECODE"}, {"priority": 1, "type": "NORMALIZE_PATH"}]
    paths = {"regexString": "^(/login)/?$", "fieldToMatch": {"uriPath": {}}, "textTransformations": plain}
    return {
        "rateBasedStatement": {
            "aggregateKeyType": "CUSTOM_KEYS",
            "customKeys": [{"ip": {}}, {"uriPath": {"textTransformations": plain}}],
            "limit": requests,
            "evaluationWindowSec": 60,
            "scopeDownStatement": {"regexMatchStatement": paths},
        }
    }


def managed(name: str, **more: Any) -> dict[str, Any]:
    """Return the statement of one of AWS's rule groups."""
    return {"managedRuleGroupStatement": {"vendorName": "AWS", "name": name, **more}}


def rule(arn: Any, **more: Any) -> dict[str, Any]:
    """Return the inputs of a rule of an ACL: a limit, unless told otherwise."""
    basic = {"name": "login", "priority": 10, "statement": rate(), "action": {"block": {}}, "visibilityConfig": visible("login")}
    return {"region": "us-east-1", "webAclArn": arn, **basic, **more}


def _acl(_world: World) -> dict[str, Any]:
    return acl(associationConfig=bodies("KB_16"), description="What looks at each request", tags={"service": "edge"})


def _set(_world: World) -> dict[str, Any]:
    return {**HOME, "ipAddressVersion": "IPV4", "addresses": ["203.0.113.0/24", "198.51.100.0/24"], "tags": {"service": "edge"}}


def _rule(world: World) -> dict[str, Any]:
    sets = [{"ipSetReferenceStatement": {"arn": networks(world, version)}} for version in ("IPV4", "IPV6")]
    outside = {"notStatement": {"statement": {"orStatement": {"statements": sets}}}}
    arn = world.make("aws.wafv2.WebAcl", **acl()).outputs["arn"]
    world.make("aws.wafv2.WebAclRule", **rule(arn))
    return rule(arn, name="lockdown", priority=0, statement=outside, action={"count": {}}, visibilityConfig=visible("lockdown"))


def _log(world: World) -> dict[str, Any]:
    group = world.make("aws.cloudwatch.LogGroup", name=f"aws-waf-logs-{world.name()}", region="us-east-1")
    return {
        "region": "us-east-1",
        "resourceArn": world.make("aws.wafv2.WebAcl", **acl()).outputs["arn"],
        "logDestinationConfigs": [group.outputs["arn"]],
        "redactedFields": [{"singleHeader": {"name": "authorization"}}, {"singleHeader": {"name": "cookie"}}],
    }


SPECS = (
    Spec(
        type="aws.wafv2.WebAcl",
        inputs=_acl,
        change={
            "defaultAction": {"block": {}},
            "associationConfig": bodies("KB_64"),
            "visibilityConfig": visible("other"),
            "tags": {"service": "web"},
        },
        replace={"name": "another"},
        not_imported=("region",),
    ),
    Spec(
        type="aws.wafv2.IpSet",
        inputs=_set,
        change={"addresses": ["203.0.113.0/25"], "tags": {}},
        replace={"ipAddressVersion": "IPV6"},
        not_imported=("region",),
    ),
    Spec(
        type="aws.wafv2.WebAclRule",
        inputs=_rule,
        change={"action": {"block": {}}, "priority": 5},
        replace={"name": "another"},
        not_imported=("region",),
    ),
    Spec(
        type="aws.wafv2.WebAclLoggingConfiguration",
        inputs=_log,
        change={"redactedFields": [{"singleHeader": {"name": "cookie"}}]},
        replace={"resourceArn": "arn:aws:wafv2:us-east-1:123456789012:global/webacl/another/id"},
        not_imported=("region",),
    ),
)
