from typing import Any

import pulumi_aws as aws
import pytest

from tests.components.web_firewalls import in_order
from tests.configs import rendered
from tests.graph import takes_from, waits_for
from tests.rendering import Registration, Rendering


def distribution(rendering: Rendering) -> Registration:
    """The only one."""
    (found,) = rendering.of(aws.cloudfront.Distribution)
    return found


def origins(rendering: Rendering) -> dict[str, Any]:
    """Where answers come from, by id."""
    return {origin["originId"]: origin for origin in distribution(rendering).inputs["origins"]}


def test_it_is_protected_and_answers_for_the_stack_s_name(old_stack: Rendering) -> None:
    """To everybody, by the newest protocols; its own name stays in use by nobody."""
    made = distribution(old_stack)
    assert made.protect
    assert made.inputs["enabled"] is True
    assert made.inputs["aliases"] == ["app.example.com"]
    assert (made.inputs["httpVersion"], made.inputs["isIpv6Enabled"]) == ("http2and3", True)
    assert made.inputs["restrictions"]["geoRestriction"]["restrictionType"] == "none"


def test_its_certificate_is_issued_in_us_east_1(new_stack: Rendering) -> None:
    """CloudFront takes no other region's, and none that is pending; older TLS than 1.2 is turned away."""
    certificate = distribution(new_stack).inputs["viewerCertificate"]
    named = takes_from(new_stack, distribution(new_stack), "viewerCertificate", aws.acm.CertificateValidation)
    assert named == {"certificate-edge-issued"}
    assert new_stack.one(aws.acm.CertificateValidation, "certificate-edge-issued").inputs["region"] == "us-east-1"
    assert certificate["minimumProtocolVersion"] == "TLSv1.2_2025"
    assert certificate["sslSupportMethod"] == "sni-only"


def test_it_stands_behind_the_web_firewall_once_every_rule_does(new_stack: Rendering) -> None:
    """The ACL's ARN is taken from its last rule, so nobody is let in past half of them."""
    last = in_order(new_stack)[-1].name
    assert takes_from(new_stack, distribution(new_stack), "webAclId", aws.wafv2.WebAclRule) == {last}


def test_errors_are_told_as_they_are(new_stack: Rendering) -> None:
    """A page for errors would take the place of the services' answers too."""
    assert "customErrorResponses" not in distribution(new_stack).inputs


def test_the_site_comes_from_its_bucket_and_else_from_the_copy(old_stack: Rendering) -> None:
    """When S3 fails in one region; a file that is missing there is missing in both."""
    (group,) = distribution(old_stack).inputs["originGroups"]
    assert group["originId"] == "site-or-copy"
    assert [member["originId"] for member in group["members"]] == ["site", "site-copy"]
    assert group["failoverCriteria"]["statusCodes"] == [500, 502, 503, 504]
    assert origins(old_stack)["site"]["domainName"].startswith("site-0123456.s3.")
    assert origins(old_stack)["site-copy"]["domainName"].startswith("site-copy-0123456.s3.")


def test_it_signs_what_it_asks_the_buckets(new_stack: Rendering) -> None:
    """Always: they answer nobody else."""
    access = new_stack.one(aws.cloudfront.OriginAccessControl, "cdn-access").inputs
    assert access == {"originAccessControlOriginType": "s3", "signingBehavior": "always", "signingProtocol": "sigv4"}
    assert takes_from(new_stack, distribution(new_stack), "origins", aws.cloudfront.OriginAccessControl) == {"cdn-access"}


def test_services_are_asked_through_the_vpc_origin_under_the_stack_s_name(old_stack: Rendering) -> None:
    """The load balancer's certificate is for that name; there is no other way to it."""
    services = origins(old_stack)["services"]
    assert services["domainName"] == "app.example.com"
    assert services["vpcOriginConfig"]["vpcOriginId"] == "origin-id"
    assert "customOriginConfig" not in services
    assert waits_for(old_stack, distribution(old_stack), aws.cloudfront.VpcOrigin) == {"origin"}


@pytest.mark.parametrize(("idle_seconds", "keepalive_seconds"), [(60, 55), (70, 60), (3, 1)])
def test_the_cdn_gives_up_a_silent_connection_before_the_load_balancer_does(idle_seconds: int, keepalive_seconds: int) -> None:
    """A request into a connection that is closing is an error that a user sees."""
    made = rendered({"load_balancer.idle_timeout_seconds": idle_seconds})
    assert made.one(aws.lb.LoadBalancer, "lb").inputs["idleTimeout"] == idle_seconds
    config = origins(made)["services"]["vpcOriginConfig"]
    assert (config["originReadTimeout"], config["originKeepaliveTimeout"]) == (30, keepalive_seconds)


def test_it_has_figures_that_cost_extra(new_stack: Rendering) -> None:
    """The origin's latency is among them."""
    subscription = new_stack.one(aws.cloudfront.MonitoringSubscription, "cdn-metrics")
    config = subscription.inputs["monitoringSubscription"]["realtimeMetricsSubscriptionConfig"]
    assert config == {"realtimeMetricsSubscriptionStatus": "Enabled"}
    assert takes_from(new_stack, subscription, "distributionId", aws.cloudfront.Distribution) == {"cdn"}


def test_config_says_where_answers_are_kept() -> None:
    """A price, and nothing else."""
    assert distribution(rendered({"cdn.price_class": "PriceClass_100"})).inputs["priceClass"] == "PriceClass_100"
