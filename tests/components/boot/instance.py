"""A stand-in for an instance: a folder to install into, and programs on PATH that record how they were called."""

import os
import subprocess
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Instance:
    """An instance's file system below `folder`/root, with fakes that come first on PATH."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def root(self) -> Path:
        """Folder that stands for `/`."""
        return self.folder / "root"

    @property
    def run_folder(self) -> Path:
        """Folder that stands for what systemd makes below `/run`."""
        return self.folder / "run"

    @property
    def calls(self) -> list[str]:
        """The calls of the fakes since the last `forget`, a line each: name and arguments."""
        log = self.folder / "calls"
        return log.read_text().splitlines() if log.exists() else []

    def forget(self) -> None:
        """Empty the record of calls."""
        (self.folder / "calls").unlink(missing_ok=True)

    def fake(self, name: str, body: str = "") -> None:
        """Put a program on PATH that records its call and then runs `body`, which may keep files in $STATE."""
        program = self.folder / "bin" / name
        program.parent.mkdir(exist_ok=True)
        (self.folder / "state").mkdir(exist_ok=True)
        program.write_text(f'#!/bin/bash\nSTATE="{self.folder}/state"\necho "{name} $*" >>"{self.folder}/calls"\n{body}\n')
        program.chmod(0o755)

    def run(self, program: Path, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run a program as systemd or cloud-init would: with little but PATH in its environment."""
        self.run_folder.mkdir(mode=0o700, exist_ok=True)
        environment = {
            "PATH": f"{self.folder}/bin:{os.environ['PATH']}",
            "RUNTIME_DIRECTORY": str(self.run_folder),
            "SWITCHYARD_ROOT": str(self.root),
            **self.environment,
        }
        done = subprocess.run([program, *arguments], env=environment, capture_output=True, text=True, check=False, timeout=60)
        assert not check or done.returncode == 0, done.stderr
        return done

    def tree(self) -> dict[str, tuple[int, int, int, bytes]]:
        """Return every file below root with its mode, inode, time of change in nanoseconds and content."""
        return {
            str(path.relative_to(self.root)): ((about := path.stat()).st_mode & 0o7777, about.st_ino, about.st_mtime_ns, path.read_bytes())
            for path in sorted(self.root.rglob("*"))
            if path.is_file()
        }
