"""The edge over HTTP, and what of it a browser on loopback must not get."""

import socket

import pytest
import urllib3

from ops.errors import SwitchyardError
from sandbox.edge.messages import Request, Response
from sandbox.edge.server import LARGEST_BYTES, bound, opened, over_plain_http

asked: list[Request] = []


def answer(request: Request) -> Response:
    """Say what was asked."""
    asked.append(request)
    if request.path == "/down":
        raise SwitchyardError("The emulator is not there.", "Start it.")
    if request.path == "/unchanged":
        return Response(304, {"etag": '"1"'})
    headers = {"content-type": "text/plain", "strict-transport-security": "max-age=1"}
    return Response(200, headers, ("a=1; Path=/", "b=2"), b"hello")


def send(base: str, method: str, path: str, **more: str) -> urllib3.BaseHTTPResponse:
    """One request."""
    return urllib3.request(method, f"{base}{path}", headers=more, retries=False, redirect=False)


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE", "OPTIONS", "PROPFIND"])
def test_a_request_arrives_as_it_was_sent(method: str) -> None:
    """Whatever its method; names of headers in lowercase, cookies apart."""
    with opened(answer) as base:
        told = urllib3.request(method, f"{base}/a%20b?c=%20", headers={"X-A": "b", "Cookie": "s=1; t=2"}, body=b"body", retries=False)
    found = asked[-1]
    assert (found.method, found.path, found.query, found.cookies, found.body) == (method, "/a%20b", "c=%20", {"s": "1", "t": "2"}, b"body")
    assert (found.headers["x-a"], "cookie" in found.headers, found.address) == ("b", False, "127.0.0.1")
    assert (told.status, told.data, told.headers.getlist("set-cookie")) == (200, b"hello", ["a=1; Path=/", "b=2"])
    assert ("server" in told.headers, "date" in told.headers, "strict-transport-security" in told.headers) == (False, True, False)


def test_head_and_304_have_no_body() -> None:
    """HEAD says how long it would be."""
    with opened(answer) as base:
        head, unchanged = send(base, "HEAD", "/"), send(base, "GET", "/unchanged")
    assert (head.data, head.headers["content-length"]) == (b"", "5")
    assert (unchanged.status, unchanged.data, "content-length" in unchanged.headers) == (304, b"", False)


def test_what_is_wrong_with_the_sandbox_is_told_to_who_asks() -> None:
    """Until it is well again, and to no cache."""
    with opened(answer) as base:
        told = send(base, "GET", "/down")
    assert (told.status, told.data, told.headers["cache-control"]) == (503, b"The emulator is not there. Start it.\n", "no-store")


@pytest.mark.parametrize(
    ("header", "status"),
    [("Transfer-Encoding: chunked", 411), ("Content-Length: many", 411), (f"Content-Length: {LARGEST_BYTES + 1}", 413)],
)
def test_a_body_without_a_sound_length_is_refused(header: str, status: int) -> None:
    """And the connection is closed."""
    with opened(answer) as base, socket.create_connection(("127.0.0.1", int(base.rpartition(":")[2])), timeout=10) as sent:
        sent.sendall(f"POST / HTTP/1.1\r\nHost: a\r\n{header}\r\n\r\n".encode())
        told = b"".join(iter(lambda: sent.recv(4096), b""))
    assert told.startswith(f"HTTP/1.1 {status} ".encode())


def test_a_port_that_is_taken_is_said() -> None:
    """With the way out."""
    with bound(answer, 0) as server, pytest.raises(SwitchyardError, match=f"Port {server.server_port} cannot be taken"):
        bound(answer, server.server_port)


@pytest.mark.parametrize(
    ("policy", "left"),
    [
        ("default-src 'self'; upgrade-insecure-requests", "default-src 'self'"),
        ("Upgrade-Insecure-Requests ; img-src *;", "img-src *"),
        ("upgrade-insecure-requests", None),
    ],
)
@pytest.mark.parametrize("name", ["content-security-policy", "content-security-policy-report-only"])
def test_nothing_makes_a_browser_insist_on_tls(name: str, policy: str, left: str | None) -> None:
    """All else of the policy stays."""
    assert over_plain_http(Response(200, {name: policy, "x-a": "b"})).headers == {"x-a": "b", **({name: left} if left else {})}
