"""A way to the database from the operator's machine: a port forwarding of SSM through an instance that may reach it.

The instance passes bytes on and sees none of them in the clear: TLS ends in the database.
"""

import json
import os
import shlex
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ops.console import Activity
from ops.database.address import Address
from ops.database.wanted import services_of
from ops.deployment import Deployment
from ops.errors import BadInputError, EngineError, RefusedError
from ops.traffic import wiring
from settings_types import Color

DOCUMENT = "AWS-StartPortForwardingSessionToRemoteHost"
READY = "Waiting for connections"
"""What the session manager's plugin says once the local port is open; https://github.com/aws/session-manager-plugin."""
OPEN_SECONDS = 60
LOOPBACK = "127.0.0.1"


def hop(deployment: Deployment) -> str:
    """An instance in service of a service that uses the database: of a color with little traffic, and in no quarantine."""
    settings, autoscaling = deployment.target.file.settings(), deployment.target.client("autoscaling")
    for name in services_of(settings).values():
        groups, service = wiring(deployment, name).groups, settings.services[name]
        for color in sorted(Color, key=service.weight):
            found = autoscaling.describe_auto_scaling_groups(AutoScalingGroupNames=[groups[color]])["AutoScalingGroups"]
            members = [member for group in found for member in group["Instances"] if member["LifecycleState"] == "InService"]
            if members and not settings.contingency.quarantines(name, color):
                return str(members[0]["InstanceId"])
    hint = "Start one (`capacity.min` above 0), or open a way of your own to it and name it: `--via HOST:PORT`."
    raise RefusedError("No instance is in service that may reach the database.", hint)


def line(deployment: Deployment, address: Address, instance: str, port: int) -> list[str]:
    """AWS's own command that opens the port here."""
    parameters = {"host": [address.host], "portNumber": [str(address.port)], "localPortNumber": [str(port)]}
    where = ["--region", deployment.target.file.settings().region, "--target", instance]
    aws = shlex.split(deployment.target.aws)
    return [*aws, "ssm", "start-session", *where, "--document-name", DOCUMENT, "--parameters", json.dumps(parameters)]


@contextmanager
def tunnel(deployment: Deployment, address: Address) -> Iterator[tuple[str, int]]:
    """Host and port that lead to the database, as long as they are needed; EngineError when SSM opens none."""
    instance, port = hop(deployment), _free_port()
    words = line(deployment, address, instance, port)
    if not shutil.which(words[0]):
        hint = "Install AWS's command line and its Session Manager plugin, or open a way of your own: `--via HOST:PORT`."
        raise BadInputError(f"{words[0]} is not on PATH, and opens the way to the database.", hint)
    with tempfile.NamedTemporaryFile("w+", encoding="utf-8", prefix="switchyard-tunnel-") as told:
        process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=told, stderr=told, start_new_session=True)
        try:
            with Activity(f"opening a way through {instance}") as opening:
                _wait(process, Path(told.name), opening)
            yield LOOPBACK, port
        finally:
            _end(process)


def _wait(process: "subprocess.Popen[bytes]", told: Path, opening: Activity) -> None:
    """Until the plugin says that the port is open."""
    while READY not in (said := told.read_text(encoding="utf-8")):
        if process.poll() is not None or opening.seconds > OPEN_SECONDS:
            hint = "It takes the Session Manager plugin, and `ssm:StartSession` on the instance. Or open a way yourself: `--via HOST:PORT`."
            raise EngineError(f"SSM opened no way to the database: {said.strip() or f'nothing within {OPEN_SECONDS} s'}", hint)
        opening.tell("waiting for SSM")
        time.sleep(0.2)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End AWS's command line and the plugin below it, which are a group of their own: the session ends with them."""
    try:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(5)
    except ProcessLookupError:
        process.wait(5)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(5)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])
