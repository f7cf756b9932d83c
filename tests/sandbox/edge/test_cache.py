"""What is kept of a service's answers: by the production program's own policies, through its own functions."""

from collections.abc import Callable
from typing import Any

import pytest

from components.blue_green import PREVIEW_HEADER
from sandbox.front_door import Answer
from tests.sandbox.edge.world import World, serving, word

Make = Callable[..., World]


def fresh(seconds: int, body: str = "", **more: str) -> Answer:
    """An answer that may be kept so long."""
    spelled = {name.replace("_", "-"): value for name, value in more.items()}
    return Answer(200, {"Cache-Control": f"max-age={seconds}", "Content-Type": "text/plain", **spelled}, body)


@pytest.fixture
def world(make: Make) -> World:
    """Production, which keeps what services let it keep for a minute at most."""
    return make()


def test_an_answer_is_given_again_until_it_is_old(world: World) -> None:
    """With its age; then the service is asked."""
    world.script = serving(fresh(30, "one"), fresh(30, "two"))
    assert word(world.ask("/api/x")) == "Miss"
    world.clock.now += 29
    kept = world.ask("/api/x")
    assert (word(kept), kept.headers["age"], kept.body) == ("Hit", "29", b"one")
    world.clock.now += 1
    assert (word(world.ask("/api/x")), world.ask("/api/x").body) == ("Miss", b"two")


def test_the_settings_ceiling_holds(world: World) -> None:
    """`cdn.service_ttl_seconds` is 60."""
    world.script = serving(fresh(86_400, "one"), fresh(86_400, "two"))
    world.ask("/api/x")
    world.clock.now += 60
    assert world.ask("/api/x").body == b"two"


def test_what_says_nothing_is_asked_each_time(world: World) -> None:
    """And so is what forbids it."""
    for answer in (
        Answer(200, {}, "one"),
        Answer(200, {"Cache-Control": "no-store"}),
        Answer(200, {"Cache-Control": "private, max-age=9"}),
    ):
        world.script = serving(answer)
        assert [word(world.ask("/api/y")) for _ in range(2)] == ["Miss", "Miss"]


@pytest.mark.parametrize(
    ("path", "more"),
    [
        ("/api/other", {}),
        ("/api/x?page=2", {}),
        ("/api/x", {"cookies": {"session": "b"}}),
        ("/api/x", {"authorization": "Bearer b"}),
        ("/api/x", {"origin": "https://other.example.com"}),
        ("/api/x", {PREVIEW_HEADER.replace("-", "_"): "token"}),
        ("/api/x", {"accept_encoding": "gzip"}),
    ],
)
def test_what_tells_answers_apart(world: World, path: str, more: dict[str, Any]) -> None:
    """Path, query, session, Authorization, Origin, the preview header, the compression."""
    world.script = lambda request: fresh(30, f"{request.path} {len(world.asked)}")
    assert word(world.ask("/api/x")) == "Miss"
    assert word(world.ask(path, **more)) == "Miss"
    assert word(world.ask(path, **more)) == "Hit"


@pytest.mark.parametrize("more", [{"cookies": {"theme": "dark"}}, {"user_agent": "other"}, {"accept_encoding": "deflate, gzip;q=0"}])
def test_what_does_not(world: World, more: dict[str, Any]) -> None:
    """Other cookies and headers; an encoding that is refused. The service sees them all the same."""
    world.script = serving(fresh(30))
    world.ask("/api/x", cookies={"theme": "light"}, user_agent="one")
    assert word(world.ask("/api/x", **more)) == "Hit"
    assert (world.asked[0].headers["cookie"], world.asked[0].headers["user-agent"]) == ("theme=light", "one")


def test_the_service_is_asked_by_its_own_name(world: World) -> None:
    """The one that the listener's rules and certificate are about, and is told who asks."""
    world.ask("/api/x?a=%20b&a=c", x_forwarded_for="203.0.113.9")
    [asked] = world.asked
    assert (asked.host, asked.headers["host"], asked.path, asked.query) == ("app.example.com", "app.example.com", "/api/x", "a=%20b&a=c")
    assert asked.headers["x-forwarded-for"] == "203.0.113.9, 127.0.0.1"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_only_get_and_head_are_kept(world: World, method: str) -> None:
    """Everything else goes through, each time."""
    world.script = serving(fresh(30))
    assert [word(world.ask("/api/x", method)) for _ in range(2)] == ["Miss", "Miss"]
    assert [asked.method for asked in world.asked] == [method, method]


