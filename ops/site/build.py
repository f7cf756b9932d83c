"""A built site in a folder: what is in it, what each file is called in the bucket, and what keeps it from being released."""

import hashlib
import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from components.edge import RELEASE
from ops.console import count, listed
from ops.errors import BadInputError
from ops.site.headers import ASSETS

INDEX = "index.html"
KEY_BYTES = 1024
"""Of an object in S3: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html"""
SHOWN = 10
"""Problems that are listed; nobody reads more."""
ODD = re.compile(r"\\|[\x00-\x1f\x7f]|%[0-9a-fA-F]{2}")
"""What the edge lets no address have (components/edge/path.js)."""
CHUNK = 1024 * 1024


@dataclass(frozen=True)
class Item:
    """One file."""

    key: str
    """Of its object in the bucket."""
    path: Path
    sha256: str
    size: int

    @property
    def is_asset(self) -> bool:
        """Whether all releases share it."""
        return self.key.startswith(ASSETS)

    @property
    def is_page(self) -> bool:
        """Whether it refers to others, and therefore comes after them."""
        return not self.is_asset and self.key.endswith((".html", ".htm"))


@dataclass(frozen=True)
class Build:
    """All of it, in the order in which it is sent: a page comes after what it refers to."""

    release: str
    items: Sequence[Item]

    @property
    def unreachable(self) -> Sequence[str]:
        """Pages' files without a dot in their names: the edge takes such an address for a folder."""
        return [item.key for item in self.items if not item.is_asset and "." not in item.key.rpartition("/")[2]]


def prefix_of(release: str) -> str:
    """Where the files of a release are in the bucket, assets excepted."""
    return f"releases/{release}/"


def check_id(release: str) -> None:
    """BadInputError when a release cannot be called so."""
    if not RELEASE.fullmatch(release):
        allowed = "1 to 64 letters, digits, dots, hyphens and underscores, beginning with a letter or digit"
        raise BadInputError(f"{release!r} is no release id: it must be {allowed}.", "Give another one: --id r42, or the commit's hash.")


def read(folder: Path, release: str) -> Build:
    """Read and hash every file; BadInputError lists what keeps the folder from being a release."""
    check_id(release)
    if not folder.is_dir():
        raise BadInputError(f"{folder} is no folder.", "Build the site first, then name the folder with its index.html: --from dist.")
    problems: list[str] = []
    items = [item for path in _files(folder, problems) if (item := _item(folder, path, release, problems))]
    if not items and not problems:
        problems.append("it is empty")
    elif not problems and f"{prefix_of(release)}{INDEX}" not in {item.key for item in items}:
        problems.append(f"{INDEX} is missing: it is what users see first")
    if problems:
        hint = "Correct the build, or name the folder that holds nothing but the built site."
        raise BadInputError(f"{folder} cannot be released: {count(len(problems), 'problem')}.\n{listed(problems, SHOWN)}", hint)
    return Build(release, sorted(items, key=_turn))


def _turn(item: Item) -> tuple[int, str]:
    """Assets first, pages last."""
    return (0 if item.is_asset else 2 if item.is_page else 1), item.key


def _files(folder: Path, problems: list[str]) -> Iterator[Path]:
    """Every file; of what cannot be read, or leads elsewhere, the problem is noted."""
    root = folder.resolve()

    def unread(error: OSError) -> None:
        problems.append(f"{error.filename} cannot be read: {error.strerror}")

    for place, folders, files in os.walk(folder, onerror=unread):
        here = Path(place)
        links = [name for name in folders if (here / name).is_symlink()]
        problems += [f"{_shown(folder, here / name)} is a link to a folder: put the folder itself there" for name in links]
        folders[:] = sorted({*folders} - {*links})
        for path in (here / name for name in sorted(files)):
            if path.is_symlink() and not path.resolve().is_relative_to(root):
                problems.append(f"{_shown(folder, path)} is a link that leads out of the folder: put the file itself there")
            else:
                yield path


def _item(folder: Path, path: Path, release: str, problems: list[str]) -> Item | None:
    """A file with its hash; None when it has a problem, which is noted."""
    name = path.relative_to(folder).as_posix()
    problem = _name_problem(name, release)
    if not problem:
        try:
            if stat.S_ISREG(path.stat().st_mode):
                sha256, size = _hashed(path)
                return Item(key_of(name, release), path, sha256, size)
            problem = "is no file"
        except OSError as error:
            problem = f"cannot be read: {error.strerror}"
    problems.append(f"{_shown(folder, path)} {problem}")
    return None


def key_of(name: str, release: str) -> str:
    """The object of a file."""
    return name if name.startswith(ASSETS) else f"{prefix_of(release)}{name}"


def _name_problem(name: str, release: str) -> str:
    """Why a file cannot be called so; empty when it can."""
    parts = name.split("/")
    try:
        size = len(key_of(name, release).encode())
    except UnicodeEncodeError:
        return "has a name that is no UTF-8"
    if size > KEY_BYTES:
        return f"has a name of {size} bytes with its release, and S3 takes {KEY_BYTES}"
    if ODD.search(name):
        return "has a name that the edge answers with 404: no backslash, no control character, no % with two digits"
    if parts[0] == "releases":
        return "would never be seen: the edge answers 404 to /releases/, where the bucket keeps all releases"
    hidden = [part for part in parts if part.startswith(".") and part != ".well-known"]
    return f"is hidden ({hidden[0]}) and belongs to no site" if hidden else ""


def _hashed(path: Path) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return digest.hexdigest(), size


def _shown(folder: Path, path: Path) -> str:
    """A file's name as it can be printed."""
    return path.relative_to(folder).as_posix().encode(errors="backslashreplace").decode()
