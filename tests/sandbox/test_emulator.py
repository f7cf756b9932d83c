"""The background process: started, found again, lost, and never taken for another one's."""

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ops.errors import SwitchyardError
from sandbox import emulator as module
from sandbox.emulator import Emulator, State
from tests.sandbox.processes import StartEmulator, alive


def kill(pid: int) -> None:
    """Kill a process that was started from here, and reap it."""
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


def test_a_folder_without_a_process_is_stopped(tmp_path: Path) -> None:
    """Asking makes nothing and stopping is allowed."""
    emulator = Emulator(tmp_path / "none")
    emulator.stop()
    assert (emulator.status().state, emulator.generation) == (State.STOPPED, "")
    assert not emulator.folder.exists()


def test_a_started_emulator_answers_as_a_cloud(start_emulator: StartEmulator) -> None:
    """The endpoint is on loopback and speaks AWS's protocol over real HTTP."""
    _, status = start_emulator("one")
    connection = http.client.HTTPConnection("127.0.0.1", status.port, timeout=20)
    authorization = "AWS4-HMAC-SHA256 Credential=111122223333/20260101/eu-west-1/sts/aws4_request, SignedHeaders=host, Signature=0"
    headers = {"Authorization": authorization, "Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", "/", "Action=GetCallerIdentity&Version=2011-06-15", headers)
    answer = connection.getresponse().read().decode()
    connection.request("GET", "/moto-api/data.json")
    assert connection.getresponse().status == 200
    connection.close()
    assert "<Account>111122223333</Account>" in answer
    assert status.endpoint == f"http://127.0.0.1:{status.port}"


def test_starting_again_finds_the_same_process(start_emulator: StartEmulator) -> None:
    """A second command uses what the first one started, and its memory."""
    _, first = start_emulator("one")
    _, second = start_emulator("one")
    assert second == first


def test_two_starts_at_once_make_one_process(tmp_path: Path) -> None:
    """Whoever comes second waits for the first."""
    emulator = Emulator(tmp_path / "raced")
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(lambda folder: Emulator(folder).start(), [emulator.folder] * 2)
    emulator.stop()
    assert first == second
    assert not alive(first.pid)


def test_the_process_is_in_a_session_of_its_own(start_emulator: StartEmulator) -> None:
    """Ctrl-C in the terminal goes to the terminal's session, so it does not reach the emulator."""
    _, status = start_emulator("one")
    assert os.getsid(status.pid) == status.pid


def test_it_outlives_the_command_that_started_it(tmp_path: Path) -> None:
    """The command's process is gone and the emulator answers."""
    folder = tmp_path / "one"
    code = f"from pathlib import Path; from sandbox.emulator import Emulator; Emulator(Path({str(folder)!r})).start()"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
    emulator = Emulator(folder)
    status = emulator.status()
    emulator.stop()
    assert status.state is State.RUNNING


def test_a_killed_emulator_is_noticed(start_emulator: StartEmulator) -> None:
    """Its generation is gone at once, and the next start has another one on the same port."""
    emulator, first = start_emulator("one")
    kill(first.pid)
    assert (emulator.status().state, emulator.generation) == (State.DIED, "")
    _, second = start_emulator("one")
    assert second.generation not in {"", first.generation}
    assert second.port == first.port


def test_a_record_that_names_another_living_process_is_not_believed(tmp_path: Path) -> None:
    """A process id that was given to another program since: that program is neither used nor ended."""
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as stranger:
        emulator = Emulator(tmp_path)
        record = {"pid": stranger.pid, "port": 1, "generation": "old"}
        (tmp_path / "process.json").write_text(json.dumps(record), encoding="utf-8")
        assert emulator.status().state is State.DIED
        emulator.stop()
        assert stranger.poll() is None
        stranger.communicate(b"\n")
    assert emulator.status().state is State.STOPPED


def test_two_folders_have_two_emulators(start_emulator: StartEmulator) -> None:
    """Port, process and generation differ, and stopping one leaves the other."""
    first, one = start_emulator("one")
    second, two = start_emulator("two")
    assert len({one.port, two.port}) == len({one.pid, two.pid}) == len({one.generation, two.generation}) == 2
    first.stop()
    assert second.status() == two


def test_a_port_that_another_process_took_is_left_to_it(start_emulator: StartEmulator) -> None:
    """The folder gets a new port, and keeps that one from then on."""
    emulator, first = start_emulator("one")
    emulator.stop()
    with socket.create_server(("127.0.0.1", first.port)):
        _, second = start_emulator("one")
        assert second.port != first.port
    emulator.stop()
    _, third = start_emulator("one")
    assert third.port == second.port


def test_stopping_ends_the_process_and_says_so(start_emulator: StartEmulator) -> None:
    """It is gone when `stop` returns, and the port is free."""
    emulator, status = start_emulator("one")
    emulator.stop()
    assert emulator.status().state is State.STOPPED
    assert not alive(status.pid)
    socket.create_server(("127.0.0.1", status.port)).close()


def test_one_that_does_not_answer_is_replaced(start_emulator: StartEmulator, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that hangs is ours by its lock, so the next start may end it."""
    monkeypatch.setattr(module, "ANSWER_SECONDS", 0.5)
    monkeypatch.setattr(module, "STOP_SECONDS", 0.5)
    emulator, hung = start_emulator("one")
    os.kill(hung.pid, signal.SIGSTOP)
    assert emulator.status().state is State.SILENT
    _, fresh = start_emulator("one")
    assert fresh.pid != hung.pid
    assert not alive(hung.pid)


def test_it_leaves_when_its_folder_is_deleted(start_emulator: StartEmulator) -> None:
    """A checkout that is thrown away takes its emulator with it."""
    emulator, status = start_emulator("one")
    shutil.rmtree(emulator.folder)
    deadline = time.monotonic() + 10
    while os.waitpid(status.pid, os.WNOHANG)[0] == 0:
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_one_that_cannot_start_shows_its_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error quotes the end of the log and names the next step."""
    monkeypatch.setattr(module, "ROOT", tmp_path)
    (tmp_path / "sandbox").mkdir()
    (tmp_path / "sandbox" / "__init__.py").touch()
    (tmp_path / "sandbox" / "emulator_process.py").write_text("raise SystemExit('no cloud today')", encoding="utf-8")
    with pytest.raises(SwitchyardError, match="no cloud today") as raised:
        Emulator(tmp_path / "one").start()
    assert "switchyard doctor" in raised.value.next_step


def test_without_moto_the_error_names_the_setup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The emulator is among the development dependencies only."""
    monkeypatch.setitem(sys.modules, "moto", None)
    with pytest.raises(SwitchyardError, match="no `moto`") as raised:
        Emulator(tmp_path).start()
    assert raised.value.next_step == "Run `make setup`."


def test_the_log_of_the_life_before_is_kept(start_emulator: StartEmulator) -> None:
    """What an emulator wrote before it died can still be read after the restart."""
    emulator, status = start_emulator("one")
    emulator.log.write_text("last words\n", encoding="utf-8")
    kill(status.pid)
    start_emulator("one")
    assert emulator.log.with_suffix(".previous").read_text(encoding="utf-8") == "last words\n"


def test_the_users_aws_settings_do_not_reach_it(start_emulator: StartEmulator, monkeypatch: pytest.MonkeyPatch) -> None:
    """A profile that no file names would stop every boto3 session, those inside moto as well."""
    monkeypatch.setenv("AWS_PROFILE", "a-profile-of-no-file")
    _, status = start_emulator("one")
    assert status.state is State.RUNNING
