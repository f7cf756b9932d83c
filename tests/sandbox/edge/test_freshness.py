"""How long an answer is kept: the table of CloudFront's documentation, row by row."""

import email.utils
import time

import pytest

from sandbox.edge.freshness import Life, life
from sandbox.edge.messages import Response
from sandbox.edge.policies import CachePolicy, Named

NOTHING = Named("none")
EVER = float("inf")


def policy(least: int, default: int, most: int) -> CachePolicy:
    """A policy of these seconds."""
    return CachePolicy(least=least, default=default, most=most, headers=NOTHING, cookies=NOTHING, queries=NOTHING, encodings=())


def kept(caching: str, *seconds: int, status: int = 200) -> Life | None:
    """The life of an answer that says so, under a policy of least, default and most seconds."""
    return life(Response(status, {"cache-control": caching} if caching else {}), policy(*seconds))


@pytest.mark.parametrize(
    ("caching", "without_least", "with_least"),
    [
        ("", Life(30, EVER), Life(60, EVER)),
        ("max-age=45", Life(45, EVER), Life(60, EVER)),
        ("max-age=90", Life(90, EVER), Life(90, EVER)),
        ("max-age=1000", Life(500, EVER), Life(500, EVER)),
        ("max-age=45, s-maxage=90", Life(90, EVER), Life(90, EVER)),
        ("max-age=0, must-revalidate, s-maxage=1000", Life(500, EVER), Life(500, EVER)),
        ("Max-Age = 90", Life(90, EVER), Life(90, EVER)),
        ("max-age=soon", Life(30, EVER), Life(60, EVER)),
        ("no-store", None, Life(60, EVER)),
        ("no-cache", None, Life(60, EVER)),
        ("private, max-age=90", None, Life(60, EVER)),
        ("max-age=90, stale-if-error=200", Life(90, 200), Life(90, 200)),
        ("max-age=90, stale-if-error=1000", Life(90, 500), Life(90, 500)),
        ("max-age=90, stale-if-error=0", Life(90, 0), Life(90, 0)),
        ("no-store, stale-if-error=0", None, Life(60, 0)),
    ],
)
def test_the_policy_bounds_what_an_answer_says(caching: str, without_least: Life | None, with_least: Life) -> None:
    """Least 0 or 60 seconds, by default 30, at most 500."""
    assert kept(caching, 0, 30, 500) == without_least
    assert kept(caching, 60, 30, 500) == with_least


@pytest.mark.parametrize("caching", ["", "max-age=90", "public, s-maxage=90, stale-if-error=90"])
def test_a_policy_of_zero_seconds_keeps_nothing(caching: str) -> None:
    """Caching is off."""
    assert kept(caching, 0, 0, 0) is None


@pytest.mark.parametrize(("ahead", "fresh"), [(90, 90), (10_000, 500), (-90, 0)])
def test_expires_counts_where_no_directive_says_more(ahead: int, fresh: int) -> None:
    """As a date, within the policy's bounds."""
    told = {"expires": email.utils.formatdate(time.time() + ahead, usegmt=True)}
    found = life(Response(200, told), policy(0, 30, 500))
    assert found
    assert found.fresh == pytest.approx(fresh, abs=2)
    assert life(Response(200, {**told, "cache-control": "max-age=7"}), policy(0, 30, 500)) == Life(7, EVER)


@pytest.mark.parametrize(
    ("status", "caching", "seconds"),
    [
        *((status, "", 10) for status in (404, 405, 410, 414, 500, 501, 502, 503, 504)),
        *((status, "no-store", 10) for status in (405, 414, 500, 503)),
        *((status, "max-age=40", 40) for status in (400, 403, 404, 503)),
        (503, "max-age=3", 10),
        *((status, "", 0) for status in (400, 401, 403, 409, 418, 429)),
        *((status, "no-store", 0) for status in (404, 410)),
        (401, "max-age=40", 0),
    ],
)
@pytest.mark.parametrize("bounds", [(0, 0, 0), (60, 60, 500)])
def test_errors_have_rules_of_their_own(status: int, caching: str, seconds: int, bounds: tuple[int, int, int]) -> None:
    """Ten seconds at least, whatever the policy says; they are never given stale."""
    assert kept(caching, *bounds, status=status) == (Life(seconds, 0) if seconds else None)


@pytest.mark.parametrize("status", [206, 304])
def test_a_part_or_a_confirmation_is_not_kept(status: int) -> None:
    """It is no answer to others."""
    assert kept("max-age=90", 0, 30, 500, status=status) is None
