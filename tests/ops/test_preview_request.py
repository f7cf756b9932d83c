"""One request to a color through its preview rule."""

import ssl
import subprocess
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from components.blue_green import PREVIEW_HEADER, RELEASE_HEADER
from ops.errors import BadInputError
from ops.preview_request import Verdict, ask
from ops.target import AwsTarget
from sandbox.loopback import HOST
from settings_types import Color
from tests.ops.cloud import token_of
from tests.ops.stand_in import NO_ENGINE, StandIn

DOMAIN = "staging.example.com"


@dataclass
class Tunnel:
    """The end of a port forwarding: the load balancer with its certificate, as far as one request goes."""

    folder: Path
    release: str = ""
    requests: list[dict[str, str]] = field(default_factory=list)
    """The headers of each request, by name in lowercase, with its path and the name that TLS asked for."""
    asked: list[str] = field(default_factory=list)

    def certificate(self, name: str) -> Path:
        """A certificate that signs itself, with its key."""
        pem, key = self.folder / f"{name}.pem", self.folder / f"{name}.key"
        command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
        more = ["-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}", "-keyout", str(key), "-out", str(pem)]
        subprocess.run([*command, *more], capture_output=True, check=True)
        return pem

    def context(self, name: str) -> ssl.SSLContext:
        """TLS as the load balancer speaks it."""
        made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        made.load_cert_chain(self.certificate(name), self.folder / f"{name}.key")
        made.sni_callback = lambda _socket, wanted, _context: self.asked.append(str(wanted))
        return made


class Quiet(ThreadingHTTPServer):
    """A client that hangs up in the middle of TLS is what some tests are about."""

    def handle_error(self, *_: Any) -> None:
        """Say nothing."""


def serving(tunnel: Tunnel) -> type[BaseHTTPRequestHandler]:
    """Answers every request with the release."""

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            tunnel.requests.append({**{name.lower(): value for name, value in self.headers.items()}, "path": self.path})
            self.send_response(200)
            self.send_header(RELEASE_HEADER, tunnel.release)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    return Handler


@pytest.fixture
def tunnel(tmp_path: Path) -> Tunnel:
    """Give one that nobody listens at yet."""
    return Tunnel(tmp_path)


@pytest.fixture
def listen(tunnel: Tunnel) -> Iterator[Callable[[str], str]]:
    """Open its end with a certificate for a name, and say where it is."""
    servers: list[tuple[Quiet, Thread]] = []

    def start(name: str) -> str:
        server = Quiet((HOST, 0), serving(tunnel))
        server.socket = tunnel.context(name).wrap_socket(server.socket, server_side=True)
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        servers.append((server, thread))
        return f"{HOST}:{server.server_port}"

    yield start
    for server, thread in servers:
        server.shutdown()
        thread.join()
        server.server_close()


def digest(stack: StandIn, color: Color) -> str:
    """The digest that config pins to a color of `api`."""
    return stack.target.file.settings().services["api"].pins(color).image.partition("@")[2]


@pytest.mark.parametrize("color", list(Color))
def test_the_pinned_release_answers(stack: StandIn, color: Color) -> None:
    """Live or not: the preview rule leads to the color."""
    answer = ask(stack, "api", color)
    assert (answer.verdict, answer.told) == (Verdict.PINNED, digest(stack, color))
    assert str(answer) == f"{digest(stack, color)[:19]} answered, the pinned release"


def test_another_release_is_named(stack: StandIn) -> None:
    """The color runs something else than config pins."""
    stack.cloud.release("api-green", stack.target.file.settings().services["api"].blue)
    answer = ask(stack, "api", Color.GREEN)
    assert (answer.verdict, answer.told) == (Verdict.OTHER, digest(stack, Color.BLUE))
    assert str(answer).endswith("answered, another release")


def test_a_color_without_instances_is_undecided(stack: StandIn) -> None:
    """The load balancer answers in its own name, which says nothing of the release."""
    stack.cloud.size("api-green", floor=0, desired=0)
    answer = ask(stack, "api", Color.GREEN)
    assert answer.verdict is Verdict.UNDECIDED
    assert str(answer) == "the answer was 503, and none of an instance: it names no release"


def test_without_a_preview_rule_nobody_can_say(stack: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody deleted it: nothing is sent."""
    monkeypatch.setattr("ops.preview_request.rules_of", lambda *_: [])
    answer = ask(stack, "api", Color.GREEN)
    assert (answer.verdict, answer.told) == (Verdict.UNDECIDED, "the load balancer has no preview rule for green")


def test_a_domain_that_does_not_answer_is_undecided(stack: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the reason, and without the token."""
    monkeypatch.setattr(stack.target, "front_door", lambda _listener: nullcontext(f"https://{HOST}:1"))
    answer = ask(stack, "api", Color.BLUE)
    assert answer.verdict is Verdict.UNDECIDED
    assert f"{DOMAIN} by way of {HOST}:1 is not reachable: " in answer.told
    assert "refused" in answer.told
    assert token_of("api", Color.BLUE) not in repr(answer)


def test_on_aws_users_come_in_by_the_domain() -> None:
    """Over TLS, whatever leads on to the load balancer."""
    with AwsTarget("staging", NO_ENGINE).front_door("arn:aws:elasticloadbalancing:listener") as base:
        assert base == f"https://{DOMAIN}"


def test_through_a_port_forwarding_it_is_meant_for_the_domain(
    stack: StandIn, tunnel: Tunnel, listen: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The connection goes elsewhere; TLS asks for the domain, and so does the request, on a path of the service."""
    via, tunnel.release = listen(DOMAIN), digest(stack, Color.BLUE)
    monkeypatch.setenv("SSL_CERT_FILE", str(tunnel.folder / f"{DOMAIN}.pem"))
    assert ask(stack, "api", Color.BLUE, via).verdict is Verdict.PINNED
    [request] = tunnel.requests
    assert (request["host"], request["path"], request[PREVIEW_HEADER]) == (DOMAIN, "/api/", token_of("api", Color.BLUE))
    assert tunnel.asked == [DOMAIN]


@pytest.mark.parametrize(("name", "trusted"), [("other.example.com", True), (DOMAIN, False)], ids=["another name", "not trusted"])
def test_whoever_does_not_prove_to_be_the_domain_gets_no_request(
    stack: StandIn, tunnel: Tunnel, listen: Callable[[str], str], monkeypatch: pytest.MonkeyPatch, name: str, *, trusted: bool
) -> None:
    """A token would be in it."""
    via = listen(name)
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(tunnel.folder / f"{name}.pem"))
    answer = ask(stack, "api", Color.BLUE, via)
    assert answer.verdict is Verdict.UNDECIDED
    assert "is not reachable: " in answer.told
    assert tunnel.requests == []


@pytest.mark.parametrize(
    "via", ["localhost", "localhost:", "localhost:door", ":8443", "https://localhost:8443", "localhost:8443/x", "[::1:1"]
)
def test_a_place_that_is_none_is_refused(stack: StandIn, via: str) -> None:
    """Before anything is sent."""
    with pytest.raises(BadInputError, match="--via is HOST:PORT"):
        ask(stack, "api", Color.BLUE, via)


def test_the_sandbox_needs_no_port_forwarding(stack: StandIn) -> None:
    """It opens its own door, and leads nowhere else."""
    stack.target.sandboxed = True
    with pytest.raises(BadInputError, match="In the sandbox --via leads nowhere"):
        ask(stack, "api", Color.BLUE, "localhost:8443")
