import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from .instance import Instance

RESTART = "systemctl restart --no-block switchyard.service"


class Teapot(BaseHTTPRequestHandler):
    """A service that answers everything with an error."""

    def do_HEAD(self) -> None:
        """Answer 503."""
        self.send_response(503)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture
def answering_port() -> Iterator[int]:
    """Serve on loopback and yield the port."""
    server = HTTPServer(("127.0.0.1", 0), Teapot)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield server.server_port
    server.shutdown()
    server.server_close()
    thread.join()


def rounds(instance: Instance, scripts: Path, count: int, state: str = "active", start: str = "one") -> list[str]:
    """Let the probe look `count` times at a service in a state, and return its calls of systemctl that change something."""
    instance.fake("sleep", f'echo x >>"$STATE/rounds"; (("$(wc -l <"$STATE/rounds")" <= {count}))')
    instance.fake("systemctl", f"echo ActiveState={state}; echo InvocationID={start}")
    instance.run(scripts / "probe", check=False)
    return [call for call in instance.calls if call.startswith("systemctl") and " show " not in call]


def curl(instance: Instance, answers: str) -> None:
    """Fake `curl`: `answers` is a bash condition on N, the number of the look."""
    instance.fake("curl", f'echo x >>"$STATE/looks"; N="$(wc -l <"$STATE/looks")"; (({answers}))')


def test_any_answer_counts_as_life(installed: Instance, scripts: Path, answering_port: int) -> None:
    """Real curl, real server, status 503: whether the service is fit for traffic is the load balancer's question."""
    installed.environment["SWITCHYARD_PORT"] = str(answering_port)
    assert rounds(installed, scripts, 100) == []


def test_a_service_that_falls_silent_is_restarted_after_three_looks(installed: Instance, scripts: Path) -> None:
    """It answered once and then no more: two failures are tolerated, the third restarts it."""
    curl(installed, "N == 1")
    assert rounds(installed, scripts, 3) == []
    (installed.folder / "state/looks").unlink()
    (installed.folder / "state/rounds").unlink()
    assert rounds(installed, scripts, 4) == [RESTART]


def test_failures_that_do_not_follow_each_other_are_forgotten(installed: Instance, scripts: Path) -> None:
    """A look that succeeds starts the count anew."""
    curl(installed, "N % 3 == 1")
    assert rounds(installed, scripts, 12) == []


def test_a_service_that_starts_has_ten_minutes_for_its_first_answer(installed: Instance, scripts: Path) -> None:
    """59 looks of 10 s pass in silence; the 60th restarts it, and then it has its time again."""
    curl(installed, "0")
    assert rounds(installed, scripts, 59) == []
    (installed.folder / "state/rounds").unlink()
    assert rounds(installed, scripts, 60 + 59) == [RESTART]


def test_a_service_that_is_not_running_is_left_to_systemd(installed: Instance, scripts: Path) -> None:
    """While it waits for a secret there is nothing to probe: not even a look is taken."""
    curl(installed, "0")
    assert rounds(installed, scripts, 100, state="activating") == []
    assert not any(call.startswith("curl") for call in installed.calls)


def test_a_new_start_has_its_own_time(installed: Instance, scripts: Path) -> None:
    """When systemd restarted the service by itself, its earlier answers and failures do not count."""
    curl(installed, "N == 1")
    installed.fake("sleep", 'echo x >>"$STATE/rounds"; (("$(wc -l <"$STATE/rounds")" <= 20))')
    installed.fake("systemctl", 'echo ActiveState=active; echo "InvocationID=$(($(wc -l <"$STATE/rounds") > 2))"')
    installed.run(scripts / "probe", check=False)
    assert RESTART not in installed.calls
