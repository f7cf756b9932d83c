"""Nobody gets what was meant for another, neither an answer nor a cookie; not even while answers are kept against the services' will."""

import json
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox import front_door
from sandbox.front_door import Answer
from tests.sandbox.edge.world import World, word

Make = Callable[..., World]
SESSION, TOKEN = "session", "authorization"


@dataclass(frozen=True)
class User:
    """Somebody, by session cookie, by Authorization, by both, or by nothing."""

    session: str = ""
    token: str = ""

    @property
    def known(self) -> bool:
        """Whether a service can tell who it is."""
        return bool(self.session or self.token)

    def asks(self, world: World, path: str, method: str = "GET") -> tuple[int, dict[str, str], tuple[str, ...], str]:
        """Status, who the answer was made for, the cookies it sets, and where it came from."""
        cookies = {"theme": "dark", **({SESSION: self.session} if self.session else {})}
        told = world.ask(path, method, cookies, **({TOKEN: self.token} if self.token else {}))
        return told.status, json.loads(told.body) if told.body else {}, told.cookies, word(told)

    @property
    def name(self) -> dict[str, str]:
        """What a service answers to this user."""
        return {SESSION: self.session, TOKEN: self.token}


ANYBODY = User()
USERS = (ANYBODY, User("alice"), User("bob"), User(token="Bearer alice"), User(token="Bearer bob"), User("alice", "Bearer bob"))
CACHINGS = ("", "no-store", "private", "no-cache", "max-age=3600", "s-maxage=300, stale-if-error=600", "max-age=0, stale-if-error=86400")


def personal(status: int, caching: str, world: World) -> Callable[[front_door.Request], Answer]:
    """A service that says whom it answers, and gives each a cookie of theirs; in an error only to who has a session."""

    def answer(request: front_door.Request) -> Answer:
        session = request.headers.get("cookie", "").partition("session=")[2].partition(";")[0]
        user = User(session, request.headers.get(TOKEN, ""))
        cookie = f"{SESSION}={user.session or user.token or f'new-{len(world.asked)}'}; HttpOnly; Secure"
        cookies = [cookie] if status < 400 or user.known else []
        return Answer(status, {"Cache-Control": caching} if caching else {}, json.dumps(user.name), cookies)

    return answer


@pytest.mark.parametrize("caching", CACHINGS)
@pytest.mark.parametrize(("alice", "bob"), [(USERS[1], USERS[2]), (USERS[3], USERS[4]), (USERS[1], USERS[5]), (USERS[1], ANYBODY)])
def test_two_users_never_share_an_answer(make: Make, alice: User, bob: User, caching: str) -> None:
    """Each gets a kept answer of their own, and none of them sets a cookie."""
    world = make(contingency__aggressive_caching=True)
    world.script = personal(200, caching, world)
    told = [user.asks(world, "/api/me") for user in (alice, bob, alice, bob)]
    assert [answer for _, answer, _, _ in told] == [alice.name, bob.name, alice.name, bob.name]
    assert [where for *_, where in told] == ["Miss", "Miss", "Hit", "Hit"]
    assert {cookies for _, _, cookies, _ in told} == {()}


def test_what_changes_something_still_sets_its_cookie(make: Make) -> None:
    """A login is a POST: it is never kept."""
    world = make(contingency__aggressive_caching=True)
    world.script = personal(200, "no-store", world)
    for number in (1, 2):
        status, _, cookies, where = ANYBODY.asks(world, "/api/login", "POST")
        assert (status, cookies, where) == (200, (f"session=new-{number}; HttpOnly; Secure",), "Miss")


def test_no_cookie_leaves_while_the_store_is_silent(make: Make) -> None:
    """Then nobody knows whether answers are kept."""
    world = make(contingency__aggressive_caching=True)
    world.script = personal(200, "no-store", world)
    world.store_answers = False
    assert ANYBODY.asks(world, "/api/me")[2] == ()


@pytest.mark.parametrize("caching", CACHINGS)
def test_without_the_measure_cookies_are_set_where_nothing_may_be_kept(make: Make, caching: str) -> None:
    """Not even while the service fails does anybody get the cookie of the one before."""
    world = make()
    world.script = personal(200, caching, world)
    forbids = caching in {"no-store", "private"}
    assert ANYBODY.asks(world, "/api/me")[2] == (("session=new-1; HttpOnly; Secure",) if forbids else ())
    world.clock.now += 3
    world.script = personal(503, "", world)
    assert ANYBODY.asks(world, "/api/me")[2] == ()


STEP = st.tuples(
    st.sampled_from(USERS),
    st.sampled_from(("GET", "GET", "HEAD", "POST")),
    st.sampled_from(("/api/me", "/api/me?page=2", "/api/other")),
    st.sampled_from((200, 200, 200, 404, 500, 503)),
    st.sampled_from(CACHINGS),
    st.sampled_from((0, 1, 30, 61, 4000)),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, min_size=2, max_size=12), aggressive=st.booleans())
def test_nobody_ever_gets_another_s_answer_or_cookie(
    make: Make, steps: list[tuple[User, str, str, int, str, int]], *, aggressive: bool
) -> None:
    """Whoever asks for what, in whatever order, and whether the service works or fails meanwhile."""
    world = make(contingency__aggressive_caching=aggressive)
    for user, method, path, status, caching, seconds in steps:
        world.clock.now += seconds
        world.script = personal(status, caching, world)
        _, answer, cookies, where = user.asks(world, path, method)
        assert answer == user.name
        own = {f"session={name}; HttpOnly; Secure" for name in (user.session, user.token) if name}
        fresh = where == "Miss" and (method == "POST" or not aggressive)
        new = {f"session=new-{len(world.asked)}; HttpOnly; Secure"} if fresh else set()
        assert set(cookies) <= own | new
