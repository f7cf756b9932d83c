"""`switchyard database prepare`: shown first, run over a port forwarding with TLS to the end, and in the sandbox never pretended."""

import json
import os
import re
import stat
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from ops.cli import app
from ops.database.prepare import problems
from ops.errors import Exit
from settings_types import Color
from tests.ops.conftest import Run
from tests.ops.stand_in import StandIn
from tests.postgres import conftest as real
from tests.postgres.instance import LIKE_RDS, MASTER, PASSWORD, Instance, wanted_by
from tests.postgres.tls import give_certificate
from tests.rendering import ROOT

instance, fresh = real.instance, real.fresh

HOST = "app.c1a2b3c4d5e6.eu-west-1.rds.amazonaws.com"
ONLY_TLS = (f"hostnossl all {MASTER} all reject", *LIKE_RDS)
DONE = r"✓ staging: appdata has the roles of api: \d+ things put right"


@pytest.fixture
def stands(stack: StandIn) -> Iterator[StandIn]:
    """Give the stack a database by its outputs, and the master's secret."""
    secrets = stack.target.client("secretsmanager")
    made = secrets.create_secret(Name="master", SecretString=json.dumps({"username": MASTER, "password": PASSWORD}))
    stack.exports["database"] = {"host": HOST, "port": 5432, "name": "appdata", "user": MASTER, "secret": made["ARN"]}
    yield stack
    secrets.delete_secret(SecretId="master", ForceDeleteWithoutRecovery=True)


