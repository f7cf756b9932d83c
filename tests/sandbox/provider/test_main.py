"""The plugin as a process of its own, as the engine starts it."""

import signal
import subprocess
import sys
import time

import grpc
import pytest
from google.protobuf import empty_pb2
from pulumi.runtime.proto import provider_pb2_grpc

from tests.sandbox.processes import alive

COMMAND = [sys.executable, "-u", "-m", "sandbox.provider"]

START_SECONDS = 3.0
"""The engine starts the plugins several times a command."""


@pytest.mark.parametrize(("package", "version"), [("aws", "7.51.1"), ("random", "4.21.4")])
def test_a_plugin_tells_its_port_serves_and_leaves_at_once(package: str, version: str) -> None:
    """The engine's interrupt would otherwise take five seconds."""
    start = time.monotonic()
    with subprocess.Popen([*COMMAND, package, "127.0.0.1:1"], stdout=subprocess.PIPE, text=True) as plugin:
        assert plugin.stdout
        port = int(plugin.stdout.readline())
        assert time.monotonic() - start < START_SECONDS
        with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
            assert provider_pb2_grpc.ResourceProviderStub(channel).GetPluginInfo(empty_pb2.Empty()).version == version
        start = time.monotonic()
        plugin.send_signal(signal.SIGINT)
        assert plugin.wait(timeout=START_SECONDS) == -signal.SIGINT
        assert time.monotonic() - start < 1


def test_a_plugin_leaves_when_its_engine_was_killed() -> None:
    """Nobody else would end it."""
    command = [*COMMAND, "random", "127.0.0.1:1"]
    starter = f"import subprocess; print(subprocess.Popen({command!r}, stdout=2).pid, flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", starter], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as engine:
        assert engine.stdout
        assert engine.stderr
        plugin = int(engine.stdout.readline())
        assert int(engine.stderr.readline())
        engine.kill()
        engine.wait()
        end = time.monotonic() + 10
        while alive(plugin) and time.monotonic() < end:
            time.sleep(0.1)
    assert not alive(plugin)
