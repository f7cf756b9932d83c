import copy
from typing import Any

import pytest

from components.edge import CACHING_KEY, answers_function, caching_value

from .runtime import Answer, Edge, Store, answered, store

CODE = answers_function()
ON, OFF = ({**store(), CACHING_KEY: caching_value(on)} for on in (True, False))
METHODS = ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
UNREADABLE = [None, {}, {CACHING_KEY: "{"}, {CACHING_KEY: "null"}, {CACHING_KEY: "{}"}, {CACHING_KEY: '{"on":"false"}'}]


def looked_at(edge: Edge, values: Store, event: dict[str, Any] | None = None) -> Answer:
    """What becomes of one answer of a service."""
    return edge.ask(CODE, [(values, event or answered())])[0]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_what_is_kept_against_its_will_sets_no_cookie(edge: Edge, method: str) -> None:
    """The next viewer would get it too, and with it the first one's session; nothing else of the answer changes."""
    answer = looked_at(edge, ON, answered(method))
    assert answer.result == {**answered(method)["response"], "cookies": {}}


@pytest.mark.parametrize("method", ["GET", "HEAD", *METHODS])
def test_while_it_is_off_an_answer_stays_as_it_is(edge: Edge, method: str) -> None:
    """Cookies, headers of several lines, status and all."""
    assert looked_at(edge, OFF, answered(method)).result == answered(method)["response"]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("values", [ON, *UNREADABLE], ids=str)
def test_what_is_never_kept_sets_its_cookies(edge: Edge, method: str, values: Store) -> None:
    """Logging in goes on whatever the key says, and the key is not even read."""
    answer = looked_at(edge, values, answered(method))
    assert answer.result == answered(method)["response"]
    assert answer.reads == []


@pytest.mark.parametrize("values", UNREADABLE, ids=str)
def test_a_store_that_cannot_be_read_gives_nobody_another_s_cookie(edge: Edge, values: Store) -> None:
    """Nobody knows then whether answers are kept; only a plain `false` says that they are not."""
    answer = looked_at(edge, values)
    assert answer.result == {**answered()["response"], "cookies": {}}
    assert answer.reads == [CACHING_KEY]


@pytest.mark.parametrize("values", [ON, OFF, None], ids=["on", "off", "unreadable"])
def test_an_answer_without_cookies_has_none_afterwards(edge: Edge, values: Store) -> None:
    """Most answers set none."""
    event = copy.deepcopy(answered())
    event["response"]["cookies"] = {}
    assert looked_at(edge, values, event).result == event["response"]


def test_an_answer_is_not_remembered(edge: Edge) -> None:
    """One after the other, on and off in turn: a function keeps nothing between two answers."""
    turns = [True, False, True, False]
    answers = edge.ask(CODE, [(ON if on else OFF, answered()) for on in turns])
    assert [answer.result["cookies"] == {} for answer in answers] == turns


@pytest.mark.parametrize("control", ["", "no-cache", "max-age=60", "public", "x-private", "max-age=0, must-revalidate", "no-storefront"])
@pytest.mark.parametrize("values", [ON, OFF, None], ids=["on", "off", "unreadable"])
def test_what_the_service_lets_the_edge_hold_sets_no_cookie(edge: Edge, values: Store, control: str) -> None:
    """CloudFront serves what it holds while the service fails, also where it had to ask each time; the key is not even read."""
    answer = looked_at(edge, values, controlled(control))
    assert answer.result["cookies"] == {}
    assert answer.reads == []


@pytest.mark.parametrize(
    "control", ["no-store", "private", "Private, max-age=0", "max-age=60,no-store", 'private="x-token"', "no-cache, no-store"]
)
def test_what_the_service_forbids_to_keep_sets_its_cookies(edge: Edge, control: str) -> None:
    """However it is written."""
    assert looked_at(edge, OFF, controlled(control)).result == controlled(control)["response"]


def controlled(control: str) -> dict[str, Any]:
    """An answer that says how long it may be kept; empty: it says nothing."""
    event = copy.deepcopy(answered())
    event["response"]["headers"]["cache-control"] = {"value": control}
    if not control:
        del event["response"]["headers"]["cache-control"]
    return event
