"""Messages and the events of functions, back and forth."""

import pytest

from sandbox.edge.events import given, looked_at, passed_on, request_event, response_event
from sandbox.edge.messages import Request, Response

HOST = "app.example.com"


@pytest.mark.parametrize("query", ["", "a=1", "a=1&b=%20&a=2&flag", "=x&a=b=c"])
def test_a_request_that_a_function_leaves_alone_stays_as_it_is(query: str) -> None:
    """Its query to the letter, its body unseen."""
    request = Request("POST", "/a%20b", query, {"host": HOST}, {"a": "1"}, b"body", "203.0.113.9")
    event = request_event(request, HOST)
    assert (event["viewer"], event["request"]["uri"], "body" in event["request"]) == ({"ip": "203.0.113.9"}, "/a%20b", False)
    assert passed_on(event["request"], request) == request


def test_a_function_changes_what_it_may() -> None:
    """Path, query, headers, cookies."""
    request = Request("GET", "/", "a=1&a=2", {}, {"a": "1"})
    told = request_event(request, HOST)["request"]
    assert told["querystring"] == {"a": {"value": "2", "multiValue": [{"value": "1"}, {"value": "2"}]}}
    changed = {
        **told,
        "uri": "/x",
        "headers": {"x-a": {"value": "b"}},
        "cookies": {},
        "querystring": {**told["querystring"], "b": {"value": ""}},
    }
    assert passed_on(changed, request) == Request("GET", "/x", "a=1&a=2&b", {"x-a": "b"})


def test_a_function_s_answer_is_taken_with_its_body() -> None:
    """As text, as text in an object, in base64, or none; cookies become lines."""
    for body, content in (("hi", b"hi"), ({"data": "hi"}, b"hi"), ({"encoding": "base64", "data": "aGk="}, b"hi"), (None, b"")):
        told = {
            "statusCode": 302,
            "headers": {"location": {"value": "/x"}},
            "cookies": {"a": {"value": "1", "attributes": "Path=/"}},
            "body": body,
        }
        assert given(told) == Response(302, {"location": "/x"}, ("a=1; Path=/",), content)


COOKIES = ("a=1; Path=/; Secure", "b=2", "a=3; Path=/x")


def test_an_answer_that_a_function_leaves_alone_keeps_its_cookies() -> None:
    """Several of a name, too; a status that has no name is none to stumble over."""
    response = Response(299, {"x-a": "b"}, COOKIES, b"body")
    told = response_event(Request("GET", "/"), HOST, response)["response"]
    assert told["statusDescription"] == ""
    kept = looked_at(told, response)
    assert (kept.status, kept.headers, sorted(kept.cookies), kept.body) == (299, {"x-a": "b"}, sorted(COOKIES), b"body")
    assert looked_at({**told, "cookies": {}}, response).cookies == ()
