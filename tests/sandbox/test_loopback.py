"""Plain HTTP to a process on this machine."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from sandbox.loopback import NoAnswerError, call


class Echo(BaseHTTPRequestHandler):
    """Answers with the path it was asked for, without the slash."""

    def do_GET(self) -> None:
        """Answer one request."""
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.path[1:].encode())

    def log_message(self, *_: object) -> None:
        """Keep the test's output clean."""


@pytest.fixture
def port() -> Iterator[int]:
    """Serve echoes."""
    with HTTPServer(("127.0.0.1", 0), Echo) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def test_a_json_object_is_an_answer(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """No proxy of the user's is asked."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    assert call(port, "GET", "/{}", timeout_seconds=5) == (200, {})


@pytest.mark.parametrize("answer", ["[]", "text", ""])
def test_anything_else_is_none(port: int, answer: str) -> None:
    """Another program may have the port by now, and answer in its own way."""
    with pytest.raises(NoAnswerError):
        call(port, "GET", f"/{answer}", timeout_seconds=5)


def test_a_port_where_nobody_listens_is_none() -> None:
    """The error is the same one."""
    with pytest.raises(NoAnswerError, match="refused"):
        call(9, "GET", "/", timeout_seconds=5)
