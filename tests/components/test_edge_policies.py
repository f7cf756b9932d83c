from collections.abc import Mapping
from typing import Any

import pulumi_aws as aws
import pytest

from tests.configs import Changes, rendered
from tests.rendering import Rendering

YEAR, DAY = 31_536_000, 86_400
AGGRESSIVE: Changes = {"contingency.aggressive_caching": True}


def policy(rendering: Rendering, purpose: str) -> Mapping[str, Any]:
    """A cache policy."""
    return rendering.one(aws.cloudfront.CachePolicy, f"policies-{purpose}").inputs


def seconds(found: Mapping[str, Any]) -> tuple[int, int, int]:
    """How long answers are kept: at least, by default, at most."""
    return found["minTtl"], found["defaultTtl"], found["maxTtl"]


def key(found: Mapping[str, Any]) -> Mapping[str, Any]:
    """What tells answers apart."""
    parameters: Mapping[str, Any] = found["parametersInCacheKeyAndForwardedToOrigin"]
    return parameters


def test_assets_are_kept_for_a_year_and_pages_as_they_say(old_stack: Rendering) -> None:
    """An asset's name changes with its content; a page that says nothing is asked for again each time."""
    assert seconds(policy(old_stack, "assets")) == (0, YEAR, YEAR)
    assert seconds(policy(old_stack, "pages")) == (0, 0, YEAR)


@pytest.mark.parametrize("purpose", ["assets", "pages"])
def test_a_file_is_the_same_for_everybody(old_stack: Rendering, purpose: str) -> None:
    """Whatever header, cookie or query a viewer sends, so that none fills the cache; compressed by Brotli and gzip."""
    found = key(policy(old_stack, purpose))
    assert found["headersConfig"] == {"headerBehavior": "none"}
    assert found["cookiesConfig"] == {"cookieBehavior": "none"}
    assert found["queryStringsConfig"] == {"queryStringBehavior": "none"}
    assert (found["enableAcceptEncodingBrotli"], found["enableAcceptEncodingGzip"]) == (True, True)


def test_an_answer_of_a_service_is_kept_for_the_same_user_alone() -> None:
    """For the site that asks, from the color that was asked for, and for the whole query; config says the cookie's name."""
    found = key(policy(rendered({"cdn.session_cookie": "__Host-id"}), "services"))
    assert found["headersConfig"] == {
        "headerBehavior": "whitelist",
        "headers": {"items": ["Authorization", "Origin", "x-switchyard-preview"]},
    }
    assert found["cookiesConfig"] == {"cookieBehavior": "whitelist", "cookies": {"items": ["__Host-id"]}}
    assert found["queryStringsConfig"] == {"queryStringBehavior": "all"}
    assert (found["enableAcceptEncodingBrotli"], found["enableAcceptEncodingGzip"]) == (True, True)


def test_an_answer_of_a_service_is_kept_only_where_it_says_so(old_stack: Rendering) -> None:
    """And no longer than config allows."""
    assert seconds(policy(old_stack, "services")) == (0, 0, 60)
    assert seconds(policy(rendered({"cdn.service_ttl_seconds": 300}), "services")) == (0, 0, 300)


def test_where_nothing_is_kept_nothing_tells_answers_apart() -> None:
    """CloudFront refuses a key, and compression, in a policy that keeps nothing; all is sent to the services all the same."""
    found = policy(rendered({"cdn.service_ttl_seconds": 0}), "services")
    assert seconds(found) == (0, 0, 0)
    assert key(found) == {
        "headersConfig": {"headerBehavior": "none"},
        "cookiesConfig": {"cookieBehavior": "none"},
        "queryStringsConfig": {"queryStringBehavior": "none"},
        "enableAcceptEncodingBrotli": False,
        "enableAcceptEncodingGzip": False,
    }


def test_aggressive_caching_keeps_answers_against_their_will() -> None:
    """For a minute at least and a day at most, by the same key: nobody gets what is another's."""
    calm, hard = policy(rendered({}), "services"), policy(rendered(AGGRESSIVE), "services")
    assert seconds(hard) == (60, 60, DAY)
    assert key(hard) == key(calm)


def test_aggressive_caching_keeps_by_user_where_nothing_was_kept() -> None:
    """The key comes with it: without one everybody would get the first user's answer."""
    hard = policy(rendered({**AGGRESSIVE, "cdn.service_ttl_seconds": 0}), "services")
    assert seconds(hard) == (60, 60, DAY)
    assert key(hard) == key(policy(rendered({}), "services"))


def test_aggressive_caching_changes_one_policy_and_one_key() -> None:
    """Neither the distribution, which takes minutes, nor how files are kept."""
    calm, hard = ({found.urn: found for found in rendered(changes).registrations} for changes in ({}, AGGRESSIVE))
    assert calm.keys() == hard.keys()
    assert {calm[urn].name for urn in calm if calm[urn] != hard[urn]} == {"policies-services", "routing-caching"}
