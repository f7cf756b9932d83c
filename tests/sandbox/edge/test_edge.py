"""The site through the production program's distribution: releases, pages, assets, the copy, maintenance, headers."""

from collections.abc import Callable

import pytest

from components.edge import MAINTENANCE_KEY, TRAFFIC_KEY, maintenance_value, traffic_value
from ops.site.headers import AT_THE_EDGE as REVALIDATED
from ops.site.headers import FOR_EVER as IMMUTABLE
from sandbox.edge.cache import BAD_GATEWAY
from sandbox.front_door import Answer
from tests.sandbox.edge.world import World, serving, word

Make = Callable[..., World]
PAGE = ("text/html; charset=utf-8", REVALIDATED, b"<p>one</p>")
SCRIPT = ("text/javascript", IMMUTABLE, b"alert(1)")


@pytest.fixture
def world(make: Make) -> World:
    """Production with one release and an asset in the bucket, none of it in the copy."""
    made = make(site__live="r1")
    made.buckets["eu-west-1"].files = {
        "releases/r1/index.html": PAGE,
        "releases/r1/about/index.html": PAGE,
        "releases/r1/a b.txt": ("text/plain", REVALIDATED, b"space"),
        "assets/app-1.js": SCRIPT,
    }
    return made


def test_pages_come_from_the_live_release(world: World) -> None:
    """By the function's own reading of paths, and with what S3 says of them."""
    for path in ("/", "/index.html", "/about", "/about/", "/a%20b.txt"):
        told = world.ask(path)
        assert (told.status, told.headers["cache-control"]) == (200, REVALIDATED)
    assert world.ask("/").headers["last-modified"] == "Fri, 02 Jan 2026 03:04:05 GMT"


def test_a_page_is_kept_for_the_edge_and_revalidated_by_the_browser(world: World) -> None:
    """A year here; the browser asks at each use, and is answered without the bucket."""
    first = world.ask("/", cookies={"session": "a"}, authorization="Bearer a")
    world.clock.now += 86_400
    again = world.ask("/?any=query", if_none_match=first.headers["etag"])
    assert (again.status, word(again), world.buckets["eu-west-1"].asked) == (304, "Hit", ["site/releases/r1/index.html"])


def test_a_flip_shows_at_the_next_request_and_back(world: World) -> None:
    """The release is part of what the cache sees."""
    world.buckets["eu-west-1"].files["releases/r2/index.html"] = ("text/html", REVALIDATED, b"<p>two</p>")
    bodies = []
    for live in ("r1", "r2", "r1"):
        world.store = {
            TRAFFIC_KEY: traffic_value(live, "", 0, single_page=False),
            MAINTENANCE_KEY: maintenance_value(on=False, allowed_networks=()),
        }
        bodies.append(world.ask("/").body)
    assert bodies == [b"<p>one</p>", b"<p>two</p>", b"<p>one</p>"]


def test_assets_belong_to_no_release(world: World) -> None:
    """And are kept without asking again."""
    assert [word(world.ask("/assets/app-1.js")) for _ in range(2)] == ["Miss", "Hit"]
    assert world.ask("/assets/app-1.js").headers["cache-control"] == IMMUTABLE


@pytest.mark.parametrize("fails", ["unreachable", 500, 503])
def test_the_copy_is_asked_when_the_bucket_fails(world: World, fails: str | int) -> None:
    """In the second region, for the same file."""
    world.buckets["eu-west-1"].fails = fails
    world.buckets["eu-central-1"].files["releases/r1/index.html"] = PAGE
    assert world.ask("/").body == b"<p>one</p>"
    assert world.buckets["eu-central-1"].asked == ["site-copy/releases/r1/index.html"]


def test_a_missing_file_is_missing(world: World) -> None:
    """As the bucket says it; the copy is not asked."""
    told = world.ask("/nothing.txt")
    assert (told.status, word(told), world.buckets["eu-central-1"].asked) == (404, "Error", [])


def test_the_last_page_is_given_while_both_buckets_fail(world: World) -> None:
    """However old; what was never kept cannot be."""
    world.ask("/")
    world.clock.now += 40_000_000
    for bucket in world.buckets.values():
        bucket.fails = "unreachable"
    assert world.ask("/").body == b"<p>one</p>"
    lost = world.ask("/about")
    assert (lost.status, lost.body) == (502, BAD_GATEWAY.body)


@pytest.mark.parametrize("path", ["/releases/r1/index.html", "/assets/../releases/r1/index.html", "/assets/%2e%2e/releases/r1/index.html"])
def test_no_path_leads_into_another_release(world: World, path: str) -> None:
    """Behaviors are chosen by the normal form of a path."""
    assert (world.ask(path).status, world.buckets["eu-west-1"].asked) == (404, [])


def test_a_path_with_dots_is_the_service_s_that_it_names(world: World) -> None:
    """As CloudFront compares it."""
    world.script = serving(Answer(200, {}, "api"))
    assert world.ask("/assets/../api/x").body == b"api"
    assert world.ask("/%61pi/x").body == b"api"


def test_maintenance_answers_instead_of_everything(world: World) -> None:
    """With the headers of every answer; kept by nobody, and gone with the key."""
    world.ask("/")
    world.store = {**(world.keys() or {}), MAINTENANCE_KEY: maintenance_value(on=True, allowed_networks=["203.0.113.0/24"])}
    for path in ("/", "/about", "/assets/app-1.js", "/api/x"):
        shut = world.ask(path)
        assert (shut.status, word(shut), shut.headers["cache-control"]) == (503, "FunctionGeneratedResponse", "no-store")
        assert (shut.headers["x-frame-options"], "retry-after" in shut.headers) == ("DENY", True)
    world.store = None
    assert world.ask("/").status == 200


def test_every_answer_has_the_stack_s_headers(world: World) -> None:
    """What the service says counts where the policy lets it; what it is made of is not told."""
    told = {"Server": "nginx/1", "X-Powered-By": "x", "Referrer-Policy": "origin", "X-Content-Type-Options": "sniff"}
    world.script = serving(Answer(200, told))
    headers = world.ask("/api/x").headers
    assert (headers["referrer-policy"], headers["x-content-type-options"]) == ("origin", "nosniff")
    assert {"server", "x-powered-by"} & headers.keys() == set()
    assert headers["strict-transport-security"] == "max-age=63072000; includeSubDomains; preload"
    assert "upgrade-insecure-requests" in headers["content-security-policy"]
    assert world.ask("/nothing.txt").headers["content-security-policy"] == headers["content-security-policy"]


def test_a_method_that_no_behavior_allows_is_refused_at_the_edge(world: World) -> None:
    """Nobody else is asked."""
    told = world.ask("/about", "POST")
    assert (told.status, word(told), world.buckets["eu-west-1"].asked) == (403, "Error", [])
    assert world.ask("/about", "OPTIONS").status == 405


def test_a_function_that_fails_is_told_apart(world: World) -> None:
    """As CloudFront does."""
    for each in world.resources:
        if each["type"] == "aws:cloudfront/function:Function":
            each["inputs"]["code"] = "import cf from 'cloudfront';\nasync function handler(event) { throw new Error('out of luck'); }"
    told = world.ask("/")
    assert (told.status, word(told), b"out of luck" in told.body) == (503, "FunctionExecutionError", True)