@pytest.fixture
def server(fresh: Instance, stands: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Instance:
    """Let the server prove to be the stack's database, and refuse everything but TLS."""
    assert stands.exports
    give_certificate(fresh.server, HOST, tmp_path / "roots.pem")
    monkeypatch.setenv("PGSSLROOTCERT", str(tmp_path / "roots.pem"))
    fresh.server.let_in(ONLY_TLS)
    return fresh


@pytest.fixture
def aws_command(server: Instance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a command `aws` on PATH that forwards to the server; what it was called with is in the folder."""
    programs, notes = tmp_path / "bin", tmp_path / "notes"
    programs.mkdir()
    notes.mkdir()
    forwarder = ROOT / "tests" / "postgres" / "forwarder.py"
    (programs / "aws").write_text(
        f'#!/bin/sh\nexec "{sys.executable}" "{forwarder}" {server.server.port} "{notes}" "$@"\n', encoding="utf-8"
    )
    (programs / "aws").chmod((programs / "aws").stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    return notes


def unprepared(server: Instance) -> bool:
    """Whether nothing has been run."""
    with server.master_by_loopback() as master:
        return len(list(problems(master, wanted_by("api")))) > 5


def test_it_runs_through_an_instance_and_ends_the_way(run: Run, stands: StandIn, server: Instance, aws_command: Path) -> None:
    """The words are AWS's own, the instance is one that carries little traffic, and no process is left."""
    result = run("database", "prepare", "--yes")
    assert result.exit_code == Exit.DONE, result.stderr
    assert re.search(DONE, result.stdout)
    assert not unprepared(server)
    words = json.loads((aws_command / "words.json").read_text(encoding="utf-8"))
    assert words[:4] == ["ssm", "start-session", "--region", "eu-west-1"]
    assert words[6:8] == ["--document-name", "AWS-StartPortForwardingSessionToRemoteHost"]
    parameters = json.loads(words[9])
    assert (parameters["host"], parameters["portNumber"]) == ([HOST], ["5432"])
    green = stands.cloud.group("api-green")["Instances"] or stands.cloud.group("api-blue")["Instances"]
    assert words[4:6] == ["--target", green[0]["InstanceId"]]
    pid = int((aws_command / "pid").read_text(encoding="utf-8"))
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_the_password_is_nowhere_but_in_the_connection(run: Run, server: Instance, aws_command: Path) -> None:
    """Not in what is printed, not in a command line, not in the server's log."""
    result = run("database", "prepare", "--yes")
    assert result.exit_code == Exit.DONE, result.stderr
    for text in (result.stdout, result.stderr, (aws_command / "words.json").read_text(encoding="utf-8"), server.server.log):
        assert PASSWORD not in text


def test_a_second_run_finds_all_of_it_there(run: Run, server: Instance) -> None:
    """And says so; the first says what it found."""
    via = f"localhost:{server.server.port}"
    first = run("database", "prepare", "--yes", "--via", via)
    assert "so far: api is missing, or may not log in" in first.stderr
    result = run("database", "prepare", "--yes", "--via", via)
    assert result.exit_code == Exit.DONE, result.stderr
    assert "✓ staging: appdata has the roles of api: all of it was there and right" in result.stdout
    assert "so far" not in result.stderr


def test_a_server_that_is_not_the_database_is_not_told_the_password(run: Run, stands: StandIn, server: Instance) -> None:
    """Whoever answers at the end of the way has to prove the database's name."""
    stands.exports["database"]["host"] = f"other-{HOST}"
    result = run("database", "prepare", "--yes", "--via", f"localhost:{server.server.port}")
    assert result.exit_code == Exit.FAILED
    assert "The database lets nobody in: " in result.stderr
    assert "does not match host name" in result.stderr
    assert unprepared(server)


def test_a_wrong_password_is_told_with_what_to_look_at(run: Run, stands: StandIn, server: Instance) -> None:
    """The secret may be plain text, too."""
    stands.target.client("secretsmanager").put_secret_value(SecretId="master", SecretString="not this one")
    result = run("database", "prepare", "--yes", "--via", f"localhost:{server.server.port}")
    assert result.exit_code == Exit.FAILED
    assert f'password authentication failed for user "{MASTER}"' in result.stderr
    assert "not this one" not in result.stderr


def test_show_prints_what_would_run_and_nothing_else(run: Run, server: Instance) -> None:
    """Standard output is the SQL, so that it can be read, kept or handed on."""
    result = run("database", "prepare", "--show")
    assert result.exit_code == Exit.DONE, result.stderr
    assert result.stdout.startswith("-- The roles of appdata")
    assert 'GRANT rds_iam TO "api";' in result.stdout
    assert unprepared(server)
    with server.master_by_loopback() as master, master.transaction():
        master.execute(result.stdout.encode())
    assert not unprepared(server)


def test_without_a_terminal_nothing_runs(run: Run, server: Instance) -> None:
    """It is shown, and how it is run is said."""
    result = run("database", "prepare", "--via", f"localhost:{server.server.port}")
    assert result.exit_code == Exit.DONE
    assert "! nothing was run: there is no terminal to say yes on. `switchyard database prepare -s staging --yes` runs it" in result.stderr
    assert unprepared(server)


@pytest.mark.parametrize(("typed", "runs"), [("y\n", True), ("n\n", False)])
@pytest.mark.usefixtures("run")
def test_on_a_terminal_it_asks(server: Instance, monkeypatch: pytest.MonkeyPatch, typed: str, runs: bool) -> None:  # noqa: FBT001 -- a case
    """After the SQL; a yes runs it, anything else leaves all as it was."""
    monkeypatch.setattr("ops.agreement.sys", SimpleNamespace(stdin=SimpleNamespace(isatty=lambda: True)))
    words = ["database", "prepare", "-s", "staging", "--via", f"localhost:{server.server.port}"]
    result = CliRunner().invoke(app, words, input=typed)
    assert result.exit_code == Exit.DONE, result.stderr
    assert f"Run this in appdata on {HOST}? [y/N]" in result.stderr
    assert unprepared(server) is not runs


def test_in_the_sandbox_it_says_that_nothing_ran(run: Run, stands: StandIn) -> None:
    """The SQL is the same; there is no PostgreSQL behind the emulator."""
    stands.target.sandboxed = True
    result = run("database", "prepare", "--yes")
    assert result.exit_code == Exit.REFUSED
    assert "GRANT rds_iam" in result.stdout
    assert "✗ The sandbox holds no PostgreSQL: nothing was run." in result.stderr
    assert run("database", "prepare", "--show").exit_code == Exit.DONE


def test_a_stack_without_a_database_is_told(run: Run, stands: StandIn) -> None:
    """So is one whose database is a copy, and one in which no service uses it."""
    stands.target.file.edit({"services.api.uses": None})
    assert "✗ No service uses the database." in run("database", "prepare", "--show").stderr
    stands.exports["database"]["secret"] = ""
    assert "✗ The database of staging is a replica, which takes no writes." in run("database", "prepare").stderr
    del stands.exports["database"]
    result = run("database", "prepare")
    assert result.exit_code == Exit.BAD_INPUT
    assert "✗ The stack staging has no database." in result.stderr


def test_a_service_that_the_database_knows_as_something_else_is_refused(run: Run, stands: StandIn) -> None:
    """Its role would be the analyst's."""
    text = stands.target.file.path.read_text(encoding="utf-8")
    stands.target.file.path.write_text(text.replace("    api:\n", "    api:\n      came_up_as: analyst\n", 1), encoding="utf-8")
    result = run("database", "prepare", "--show")
    assert result.exit_code == Exit.BAD_INPUT
    assert "'analyst' would be its role in the database, and that is the role that people read with" in result.stderr


def test_what_ssm_says_is_passed_on(run: Run, server: Instance, aws_command: Path) -> None:
    """When it opens no way, nothing is asked of the database."""
    (aws_command / "refusal").write_text("TargetNotConnected: i-1 is not connected.", encoding="utf-8")
    result = run("database", "prepare", "--yes")
    assert result.exit_code == Exit.FAILED
    assert "✗ SSM opened no way to the database: TargetNotConnected: i-1 is not connected." in result.stderr
    assert unprepared(server)


def test_without_aws_s_command_line_another_way_is_named(run: Run, server: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    """Instead of a traceback."""
    monkeypatch.setenv("PATH", "/nowhere")
    result = run("database", "prepare", "--yes")
    assert result.exit_code == Exit.BAD_INPUT
    assert "✗ aws is not on PATH" in result.stderr
    assert "--via HOST:PORT" in result.stderr
    assert unprepared(server)


def test_without_an_instance_there_is_no_way(run: Run, stands: StandIn) -> None:
    """Nor through one in quarantine."""
    for color in Color:
        stands.cloud.size(f"api-{color}", floor=0, desired=0)
    result = run("database", "prepare", "--yes")
    assert result.exit_code == Exit.REFUSED
    assert "✗ No instance is in service that may reach the database." in result.stderr


@pytest.mark.parametrize("via", ["localhost", "localhost:x", "user@localhost:5432", ":5432", "localhost:5432/app", "[::1"])
def test_a_way_is_a_host_and_a_port(run: Run, stands: StandIn, via: str) -> None:
    """Anything else is a slip."""
    assert stands.exports
    result = run("database", "prepare", "--yes", "--via", via)
    assert result.exit_code == Exit.BAD_INPUT
    assert f"--via is HOST:PORT, for example localhost:5432, and not {via!r}." in result.stderr


class Roots(BaseHTTPRequestHandler):
    """AWS's file of certificates, as the test has it."""

    content = b""

    def do_GET(self) -> None:
        """Hand it over."""
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def test_the_certificates_are_fetched_where_the_operator_has_none(
    run: Run, server: Instance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From AWS's own place; without them nothing is run."""
    monkeypatch.delenv("PGSSLROOTCERT")
    monkeypatch.setattr(Roots, "content", (tmp_path / "roots.pem").read_bytes())
    words, via = ("database", "prepare", "--yes", "--via"), f"localhost:{server.server.port}"
    with ThreadingHTTPServer(("127.0.0.1", 0), Roots) as web:
        monkeypatch.setattr("ops.database.login.ROOTS", f"http://127.0.0.1:{web.server_port}/")
        threading.Thread(target=web.serve_forever, daemon=True).start()
        result = run(*words, via)
        web.shutdown()
    assert result.exit_code == Exit.DONE, result.stderr
    result = run(*words, via)
    assert result.exit_code == Exit.FAILED
    assert "AWS's certificates for databases cannot be fetched" in result.stderr
    assert "name the file in PGSSLROOTCERT" in result.stderr