def test_head_is_answered_by_what_is_kept_for_get(world: World) -> None:
    """And not the other way round: it has no body to give."""
    world.script = lambda request: fresh(30, "" if request.method == "HEAD" else "body")
    assert [word(world.ask("/api/x", method)) for method in ("HEAD", "HEAD", "GET", "HEAD")] == ["Miss", "Hit", "Miss", "Hit"]
    assert world.ask("/api/x").body == b"body"


def test_a_kept_answer_is_confirmed(world: World) -> None:
    """By its tag; the confirmation says anew how long."""
    world.script = serving(fresh(30, "body", ETag='"1"'), Answer(304, {"Cache-Control": "max-age=30", "ETag": '"1"'}))
    world.ask("/api/x")
    world.clock.now += 40
    confirmed = world.ask("/api/x")
    assert (word(confirmed), confirmed.status, confirmed.body, world.asked[1].headers["if-none-match"]) == (
        "RefreshHit",
        200,
        b"body",
        '"1"',
    )
    world.clock.now += 29
    assert (word(world.ask("/api/x")), world.ask("/api/x").headers["content-type"]) == ("Hit", "text/plain")


def test_a_viewer_who_has_it_is_told_so(world: World) -> None:
    """304 without a body, be the tag weak or strong; the service is asked without the viewer's condition."""
    world.script = serving(fresh(30, "body", ETag='"1"'))
    for tag in ('"1"', 'W/"1"', '"0", "1"', "*"):
        told = world.ask("/api/x", if_none_match=tag)
        assert (told.status, told.body, told.headers["etag"], "content-type" in told.headers) == (304, b"", '"1"', False)
    assert world.ask("/api/x", if_none_match='"2"').status == 200
    assert "if-none-match" not in world.asked[0].headers


FAILURE = Answer(503, {}, "broken")


def test_an_old_answer_is_given_while_the_service_fails(world: World) -> None:
    """As long as it allows by `stale-if-error`; the service is asked again every ten seconds."""
    world.script = serving(Answer(200, {"Cache-Control": "max-age=10, stale-if-error=40"}, "good"), FAILURE)
    world.ask("/api/x")
    world.clock.now += 11
    stale = world.ask("/api/x")
    assert (stale.status, stale.body, stale.headers["age"], len(world.asked)) == (200, b"good", "11", 2)
    world.clock.now += 5
    assert (world.ask("/api/x").body, len(world.asked)) == (b"good", 2)
    world.clock.now += 6
    assert (world.ask("/api/x").body, len(world.asked)) == (b"good", 3)
    world.clock.now += 30
    late = world.ask("/api/x")
    assert (late.status, word(late)) == (503, "Error")


def test_an_answer_that_allows_it_not_is_not_given_on_errors(world: World) -> None:
    """`stale-if-error=0`; nor is any answer to who asks for something that is gone."""
    world.script = serving(Answer(200, {"Cache-Control": "max-age=10, stale-if-error=0"}), FAILURE)
    world.ask("/api/x")
    world.clock.now += 11
    assert world.ask("/api/x").status == 503
    world.script = serving(fresh(10), Answer(404, {}))
    world.ask("/api/y")
    world.clock.now += 11
    assert world.ask("/api/y").status == 404


def test_errors_are_kept_for_ten_seconds(world: World) -> None:
    """Then the service is asked again."""
    world.script = serving(FAILURE, fresh(30, "good"))
    assert [world.ask("/api/x").status for _ in range(2)] == [503, 503]
    world.clock.now += 10
    assert world.ask("/api/x").body == b"good"


def test_a_setting_of_zero_keeps_nothing(make: Make) -> None:
    """Not even for who asks again at once."""
    world = make(cdn__service_ttl_seconds=0)
    world.script = serving(fresh(30))
    assert [word(world.ask("/api/x")) for _ in range(2)] == ["Miss", "Miss"]


def test_aggressive_caching_keeps_an_answer_for_a_minute_at_least(make: Make) -> None:
    """Against its will; and for a day at most, stale ones included."""
    world = make(contingency__aggressive_caching=True)
    world.script = serving(Answer(200, {"Cache-Control": "no-store"}, "kept"), Answer(200, {}, "next"))
    world.ask("/api/x")
    world.clock.now += 59
    assert world.ask("/api/x").body == b"kept"
    world.clock.now += 1
    assert world.ask("/api/x").body == b"next"
    world.script = serving(Answer(200, {"Cache-Control": "max-age=10, stale-if-error=604800"}, "good"), FAILURE)
    world.ask("/api/y")
    world.clock.now += 60 + 86_399
    assert world.ask("/api/y").body == b"good"
    world.clock.now += 1
    assert world.ask("/api/y").status == 503
