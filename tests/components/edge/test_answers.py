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
