"""Cache and headers policies, beyond what the program's own have."""

from typing import Any

import pytest

from ops.errors import SwitchyardError
from sandbox.edge.messages import Request, Response, cookies_of
from sandbox.edge.policies import CachePolicy, HeadersPolicy

KEY = "parametersInCacheKeyAndForwardedToOrigin"


def cache_policy(**key: Any) -> CachePolicy:
    """A policy with some parts of its key changed."""
    nothing = {
        "headersConfig": {"headerBehavior": "none"},
        "cookiesConfig": {"cookieBehavior": "none"},
        "queryStringsConfig": {"queryStringBehavior": "none"},
    }
    return CachePolicy.read({"minTtl": 0, "defaultTtl": 0, "maxTtl": 60, KEY: {**nothing, **key}})


@pytest.mark.parametrize(
    ("accepts", "found"),
    [
        ("gzip, deflate, br, zstd", "br,gzip"),
        ("gzip", "gzip"),
        ("BR;q=0.5 , gzip;q=0", "br"),
        ("br; q=0, gzip;q=1.0", "gzip"),
        ("identity", ""),
        ("", ""),
    ],
)
def test_encodings_are_told_apart_in_one_way_of_writing(accepts: str, found: str) -> None:
    """Whatever browsers write; not at all under a policy that compresses nothing."""
    request = Request("GET", "/", headers={"accept-encoding": accepts})
    assert cache_policy(enableAcceptEncodingBrotli=True, enableAcceptEncodingGzip=True).accepted(request) == found
    assert cache_policy().accepted(request) == ""


def test_all_cookies_and_queries_can_count() -> None:
    """And then each makes another answer."""
    policy = cache_policy(cookiesConfig={"cookieBehavior": "all"}, queryStringsConfig={"queryStringBehavior": "all"})
    keys = {policy.key(Request("GET", "/", query, {}, cookies)) for query in ("", "a=1") for cookies in ({}, {"a": "1"}, {"b": "1"})}
    assert len(keys) == 6


def test_a_behavior_that_is_not_known_is_said() -> None:
    """With what is known."""
    with pytest.raises(SwitchyardError, match="does not know cookieBehavior 'allExcept'"):
        cache_policy(cookiesConfig={"cookieBehavior": "allExcept", "cookies": {"items": ["a"]}})


def test_a_header_is_removed_before_the_policy_s_own_is_added() -> None:
    """So that a policy may replace what it removes."""
    custom = {"items": [{"header": "Server", "value": "ours", "override": False}, {"header": "X-A", "value": "b", "override": True}]}
    policy = HeadersPolicy.read({"customHeadersConfig": custom, "removeHeadersConfig": {"items": [{"header": "Server"}]}})
    assert policy.applied(Response(200, {"server": "theirs", "x-a": "a"})).headers == {"server": "ours", "x-a": "b"}


def test_cookies_are_read_as_browsers_send_them() -> None:
    """The first of a name counts, a value may have an equals sign, and rubbish is none."""
    assert cookies_of('session=a=b; theme="dark"; session=c;  ; =x; flag') == {"session": "a=b", "theme": '"dark"', "flag": ""}
