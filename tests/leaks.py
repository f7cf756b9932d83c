"""Looks for the values of secrets in everything that a stack leaves behind: in plain, in any spelling that wraps them, and packed."""

import base64
import html
import json
import os
import re
import zlib
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any
from urllib.parse import quote

from ops.difference import is_secret

RANDOM = frozenset({"random:index/randomPassword:RandomPassword", "random:index/randomString:RandomString"})
VERSION = "aws:secretsmanager/secretVersion:SecretVersion"
CALLED_SECRET = re.compile("pass|secret|token|key|dsn", re.IGNORECASE)
SHORTEST = 12
"""Characters: what is shorter turns up by chance, and can be guessed."""
MIB = 2**20
MOST_BYTES = 64 * MIB
"""What is unpacked of one stream, which may be made to have no end."""
DEEPEST = 3
"""Packings within packings that are opened."""
GZIP = b"\x1f\x8b\x08"
PACKED = re.compile(rb"H4sI[A-Za-z0-9+/]+={0,2}")
"""A gzip stream in base64: its first three bytes are always the same."""


def generated(state: Mapping[str, Any]) -> dict[str, str]:
    """What was made up for the stack, by the name of the thing and the place in it, from its decrypted state.

    ValueError for one that is too short to look for.
    """
    made = {}
    for resource in state.get("deployment", state).get("resources") or ():
        name = resource["urn"].rpartition("::")[2]
        if resource["type"] in RANDOM:
            made[name] = str(_plain(resource["outputs"]["result"]))
        elif resource["type"] == VERSION and "secretString" in resource["inputs"]:
            made |= {f"{name}{place}": text for place, text in _texts(_plain(resource["inputs"]["secretString"]))}
    short = sorted(name for name, value in made.items() if len(value) < SHORTEST)
    if short:
        raise ValueError(f"shorter than {SHORTEST} characters: {', '.join(short)}")
    return made


def _plain(value: Any) -> Any:
    """A value without the engine's mark; one that is still encrypted has no text to look for, which is a KeyError."""
    return json.loads(value["plaintext"]) if is_secret(value) else value


def _texts(secret: str) -> Iterator[tuple[str, str]]:
    """The whole text of an entry and, where it is an object, each text in it that is called a secret: host and user stand there too."""
    yield "", secret
    try:
        document = json.loads(secret)
    except ValueError:
        return
    if isinstance(document, dict):
        yield from ((f".{key}", text) for key, text in document.items() if isinstance(text, str) and CALLED_SECRET.search(key))


def spellings(value: str) -> AbstractSet[bytes]:
    """How a value may stand in a text: as it is, escaped for JSON once and twice, for a page, an address, in base64 of any alignment."""
    in_json = json.dumps(value)[1:-1]
    by_go = in_json.translate({ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&"})
    words = {value, *(spelled for once in (in_json, by_go) for spelled in (once, json.dumps(once)[1:-1]))}
    words |= {html.escape(value), quote(value, safe=""), quote(value)}
    return {word.encode() for word in words} | set(_in_base64(value.encode()))


def _in_base64(value: bytes) -> Iterator[bytes]:
    """The letters that are the same whatever stands before and after the value, for each of the three ways in which it may lie."""
    for shift in range(3):
        letters = base64.b64encode(b"\0" * shift + value)
        first, whole = -(-8 * shift // 6), (8 * (shift + len(value))) // 6
        yield letters[first:whole]
        yield base64.urlsafe_b64encode(b"\0" * shift + value)[first:whole]


def leaking(secrets: Mapping[str, str], content: bytes) -> AbstractSet[str]:
    """The names of the secrets whose value is in a content, or in what is packed in it."""
    texts = [content, *_unpacked(content)]
    return {name for name, value in secrets.items() if any(spelled in text for spelled in spellings(value) for text in texts)}


def leaks(secrets: Mapping[str, str], folder: Path, said: str) -> list[str]:
    """Every place below a folder, names of files included, and on the screen that holds a secret's value: `api-token in state/…`."""
    found = [f"{name} on the screen" for name in leaking(secrets, said.encode())]
    for path in _files(folder):
        place = path.relative_to(folder)
        names = leaking(secrets, str(place).encode()) | leaking(secrets, path.read_bytes())
        found += [f"{name} in {place}" for name in names]
    return sorted(found)


def _files(folder: Path) -> Iterator[Path]:
    """The files of a folder; a link to elsewhere is not of it."""
    for place, _, names in os.walk(folder):
        yield from (path for path in (Path(place, name) for name in names) if path.is_file() and not path.is_symlink())


def _opened(content: bytes) -> bytes:
    """What a gzip stream holds, as far as it goes: also of one that was cut short. Nothing of what is no such stream."""
    if not content.startswith(GZIP):
        return b""
    opener = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        return opener.decompress(content, MOST_BYTES)
    except zlib.error:
        return b""


def _unpacked(content: bytes, depth: int = 0) -> Iterator[bytes]:
    """What is packed in a content: gzip as it is, and gzip in base64, as user data and events carry it."""
    if depth == DEEPEST:
        return
    streams = [content, *(_decoded(found[0]) for found in PACKED.finditer(content))]
    for text in filter(None, map(_opened, streams)):
        yield text
        yield from _unpacked(text, depth + 1)


def _decoded(letters: bytes) -> bytes:
    return base64.b64decode(letters[: len(letters) // 4 * 4])
