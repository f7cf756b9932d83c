import ast
import json
import shutil
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from socketserver import ThreadingUnixStreamServer
from typing import Any, ClassVar

import pytest

from .instance import Instance

ENVIRONMENT = {
    "PORT": "8080",
    "PASSWORD": "two  spaces 'and' \"quotes\"\nand $a line",
    "PATH": "/app/bin",
    "DOCKER_HOST": "tcp://elsewhere",
    "IFS": "x",
}
DOCKER = shutil.which("docker")


class Daemon(BaseHTTPRequestHandler):
    """Docker's API as far as running one container needs it; keeps what was asked to be created."""

    protocol_version = "HTTP/1.1"
    created: ClassVar[dict[str, Any]] = {}

    def answer(self, status: int, body: dict[str, object] | None = None) -> None:
        """Send a status and JSON."""
        data = b"" if body is None else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Api-Version", "1.44")
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def do_HEAD(self) -> None:
        """Answer the client's ping."""
        self.answer(200)

    def do_GET(self) -> None:
        """Answer the client's second ping."""
        self.answer(200)

    def do_POST(self) -> None:
        """Create, start or wait for the container, which ends with 7."""
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if "/containers/create" in self.path:
            Daemon.created.update(json.loads(body), path=self.path)
            self.answer(201, {"Id": "c0ffee", "Warnings": []})
        elif self.path.partition("?")[0].endswith("/wait"):
            self.answer(200, {"StatusCode": 7})
        else:
            self.answer(204)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture
def ready(installed: Instance) -> Instance:
    """Return an instance whose parameters and secrets were fetched."""
    (installed.run_folder / "parameters").mkdir(parents=True)
    (installed.run_folder / "environment.json").write_text(json.dumps(ENVIRONMENT))
    return installed


@pytest.fixture
def daemon(ready: Instance, scripts: Path) -> Iterator[dict[str, Any]]:
    """Serve Docker's API on a socket of the test's own, to which the script is pointed; yields what was created."""
    socket = ready.folder / "docker.sock"
    program = scripts / "run-container"
    program.write_text(program.read_text().replace("/run/docker.sock", str(socket)))
    server = ThreadingUnixStreamServer(str(socket), Daemon)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    Daemon.created.clear()
    yield Daemon.created
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.skipif(DOCKER is None, reason="docker's client is not on this machine")
def test_the_real_client_asks_for_a_hardened_container(ready: Instance, scripts: Path, daemon: dict[str, Any]) -> None:
    """Docker's own client understands every flag, takes every value as it is, and the script ends as the container does."""
    done = ready.run(scripts / "run-container", check=False)
    assert done.returncode == 7, done.stderr
    host = daemon["HostConfig"]
    assert daemon["path"].endswith("name=switchyard")
    assert daemon["Image"] == ready.environment["SWITCHYARD_IMAGE"]
    assert sorted(daemon["Env"]) == sorted(f"{name}={value}" for name, value in ENVIRONMENT.items())
    assert daemon["StopTimeout"] == 20
    assert (host["NetworkMode"], host["ReadonlyRootfs"], host["CapDrop"], host["Privileged"]) == ("host", True, ["ALL"], False)
    assert host["SecurityOpt"] == ["no-new-privileges"]
    assert host["PidsLimit"] == 4096
    assert list(host["Tmpfs"].values()) == ["size=256m,mode=1777"]
    assert host["Mounts"] == [
        {"Type": "bind", "Source": f"{ready.run_folder}/parameters", "Target": "/run/switchyard/parameters", "ReadOnly": True}
    ]
    assert host["LogConfig"] == {
        "Type": "awslogs",
        "Config": {
            "awslogs-region": "eu-west-1",
            "awslogs-group": "/switchyard/staging/api",
            "awslogs-stream": "i-0123456789abcdef0",
            "cache-disabled": "true",
            "max-buffer-size": "25m",
            "mode": "non-blocking",
        },
    }


def test_no_value_shows_in_a_command_line(ready: Instance, scripts: Path) -> None:
    """Values go through the environment; whoever lists processes sees names only."""
    ready.fake("docker", '[[ "$*" == *" wait "* ]] && echo 0; exit 0')
    ready.run(scripts / "run-container")
    run, wait = ready.calls
    assert [word for word in run.split() if word.startswith("--env")] == [f"--env={name}" for name in sorted(ENVIRONMENT)]
    assert "quotes" not in run
    assert wait == "docker --host=unix:///run/docker.sock wait switchyard"


def test_a_restart_of_the_daemon_does_not_end_the_service(ready: Instance, scripts: Path) -> None:
    """With live-restore the container outlives the daemon: a wait that breaks is taken up again."""
    ready.fake("docker", '[[ "$*" == *" wait "* ]] || exit 0; echo x >>"$STATE/waits"; [[ "$(wc -l <"$STATE/waits")" == 2 ]] && echo 3')
    done = ready.run(scripts / "run-container", check=False)
    assert done.returncode == 3
    assert [call.split()[2] for call in ready.calls] == ["run", "wait", "wait"]


def test_a_container_that_does_not_start_fails_the_unit(ready: Instance, scripts: Path) -> None:
    """Docker's exit code is handed on, so that systemd tries again."""
    ready.fake("docker", "exit 125")
    done = ready.run(scripts / "run-container", check=False)
    assert done.returncode == 125
    assert len(ready.calls) == 1


@pytest.mark.parametrize("name", ["fetch-parameters", "run-container"])
def test_scripts_are_written_for_the_python_of_the_instance(folder: Path, name: str) -> None:
    """Amazon Linux 2023 brings Python 3.9."""
    assert ast.parse((folder / "1" / name).read_text(), feature_version=(3, 9)).body
