import base64
import gzip
import html
import json
import urllib.parse
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ops.difference import SECRET as MARK
from tests.leaks import generated, leaking, leaks

VALUE = 'a<b>&"c\\d%/é0123'
"""With everything that some spelling changes."""
SECRETS = {"api-token": VALUE, "other": "nowhere to be found"}


def in_base64(shift: int) -> Callable[[str], bytes]:
    """The value within a text that is in base64 as a whole, after so many letters."""
    return lambda value: base64.b64encode(f"{'x' * shift}{value}, and so on".encode())


SPELLED: dict[str, Callable[[str], bytes]] = {
    "plain": str.encode,
    "base64": in_base64(0),
    "base64, one letter on": in_base64(1),
    "base64, two letters on": in_base64(2),
    "base64 for addresses": lambda value: base64.urlsafe_b64encode(value.encode()),
    "JSON": lambda value: json.dumps({"password": value}).encode(),
    "JSON in JSON": lambda value: json.dumps(json.dumps({"password": value})).encode(),
    "JSON by Go": lambda value: json.dumps(value).replace("<", r"\u003c").replace(">", r"\u003e").replace("&", r"\u0026").encode(),
    "a page": lambda value: html.escape(value).encode(),
    "an address": lambda value: urllib.parse.urlencode({"token": value}, quote_via=urllib.parse.quote).encode(),
    "gzip": lambda value: gzip.compress(value.encode()),
    "gzip of JSON in gzip": lambda value: gzip.compress(gzip.compress(json.dumps(value).encode())),
    "gzip in base64": lambda value: b'{"userData": "' + base64.b64encode(gzip.compress(value.encode())) + b'"}',
    "gzip that was cut short": lambda value: gzip.compress(value.encode() + bytes(range(256)) * 400)[:-20],
}


@pytest.mark.parametrize("spelling", SPELLED)
def test_a_planted_value_is_found_however_it_is_spelled(spelling: str, tmp_path: Path) -> None:
    """And told by the secret's name and the file's, never by the value."""
    planted = tmp_path / "sandbox" / "state" / "log"
    planted.parent.mkdir(parents=True)
    planted.write_bytes(SPELLED[spelling](VALUE))
    (tmp_path / "clean").write_bytes(SPELLED[spelling]("another value altogether"))
    assert leaks(SECRETS, tmp_path, "done") == ["api-token in sandbox/state/log"]


def test_the_screen_and_the_names_of_files_are_looked_at_too(tmp_path: Path) -> None:
    """A value may be in what a command says, or name a file."""
    secrets = {"token": "0123456789abcdef"}
    (tmp_path / "token-0123456789abcdef").touch()
    assert leaks(secrets, tmp_path, "it is 0123456789abcdef") == ["token in token-0123456789abcdef", "token on the screen"]


def test_what_is_linked_to_is_not_of_the_folder(tmp_path: Path) -> None:
    """The engine's own program stands there by a link."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "file").write_text(VALUE)
    home = tmp_path / "home"
    home.mkdir()
    (home / "engine").symlink_to(tmp_path / "elsewhere")
    (home / "file").symlink_to(tmp_path / "elsewhere" / "file")
    assert leaks(SECRETS, home, "") == []


def test_what_only_looks_packed_is_no_obstacle() -> None:
    """The value beside it is found all the same."""
    for broken in (b"\x1f\x8b\x08 no stream", b"H4sIAAAA no stream"):
        assert leaking(SECRETS, broken + VALUE.encode()) == {"api-token"}


def marked(value: str) -> dict[str, str]:
    """A secret in the engine's state, decrypted."""
    return {MARK: "1b47061264138c4ac30d75fd1eb44270", "plaintext": json.dumps(value)}


def state(*resources: tuple[str, str, dict[str, Any]]) -> dict[str, Any]:
    """What `pulumi stack export --show-secrets` says of resources: type, name, and what there is of each."""
    made = [{"type": kind, "urn": f"urn:pulumi:test::switchyard::{kind}::{name}", **more} for kind, name, more in resources]
    return {"version": 3, "deployment": {"resources": made}}


PASSWORD, TEXT = "random:index/randomPassword:RandomPassword", "random:index/randomString:RandomString"
VERSION = "aws:secretsmanager/secretVersion:SecretVersion"


def test_the_values_are_those_that_were_made_up_for_the_stack() -> None:
    """Random ones, what entries hold, and what an entry that is an object calls a secret; nothing of what stands beside them."""
    entry = json.dumps({"username": "switchyard-services", "password": "0123456789abcdef", "port": 5432})
    found = generated(
        state(
            (PASSWORD, "api-token", {"outputs": {"result": marked("abcdefghijklmnop"), "length": 16}}),
            (TEXT, "suffix", {"outputs": {"result": "ponmlkjihgfedcba"}}),
            (VERSION, "database", {"inputs": {"secretString": marked(entry), "secretId": "arn"}}),
            ("aws:sns/topic:Topic", "page", {"inputs": {"name": "page-of-the-night"}}),
        )
    )
    assert found == {
        "api-token": "abcdefghijklmnop",
        "suffix": "ponmlkjihgfedcba",
        "database": entry,
        "database.password": "0123456789abcdef",
    }


def test_a_value_too_short_to_look_for_is_an_error() -> None:
    """It would be found everywhere, and guessed as well."""
    with pytest.raises(ValueError, match=r"shorter than 12 characters: pin$"):
        generated(state((PASSWORD, "pin", {"outputs": {"result": marked("1234")}})))


def test_a_state_that_is_not_decrypted_is_an_error() -> None:
    """There would be nothing to look for, and nothing found."""
    with pytest.raises(KeyError, match="plaintext"):
        generated(state((PASSWORD, "token", {"outputs": {"result": {MARK: "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "v1:x"}}})))
