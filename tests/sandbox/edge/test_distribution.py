"""The production program's distribution, as the sandbox reads it from a state."""

from typing import Any

import pytest

from ops.errors import BadInputError, SwitchyardError
from sandbox.edge.distribution import Bucket, Group, Listener, normal, read
from sandbox.edge.view import View
from tests.sandbox.edge.world import resources

DISTRIBUTION = "aws:cloudfront/distribution:Distribution"


def test_the_behaviors_are_the_program_s_in_their_order() -> None:
    """Assets, the services' paths, everything else; each with its functions and its policy."""
    found = read(resources())
    assert [(each.pattern, each.origin, sorted(each.functions)) for each in found.behaviors] == [
        ("/assets/*", "site-or-copy", ["viewer-request"]),
        ("/api/*", "services", ["viewer-request", "viewer-response"]),
        ("*", "site-or-copy", ["viewer-request"]),
    ]
    assert [(each.cache.least, each.cache.default, each.cache.most) for each in found.behaviors] == [
        (0, 31_536_000, 31_536_000),
        (0, 0, 60),
        (0, 0, 31_536_000),
    ]
    assert found.behavior("/api/x").cache.headers.names == ("authorization", "origin", "x-switchyard-preview")
    assert (found.domain, found.root) == ("app.example.com", "index.html")


def test_the_origins_are_two_buckets_and_the_listener_behind_the_vpc_origin() -> None:
    """The second bucket is asked when the first fails."""
    assert read(resources()).origins == {
        "site": Bucket("site", "eu-west-1"),
        "site-copy": Bucket("site-copy", "eu-central-1"),
        "services": Listener("lb-https-id", "app.example.com"),
        "site-or-copy": Group(["site", "site-copy"], [500, 502, 503, 504]),
    }


@pytest.mark.parametrize(
    ("path", "plain"),
    [
        ("/", "/"),
        ("/a/./b/../c/", "/a/c/"),
        ("/a/..", "/"),
        ("/..", "/"),
        ("/%61%2D%7e%2f%2e%2e/x", "/a-~%2f../x"),
        ("/a/%2e%2e/b", "/b"),
        ("/a//b", "/a//b"),
    ],
)
def test_paths_are_compared_in_their_normal_form(path: str, plain: str) -> None:
    """Dot segments are gone, and escapes of what needs none."""
    assert normal(path) == plain


def broken(**changes: Any) -> list[dict[str, Any]]:
    """A state whose distribution says something else."""
    made = resources()
    for each in made:
        if each["type"] == DISTRIBUTION:
            each["inputs"] = {**each["inputs"], **changes}
    return made


def test_what_the_sandbox_does_not_know_is_said() -> None:
    """And not answered by guesswork."""
    given = next(each for each in resources() if each["type"] == DISTRIBUTION)["inputs"]
    behavior = given["defaultCacheBehavior"]
    with pytest.raises(SwitchyardError, match="knows no origin other"):
        read(broken(origins=[{"originId": "site", "domainName": "other.example.com"}]))
    with pytest.raises(SwitchyardError, match="origin request policy custom"):
        read(broken(defaultCacheBehavior={**behavior, "originRequestPolicyId": "custom"}))
    with pytest.raises(SwitchyardError, match="no CachePolicy whose id is gone"):
        read(broken(defaultCacheBehavior={**behavior, "cachePolicyId": "gone"}))


def test_a_stack_without_a_distribution_is_told_to_come_up() -> None:
    """Nor does one count that waits to be deleted."""
    made = [{**each, "delete": True} if each["type"] == DISTRIBUTION else each for each in resources()]
    with pytest.raises(BadInputError, match="no distribution yet"):
        read(made)


def test_a_view_reads_again_when_the_state_has_changed() -> None:
    """And only then."""
    reads: list[int] = []
    stamp = [1]

    def look() -> list[dict[str, Any]]:
        reads.append(stamp[0])
        return resources()

    view = View(lambda: stamp[0], look)
    first = view.distribution()
    assert view.distribution() is first
    assert (len(view.resources()) > 100, reads) == (True, [1])
    stamp[0] = 2
    assert view.distribution() is not first
    assert reads == [1, 2]
