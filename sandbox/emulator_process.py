"""What runs in the background: moto's server, told apart by account, with two addresses of its own for identity and seeding.

A service that moto lacks (`sandbox.key_value_stores`) answers beside it. Started by `sandbox.emulator` as
`python -m sandbox.emulator_process FOLDER`. It ends by itself when its folder is gone or names another process.
"""

import contextlib
import fcntl
import json
import logging
import os
import re
import signal
import socket
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

from sandbox import key_value_stores
from sandbox.emulator import IDENTITY_PATH, PORT_NAME, RECORD_NAME
from sandbox.emulator_mends import mend
from sandbox.emulator_seed import UnseedableError, plant
from sandbox.loopback import HOST
from sandbox.seed import SEED_PATH, AccountFacts

WATCH_SECONDS = 2.0
CREDENTIAL = re.compile(r"Credential=(\d{12})/")

Environ = dict[str, Any]
StartResponse = Callable[..., Any]

log = logging.getLogger(__name__)


class Application:
    """moto, behind the two addresses of the sandbox. A request is for the account whose id is its access key."""

    def __init__(self, identity: dict[str, Any]) -> None:
        self._identity = identity
        self._cloud = DomainDispatcherApplication(create_backend_app)
        self._seeding = threading.Lock()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request (WSGI)."""
        path = environ.get("PATH_INFO", "")
        if path == IDENTITY_PATH:
            return _json(self._identity)(environ, start_response)
        if path == SEED_PATH:
            return self._seed(Request(environ))(environ, start_response)
        authorization = environ.get("HTTP_AUTHORIZATION", "")
        stores = key_value_stores.SIGNED.search(authorization)
        if stores:
            return key_value_stores.answer(Request(environ), stores[1])(environ, start_response)
        signed = CREDENTIAL.search(authorization)
        if signed:
            environ["HTTP_X_MOTO_ACCOUNT_ID"] = signed[1]
        answer: Iterable[bytes] = self._cloud(environ, start_response)
        return answer

    def _seed(self, request: Request) -> Response:
        """Plant the facts of the request's body; 409 with a message when they contradict what is there."""
        facts = AccountFacts(**request.get_json())
        try:
            with self._seeding:
                plant(facts)
        except UnseedableError as error:
            return _json({"message": str(error)}, status=409)
        return _json({"generation": self._identity["generation"]})


def _json(answer: dict[str, Any], status: int = 200) -> Response:
    return Response(json.dumps(answer), status=status, mimetype="application/json")


def listen(folder: Path) -> socket.socket:
    """Open a listening socket on the port that this folder had before, or on a free one if another process has taken that."""
    known = folder / PORT_NAME
    text = known.read_text(encoding="utf-8") if known.exists() else ""
    wanted = int(text) if text.isdecimal() else 0
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, wanted))
    except OSError:
        log.warning("port %s is taken by another process: using another one", wanted)
        listener.bind((HOST, 0))
    listener.listen()
    known.write_text(str(listener.getsockname()[1]), encoding="utf-8")
    return listener


def claim(folder: Path, identity: dict[str, Any]) -> int:
    """Write down who this process is, in a record that it keeps locked for its life; the record's descriptor.

    The file gets its name once it is locked and complete, so that nobody reads half of it.
    """
    fresh = folder / f"{RECORD_NAME}.{os.getpid()}"
    descriptor = os.open(fresh, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    os.write(descriptor, json.dumps(identity).encode())
    fresh.rename(folder / RECORD_NAME)
    return descriptor


def leave_when_disowned(record: Path, descriptor: int) -> None:
    """End this process once its folder is gone or holds another record: nobody could find it any more."""
    mine = os.fstat(descriptor).st_ino
    with contextlib.suppress(FileNotFoundError):
        while record.stat().st_ino == mine:
            time.sleep(WATCH_SECONDS)
    log.warning("%s is gone: leaving", record)
    os.kill(os.getpid(), signal.SIGTERM)


def main(folder: Path) -> None:
    """Serve until told to stop."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    mend()
    listener = listen(folder)
    port = listener.getsockname()[1]
    os.environ["MOTO_PORT"] = str(port)
    identity = {"pid": os.getpid(), "port": port, "generation": uuid.uuid4().hex, "folder": str(folder)}
    server = make_server(HOST, port, Application(identity), threaded=True, request_handler=MotoRequestHandler, fd=listener.fileno())
    descriptor = claim(folder, identity)
    threading.Thread(target=leave_when_disowned, args=(folder / RECORD_NAME, descriptor), daemon=True).start()
    server.serve_forever()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
