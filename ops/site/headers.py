"""What browsers and the edge are told of a file: its type, and how long they may keep it."""

import mimetypes
from collections.abc import Mapping
from pathlib import PurePosixPath

ASSETS = "assets/"
"""The folder of the files whose names hold a hash of their content; all releases share it."""

TYPES: Mapping[str, str] = {
    ".avif": "image/avif",
    ".js": "text/javascript",
    ".map": "application/json",
    ".mjs": "text/javascript",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
}
"""What Python knows otherwise, or not, or only since some version."""

ANYTHING = "application/octet-stream"

FOR_EVER = "public, max-age=31536000, immutable"
"""An asset's name changes with its content, so that no copy is ever stale."""

AT_THE_EDGE = "public, max-age=0, must-revalidate, s-maxage=31536000"
"""Browsers ask each time; the edge may keep it, since the path that it sees holds the release."""

_known = mimetypes.MimeTypes()
"""Python's own table, the same on each machine."""


def content_type(name: str) -> str:
    """The type of a file by its name, with the character set where it is text."""
    guessed, packed = _known.guess_type(name)
    kind = TYPES.get(PurePosixPath(name).suffix.lower()) or (ANYTHING if packed else guessed or ANYTHING)
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


def cache_control(key: str) -> str:
    """How long an object of the bucket may be kept."""
    return FOR_EVER if key.startswith(ASSETS) else AT_THE_EDGE
