"""The real Pulumi engine: the vendor's command line program if it is on PATH, else one built here from the same source.

The build reads the Go module proxy only. The recipe is `sandbox/engine/go.mod` and `go.sum`: they pin the engine's version and every
module in it.
"""

import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ops.errors import SwitchyardError
from sandbox.long_run import Progress, run_logged, tail
from sandbox.paths import HOME
from sandbox.toolchain import Go, ensure_go

RECIPE = Path(__file__).parent / "engine"
OLDEST_ENGINE = (3, 200)
PACKAGE = "github.com/pulumi/pulumi/pkg/v3"
VERSION_VARIABLE = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version"
ANSWER_SECONDS = 20


class EngineSource(StrEnum):
    """Where an engine came from."""

    PATH = "found on PATH"
    BUILT = "built here"


@dataclass(frozen=True, kw_only=True)
class Engine:
    """A Pulumi engine that the Automation API can run: `PulumiCommand(str(engine.root))`."""

    root: Path
    """The folder whose `bin/pulumi` it is."""
    version: str
    """As it says itself, such as `v3.259.0`."""
    source: EngineSource

    @property
    def binary(self) -> Path:
        """The program itself."""
        return self.root / "bin" / "pulumi"


def find(home: Path = HOME, progress: Progress | None = None) -> Engine | None:
    """Return the engine on PATH, else the one built into `home`; None when there is neither. `progress` is told of one that is not used."""
    return _on_path(home, progress) or _built(home)


def ensure(progress: Progress, home: Path = HOME) -> Engine:
    """Return an engine, built first if there is none (3 to 8 minutes, once). A SwitchyardError says why it cannot be had."""
    found = find(home, progress)
    if found is None:
        _build(home, ensure_go(home, progress), progress)
        found = _built(home)
    if found is None:
        raise SwitchyardError(
            f"The Pulumi engine was built, but {home / 'engine/bin/pulumi'} does not answer as {recipe_version()}.",
            "Delete that file and run the command again, or install the Pulumi CLI (3.200 or newer).",
        )
    return found


def recipe_version() -> str:
    """Read the version of the engine that the recipe builds."""
    pinned = re.search(rf"^\s*{re.escape(PACKAGE)} (v\S+)", (RECIPE / "go.mod").read_text(encoding="utf-8"), re.MULTILINE)
    if pinned is None:
        raise SwitchyardError(f"{RECIPE / 'go.mod'} does not require {PACKAGE}.", "Restore the file from version control.")
    return pinned[1]


def _version_of(binary: Path) -> str:
    """Ask for what `pulumi version` says; empty when the program does not answer."""
    environment = {**os.environ, "PULUMI_SKIP_UPDATE_CHECK": "true"}
    try:
        answer = subprocess.run(
            [binary, "version"],
            env=environment,
            capture_output=True,
            text=True,
            timeout=ANSWER_SECONDS,
            stdin=subprocess.DEVNULL,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return answer.stdout.strip() if answer.returncode == 0 else ""


def _on_path(home: Path, progress: Progress | None) -> Engine | None:
    """Return the vendor's engine, if it is on PATH and new enough."""
    found = shutil.which("pulumi")
    if found is None:
        return None
    binary = Path(found).absolute()
    version = _version_of(binary)
    number = re.match(r"v?(\d+)\.(\d+)\.", version)
    if number is None or (int(number[1]), int(number[2])) < OLDEST_ENGINE:
        if progress:
            progress(f"{binary} is not used: it says {version or 'nothing'} of its version, and 3.200 or newer is needed")
        return None
    return Engine(root=_root_of(binary, home), version=version, source=EngineSource.PATH)


def _root_of(binary: Path, home: Path) -> Path:
    """Return the folder under which the Automation API finds `binary`: its own, or one made for it where that is no `bin` folder's."""
    if binary.parent.name == "bin" and binary.name == "pulumi":
        return binary.parent.parent
    root = home / "engine-on-path"
    link = root / "bin" / "pulumi"
    if not (link.is_symlink() and link.readlink() == binary):
        link.parent.mkdir(parents=True, exist_ok=True)
        fresh = link.with_name(f"pulumi-{os.getpid()}")
        fresh.symlink_to(binary)
        fresh.replace(link)
    return root


def _built(home: Path) -> Engine | None:
    """Return the engine built into `home`, if it is of the recipe's version."""
    root = home / "engine"
    version = _version_of(root / "bin" / "pulumi")
    return Engine(root=root, version=version, source=EngineSource.BUILT) if version == recipe_version() else None


def _build(home: Path, go: Go, progress: Progress) -> None:
    """Build the engine beside its place and move it there at once: a second builder or an early end leaves nothing half done."""
    root, version = home / "engine", recipe_version()
    (root / "bin").mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="build-", dir=root) as scratch:
        for name in ("go.mod", "go.sum"):
            shutil.copy(RECIPE / name, scratch)
        binary, log = Path(scratch) / "pulumi", Path(scratch) / "build.log"
        # A go.work of a folder above the checkout would put other modules into the build.
        environment = {**go.environment, "GOWORK": "off"}
        doing = f"building the Pulumi engine {version} (3 to 8 minutes, once)"
        command = build_command(go.binary, binary, version)
        failed = run_logged(command, log=log, env=environment, doing=doing, progress=progress)
        kept = log.replace(root / "build.log")
        if failed:
            raise SwitchyardError(
                f"The Pulumi engine {version} could not be built. The end of {kept}:\n{tail(kept)}",
                "The build needs the Go module proxy (see `go env GOPROXY`) and 3 GB of disk. Put that right and run the command again, "
                "or install the Pulumi CLI (3.200 or newer), which is used as it is.",
            )
        binary.replace(root / "bin" / "pulumi")


def build_command(go: Path, binary: Path, version: str) -> list[str]:
    """Spell the build: stripped, no path of the machine in it, its version linked in (the Automation API refuses an engine without)."""
    flags = ["-mod=readonly", "-trimpath", "-tags", "osusergo,grpcnotrace", "-ldflags", f"-s -w -X {VERSION_VARIABLE}={version}"]
    return [str(go), "build", *flags, "-o", str(binary), f"{PACKAGE}/cmd/pulumi"]
