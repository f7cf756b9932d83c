from collections.abc import Mapping
from typing import Any

import pulumi_aws as aws
import pytest

from tests.configs import rendered
from tests.rendering import Rendering

READ = ["GET", "HEAD", "OPTIONS"]
FUNCTION = "arn:aws:cloudfront::123456789012:Function/routing-{}-id"


def behaviors(rendering: Rendering) -> dict[str, Mapping[str, Any]]:
    """All behaviors by path, in the order in which they are tried; the default is `*`."""
    inputs = rendering.one(aws.cloudfront.Distribution, "cdn").inputs
    return {**{found["pathPattern"]: found for found in inputs["orderedCacheBehaviors"]}, "*": inputs["defaultCacheBehavior"]}


def functions(behavior: Mapping[str, Any]) -> dict[str, str]:
    """The functions of a behavior, by the event on which each runs."""
    return {found["eventType"]: found["functionArn"] for found in behavior["functionAssociations"]}


def test_paths_are_tried_in_order_of_priority() -> None:
    """Assets first, then each service's paths as it lists them, by the services' priorities and not by their names; last the site."""
    found = behaviors(rendered({"services.zoo": _zoo(), "services.api.priority": 2}))
    assert list(found) == ["/assets/*", "/zoo/b/*", "/zoo/a/*", "/api/*", "*"]


def _zoo() -> dict[str, Any]:
    """A service that comes after `api` in the file and before it in the order."""
    pins = {
        "image": f"123456789012.dkr.ecr.eu-west-1.amazonaws.com/zoo@sha256:{'a' * 64}",
        "ami": "ami-0123456789abcdef0",
        "instance_types": ["m8g.large"],
        "boot": 1,
        "port": 8080,
        "capacity": {"min": 1, "max": 2},
    }
    service = {"paths": ["/zoo/b/*", "/zoo/a/*"], "health_path": "/", "live": "blue", "blue": pins, "green": pins}
    return {**service, "priority": 1}


@pytest.mark.parametrize("path", ["*", "/assets/*"])
def test_the_site_is_read_and_nothing_else(old_stack: Rendering, path: str) -> None:
    """CloudFront refuses a group of origins under any other method."""
    behavior = behaviors(old_stack)[path]
    assert behavior["allowedMethods"] == READ
    assert behavior["targetOriginId"] == "site-or-copy"
    assert "originRequestPolicyId" not in behavior


def test_services_are_asked_everything_in_the_viewer_s_own_words(old_stack: Rendering) -> None:
    """All methods, headers, cookies and queries, the host among them: by AWS's policy AllViewer."""
    for path in ("/api/*", "/app/*"):
        behavior = behaviors(old_stack)[path]
        assert set(behavior["allowedMethods"]) == {*READ, "PUT", "POST", "PATCH", "DELETE"}
        assert behavior["targetOriginId"] == "services"
        assert behavior["originRequestPolicyId"] == "216adef6-5c7f-47e4-b989-5492eafa07d3"


def test_every_behavior_speaks_https_and_carries_the_headers(old_stack: Rendering) -> None:
    """Whatever comes by plain HTTP is sent to HTTPS; text is compressed; only reading is kept."""
    for path, behavior in behaviors(old_stack).items():
        assert behavior["viewerProtocolPolicy"] == "redirect-to-https", path
        assert behavior["responseHeadersPolicyId"] == "policies-headers-id", path
        assert behavior["compress"] is True, path
        assert behavior["cachedMethods"] == ["GET", "HEAD"], path


def test_every_request_passes_the_gate(old_stack: Rendering) -> None:
    """Pages by way of the function that knows the releases, all others by the gate alone."""
    requests = {path: functions(behavior)["viewer-request"] for path, behavior in behaviors(old_stack).items()}
    assert requests.pop("*") == FUNCTION.format("site")
    assert set(requests.values()) == {FUNCTION.format("service")}


def test_answers_of_services_are_looked_at(old_stack: Rendering) -> None:
    """The site sets no cookie."""
    answers = {path: functions(behavior).get("viewer-response") for path, behavior in behaviors(old_stack).items()}
    assert answers == {"*": None, "/assets/*": None, "/api/*": FUNCTION.format("answers"), "/app/*": FUNCTION.format("answers")}


def test_each_kind_of_path_has_its_cache_policy(old_stack: Rendering) -> None:
    """Assets, pages and services are kept by rules of their own."""
    policies = {path: behavior["cachePolicyId"] for path, behavior in behaviors(old_stack).items()}
    services = dict.fromkeys(("/api/*", "/app/*"), "policies-services-id")
    assert policies == {"*": "policies-pages-id", "/assets/*": "policies-assets-id", **services}
