"""The edge over HTTP on loopback.

What it leaves out, beside what its parts say: the web firewall, TLS and with it the redirect to HTTPS, HTTP/2 and HTTP/3. Two headers
would make a browser insist on TLS and are left out for that: HSTS, and `upgrade-insecure-requests` in the content security policy.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from ops.errors import SwitchyardError
from sandbox.edge.messages import Request, Response, cookies_of, seconds
from sandbox.loopback import HOST

LEFT_OUT = "TLS, HTTP/2 and 3, the web firewall; and the headers that insist on TLS: HSTS, upgrade-insecure-requests"
HSTS = "strict-transport-security"
POLICIES = ("content-security-policy", "content-security-policy-report-only")
INSISTS = "upgrade-insecure-requests"
LARGEST_BYTES = 20_000_000
NO_CONTENT, NOT_MODIFIED, TOO_LARGE, LENGTH_REQUIRED = 204, 304, 413, 411

Answerer = Callable[[Request], Response]


def over_plain_http(response: Response) -> Response:
    """The response without what would make a browser insist on TLS."""
    kept = response.without(HSTS)
    for name in POLICIES:
        if name in kept.headers:
            parts = [part.strip() for part in kept.headers[name].split(";") if part.strip()]
            rest = "; ".join(part for part in parts if part.lower() != INSISTS)
            kept = kept.having(**{name: rest}) if rest else kept.without(name)
    return kept


class Server(ThreadingHTTPServer):
    """Threads that answer."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a browser that has gone before its answer came; of all else, what it was."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def bound(answer: Answerer, port: int) -> Server:
    """A server on loopback that answers once it is asked to serve; port 0 takes any free one."""
    try:
        return Server((HOST, port), type("Handling", (Handler,), {"answer": staticmethod(answer)}))
    except OSError as error:
        raise SwitchyardError(f"Port {port} cannot be taken: {error.strerror}.", "Name another one: `--port 0` takes any.") from error


@contextmanager
def opened(answer: Answerer, port: int = 0) -> Iterator[str]:
    """Serve in threads of this process, and give the base URL; it is gone afterwards."""
    with bound(answer, port) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield f"http://{HOST}:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


class Handler(BaseHTTPRequestHandler):
    """Reads a request, asks the edge, and writes its answer."""

    protocol_version = "HTTP/1.1"
    answer: Answerer

    def __getattr__(self, name: str) -> Callable[[], None]:
        """Answer every method alike: the behavior says which are allowed."""
        if name.startswith("do_"):
            return self._serve
        raise AttributeError(name)

    def _serve(self) -> None:
        length = seconds(self.headers.get("Content-Length", "0"))
        if "Transfer-Encoding" in self.headers or length is None or length > LARGEST_BYTES:
            self.close_connection = True
            self._write(Response(TOO_LARGE if length else LENGTH_REQUIRED))
            return
        self._write(over_plain_http(_answered(type(self).answer, self._request(length))))

    def _request(self, length: int) -> Request:
        headers = {name.lower(): value for name, value in self.headers.items() if name.lower() != "cookie"}
        path, _, query = self.path.partition("?")
        cookies = cookies_of("; ".join(self.headers.get_all("Cookie") or ()))
        return Request(self.command, path, query, headers, cookies, self.rfile.read(length), str(self.client_address[0]))

    def _write(self, response: Response) -> None:
        self.send_response_only(response.status)
        for name, value in {**response.headers, "date": formatdate(usegmt=True)}.items():
            self.send_header(name.title(), value)
        for line in response.cookies:
            self.send_header("Set-Cookie", line)
        if response.status not in {NO_CONTENT, NOT_MODIFIED}:
            self.send_header("Content-Length", str(len(response.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(response.body)

    def log_message(self, *_: object) -> None:
        """Say nothing: standard error is the operator's, and a request carries cookies."""


def _answered(answer: Answerer, request: Request) -> Response:
    """The answer; while the stack cannot be read, or its emulator is gone, what there is to know of that."""
    try:
        return answer(request)
    except SwitchyardError as error:
        told = f"{error.message} {error.next_step}\n"
        return Response(503, {"content-type": "text/plain; charset=utf-8", "cache-control": "no-store"}, (), told.encode())
