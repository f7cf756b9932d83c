import ipaddress
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.edge import site_function

from .runtime import Edge, event, store

CODE = site_function()
PLAIN = settings(derandomize=True, deadline=None)
VIEWERS = st.lists(st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6)).map(str), min_size=1, max_size=20)


def on_canary(edge: Edge, viewers: list[str], percent: int, canary: str = "r2") -> list[bool]:
    """Return for each viewer whether it is on the canary."""
    answers = edge.ask(CODE, [(store(canary=canary, percent=percent), event(ip=viewer)) for viewer in viewers])
    seen = {answer.uri for answer in answers}
    assert seen <= {"/releases/r1/index.html", f"/releases/{canary}/index.html"}
    return [answer.uri.startswith(f"/releases/{canary}/") for answer in answers]


def drawn(count: int, version: int) -> list[str]:
    """Return addresses from all over a family, the same at each call."""
    draw = random.Random(version)  # noqa: S311  no secret
    kind = ipaddress.IPv4Address if version == 4 else ipaddress.IPv6Address
    return [str(kind(draw.getrandbits(32 if version == 4 else 128))) for _ in range(count)]


@PLAIN
@given(viewers=VIEWERS, smaller=st.integers(0, 100), larger=st.integers(0, 100))
def test_more_percent_only_adds_viewers(edge: Edge, viewers: list[str], smaller: int, larger: int) -> None:
    """Who is on the canary stays there while it grows."""
    smaller, larger = sorted((smaller, larger))
    before, after = on_canary(edge, viewers, smaller), on_canary(edge, viewers, larger)
    assert [was for was, stays in zip(before, after, strict=True) if was and not stays] == []


@PLAIN
@given(viewer=st.ip_addresses().map(str), percent=st.integers(0, 100))
def test_a_viewer_stays_where_it_is(edge: Edge, viewer: str, percent: int) -> None:
    """All pages and files of a viewer come from one release."""
    answers = edge.ask(CODE, [(store(canary="r2", percent=percent), event(uri, viewer)) for uri in ("/", "/a", "/b/", "/c.js", "/a")])
    assert len({answer.uri.split("/")[2] for answer in answers}) == 1


@PLAIN
@given(viewers=VIEWERS)
def test_none_and_all_are_exact(edge: Edge, viewers: list[str]) -> None:
    """0 is nobody and 100 is everybody."""
    assert not any(on_canary(edge, viewers, 0))
    assert all(on_canary(edge, viewers, 100))


@pytest.mark.parametrize("version", [4, 6])
@pytest.mark.parametrize("percent", [1, 5, 25, 50])
def test_the_canary_gets_its_share(edge: Edge, version: int, percent: int) -> None:
    """Within four standard deviations of an honest draw, over 10,000 addresses."""
    viewers = drawn(10_000, version)
    share = percent / 100
    assert abs(sum(on_canary(edge, viewers, percent)) - 10_000 * share) < 4 * (10_000 * share * (1 - share)) ** 0.5


@pytest.mark.parametrize("network", ["198.51.100.0/24", "10.1.0.0/22", "2001:db8::/118"])
def test_neighbours_do_not_share_their_luck(edge: Edge, network: str) -> None:
    """An office or a provider whose addresses follow each other gets its share too, not all or nothing."""
    viewers = [str(address) for address in ipaddress.ip_network(network)]
    share = sum(on_canary(edge, viewers, 20)) / len(viewers)
    assert 0.1 < share < 0.3


@pytest.mark.parametrize("other", ["r3", "r4", "s2"])
def test_each_canary_has_other_first_viewers(edge: Edge, other: str) -> None:
    """Two releases whose ids differ in one character share viewers only as chance has it: a quarter of all at 50 % each."""
    viewers = drawn(4_000, 4)
    both = zip(on_canary(edge, viewers, 50, "r2"), on_canary(edge, viewers, 50, other), strict=True)
    assert 0.22 < sum(first and second for first, second in both) / len(viewers) < 0.28


@PLAIN
@given(viewer=st.ip_addresses().map(str), canary=st.from_regex(r"[a-z0-9][a-z0-9.-]{0,20}", fullmatch=True))
def test_the_order_of_viewers_is_fnv(edge: Edge, viewer: str, canary: str) -> None:
    """FNV-1a of the release's id and the address: another order would move viewers in the middle of a canary."""
    bucket = _fnv1a(canary + viewer) % 100
    answers = edge.ask(CODE, [(store(canary=canary, percent=percent), event(ip=viewer)) for percent in (bucket, bucket + 1)])
    assert [answer.uri for answer in answers] == [f"/releases/{release}/index.html" for release in ("r1", canary)]


def _fnv1a(text: str) -> int:
    """Return the 32-bit FNV-1a hash as its authors define it: http://www.isthe.com/chongo/tech/comp/fnv/."""
    value = 0x811C9DC5
    for byte in text.encode():
        value = (value ^ byte) * 0x01000193 % 2**32
    return value


def test_without_a_canary_all_see_the_live_release(edge: Edge) -> None:
    """Even if somebody left a percent in the key."""
    by_hand = {"traffic": '{"live":"r1","canary":"","percent":50}'}
    answers = edge.ask(CODE, [(by_hand, event(ip=viewer)) for viewer in drawn(50, 4)])
    assert {answer.uri for answer in answers} == {"/releases/r1/index.html"}
