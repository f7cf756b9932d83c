import http.client
import os
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from components.boot import TLS_PORT

from .instance import Instance

NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
needs_nginx = pytest.mark.skipif(NGINX is None, reason="nginx is not on this machine")


class Echo(BaseHTTPRequestHandler):
    """A service that answers with the headers and the size of what it got; `/broken` answers 500."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer."""
        size = len(self.rfile.read(int(self.headers.get("Content-Length", 0))))
        body = "".join(f"{name.lower()}: {value}\n" for name, value in self.headers.items()) + f"size: {size}\n"
        self.send_response(500 if self.path == "/broken" else 200)
        self.send_header("X-Switchyard-Release", "what the service claims")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    def do_POST(self) -> None:
        """Answer as to a GET."""
        self.do_GET()

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


def free_port() -> int:
    """Return a port of loopback that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until_open(port: int) -> None:
    """Return when something listens on a port of loopback; fail after 10 s."""
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail("nginx does not listen")


@contextmanager
def running(configuration: Path, port: int) -> Iterator[None]:
    """Run nginx until the block ends; what it says goes to the file `journal` beside the configuration."""
    assert NGINX is not None
    command = [NGINX, "-c", str(configuration), "-e", "stderr"]
    with configuration.with_name("journal").open("w") as journal, subprocess.Popen(command, stderr=journal) as nginx:
        try:
            wait_until_open(port)
            yield
        finally:
            nginx.terminate()


def terminator(instance: Instance, scripts: Path, service_port: int, tls_port: int) -> Path:
    """Return the instance's nginx.conf with its paths, ports and user moved to what this machine has."""
    instance.run(scripts / "make-certificate")
    text = (instance.root / "etc/nginx/nginx.conf").read_text()
    moves = {
        "user nginx;": "daemon off;",
        "worker_processes auto;": "worker_processes 1;",
        "/run/nginx.pid": f"{instance.folder}/nginx.pid",
        "/run/switchyard-tls": str(instance.run_folder),
        f"listen {TLS_PORT} ": f"listen 127.0.0.1:{tls_port} ",
        "127.0.0.1:8080": f"127.0.0.1:{service_port}",
        "access_log off;": f"access_log off; client_body_temp_path {instance.folder}/body; proxy_temp_path {instance.folder}/proxy;"
        f" fastcgi_temp_path {instance.folder}/f; uwsgi_temp_path {instance.folder}/u; scgi_temp_path {instance.folder}/s;",
    }
    for here, there in moves.items():
        assert here in text, here
        text = text.replace(here, there)
    path = instance.folder / "nginx.conf"
    path.write_text(text)
    return path


@pytest.fixture
def service_port() -> Iterator[int]:
    """Run the service on loopback."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield server.server_port
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def tls_port(installed: Instance, scripts: Path, service_port: int) -> Iterator[int]:
    """Run the real nginx with the instance's configuration in front of the service."""
    port = free_port()
    path = terminator(installed, scripts, service_port, port)
    with running(path, port):
        yield port


def ask(port: int, path: str = "/", method: str = "GET", body: bytes = b"", **headers: str) -> tuple[int, dict[str, str], str]:
    """Return status, headers and body of an answer through TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    connection = http.client.HTTPSConnection("127.0.0.1", port, context=context, timeout=10)
    connection.request(method, path, body=body, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, text


@needs_nginx
def test_nginx_accepts_the_configuration(installed: Instance, scripts: Path) -> None:
    """`nginx -t` has nothing to object to, and no warning."""
    assert NGINX is not None
    path = terminator(installed, scripts, 8080, free_port())
    done = subprocess.run([NGINX, "-t", "-q", "-c", path, "-e", "stderr"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""


@needs_nginx
@pytest.mark.parametrize("path", ["/", "/broken"])
def test_the_release_is_told_to_previews_alone(installed: Instance, tls_port: int, path: str) -> None:
    """Whatever the status, an answer carries the pinned digest if the request carried the preview header, and nothing otherwise."""
    digest = installed.environment["SWITCHYARD_IMAGE"].split("@")[1]
    assert ask(tls_port, path, x_switchyard_preview="token")[1]["x-switchyard-release"] == digest
    assert "x-switchyard-release" not in ask(tls_port, path)[1]


@needs_nginx
def test_errors_of_the_terminator_tell_the_release_too_and_hide_the_version(installed: Instance, scripts: Path) -> None:
    """While the service is down a preview still learns which release is broken; nobody learns which nginx answers."""
    port = free_port()
    path = terminator(installed, scripts, free_port(), port)
    with running(path, port):
        status, headers, body = ask(port, x_switchyard_preview="token")
    assert (status, headers["server"]) == (502, "nginx")
    assert headers["x-switchyard-release"].startswith("sha256:")
    assert "nginx/" not in body
    assert "connect() failed (111: Connection refused)" in (installed.folder / "journal").read_text()


@needs_nginx
def test_the_service_sees_the_request_as_the_load_balancer_sent_it(tls_port: int) -> None:
    """Host and X-Forwarded-* arrive unchanged; the preview's token does not arrive."""
    _, _, seen = ask(
        tls_port,
        Host="app.example.com",
        X_Forwarded_For="203.0.113.9",
        X_Forwarded_Proto="https",
        X_Forwarded_Port="443",
        x_switchyard_preview="token",
    )
    assert {"host: app.example.com", "x-forwarded-for: 203.0.113.9", "x-forwarded-proto: https", "x-forwarded-port: 443"} <= set(
        seen.splitlines()
    )
    assert "token" not in seen
    assert "connection:" not in seen


@needs_nginx
def test_web_sockets_are_passed_on(tls_port: int) -> None:
    """A request to upgrade reaches the service as one."""
    _, _, seen = ask(tls_port, Connection="Upgrade", Upgrade="websocket")
    assert {"connection: upgrade", "upgrade: websocket"} <= set(seen.splitlines())


@needs_nginx
def test_large_bodies_reach_the_service(tls_port: int) -> None:
    """The terminator sets no limit of its own (nginx's default would be 1 MiB)."""
    status, _, seen = ask(tls_port, method="POST", body=b"x" * 5_000_000)
    assert (status, seen.splitlines()[-1]) == (200, "size: 5000000")


@needs_nginx
@pytest.mark.parametrize(("version", "accepted"), [("TLSv1_1", False), ("TLSv1_2", True), ("TLSv1_3", True)])
def test_only_current_tls_is_spoken(tls_port: int, version: str, *, accepted: bool) -> None:
    """TLS 1.2 and 1.3, nothing older."""
    flags = {"TLSv1_1": ["-tls1_1", "-cipher", "DEFAULT@SECLEVEL=0"], "TLSv1_2": ["-tls1_2"], "TLSv1_3": ["-tls1_3"]}[version]
    command = ["openssl", "s_client", "-connect", f"127.0.0.1:{tls_port}", *flags]
    done = subprocess.run(command, input="", capture_output=True, text=True, check=False, timeout=20)
    assert (done.returncode == 0) == accepted, done.stderr
