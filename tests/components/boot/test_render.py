import base64
import re
import shlex
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components import boot as templates
from components.boot import KEEPALIVE_SECONDS, STOP_SECONDS, TLS_PORT, USER_DATA_LIMIT_BYTES, Boot, encode, render, versions

OTHER: dict[str, Any] = {
    "service": "web",
    "color": "green",
    "stack": "prod",
    "region": "eu-central-1",
    "image": "210987654321.dkr.ecr.us-east-1.amazonaws.com/web@sha256:" + "f" * 64,
    "port": 9090,
    "parameters_path": "/switchyard/prod/web",
    "log_group": "/switchyard/prod/web",
}
LONGEST: dict[str, Any] = {
    "service": "s" * 32,
    "color": "green",
    "stack": "s" * 100,
    "region": "ap-southeast-2",
    "image": "210987654321.dkr.ecr.ap-southeast-2.amazonaws.com/" + "r" * 256 + "@sha256:" + "f" * 64,
    "port": 65535,
    "parameters_path": "/" + "p" * 159,
    "log_group": "l" * 160,
}


def test_the_same_boot_renders_the_same_script(boot: Boot, script: str) -> None:
    """Rendering is a function of its input, also with templates read afresh."""
    templates._templates.cache_clear()
    assert render(replace(boot)) == script


@pytest.mark.parametrize("field", [field.name for field in fields(Boot) if field.name != "version"])
def test_every_field_reaches_the_script(boot: Boot, script: str, field: str) -> None:
    """A pin that changed nothing would be a pin that does not hold."""
    changed = render(replace(boot, **{field: OTHER[field]}))
    assert changed != script
    assert str(OTHER[field]) in changed


def test_every_file_of_the_version_is_in_the_script_as_it_is(folder: Path, script: str) -> None:
    """No file is left out, and none holds text that the template engine would take for its own."""
    static = [path for path in (folder / "1").iterdir() if path.suffix != ".j2"]
    assert len(static) == 14
    for path in static:
        assert f"<<'END'\n{path.read_text()}END\n" in script, path.name
        assert "END" not in path.read_text().splitlines(), path.name


def test_the_script_fits_into_user_data_with_the_longest_values(boot: Boot, script: str) -> None:
    """EC2 takes 16384 bytes before base64; the longest names that `Boot` admits still fit."""
    assert len(script.encode()) < 15800
    assert len(render(replace(boot, **LONGEST)).encode()) <= USER_DATA_LIMIT_BYTES


def test_user_data_is_plain_base64(script: str) -> None:
    """What EC2 hands to cloud-init is the script itself, so it is the same wherever it was rendered."""
    assert base64.b64decode(encode(script)).decode() == script


def test_a_version_that_does_not_exist_is_an_error_that_names_those_that_do(boot: Boot) -> None:
    """The operator learns what to pin instead."""
    with pytest.raises(ValueError, match=r"version 99 .* pin 1"):
        render(replace(boot, version=99))


def test_versions_are_the_folders() -> None:
    """A version is released by making its folder."""
    assert versions() == (1,)


@pytest.mark.parametrize("version", versions())
def test_every_version_keeps_to_the_port_and_the_times(boot: Boot, version: int) -> None:
    """The load balancer and the drain time know one port and these times; templates are frozen, so each version says both itself."""
    script = render(replace(boot, version=version))
    assert f"listen {TLS_PORT} ssl " in script
    assert f"TimeoutStopSec={STOP_SECONDS}\n" in script
    assert f"keepalive_timeout {KEEPALIVE_SECONDS}s;" in script
    assert f"proxy_read_timeout {KEEPALIVE_SECONDS}s;" in script
    stop = re.search(r"--stop-timeout=(\d+)", script)
    assert stop is not None
    assert int(stop[1]) < STOP_SECONDS < 30


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("service", "Api"),
        ("color", "purple"),
        ("stack", "a b"),
        ("region", "Ireland"),
        ("image", "api:latest"),
        ("image", "123456789012.dkr.ecr.eu-west-1.amazonaws.com/api@sha256:abc"),
        ("parameters_path", "switchyard"),
        ("log_group", "a\nEND\nreboot"),
        ("port", 80),
        ("port", 65536),
        ("port", TLS_PORT),
    ],
)
def test_a_value_out_of_range_is_refused(boot: Boot, field: str, value: Any) -> None:
    """The message names the field, the value and what is allowed."""
    with pytest.raises(ValueError, match=f"boot: {field} is") as raised:
        replace(boot, **{field: value})
    assert str(value) in str(raised.value) or repr(value) in str(raised.value)


@given(
    field=st.sampled_from(sorted(OTHER.keys() - {"port", "color"})),
    position=st.integers(0, 100),
    mischief=st.sampled_from(["\n", "'", '"', "$", "`", ";", " ", "\\", "{{", "%", "#", "\nEND\n", "\x00", "&", "|", "(", "<", "é"]),
)
def test_no_value_can_leave_its_place(boot: Boot, field: str, position: int, mischief: str) -> None:
    """Whatever shell, systemd, nginx, JSON or the template engine gives a meaning to is refused, anywhere in any field."""
    good = str(OTHER[field])
    bad: dict[str, Any] = {field: good[:position] + mischief + good[position:]}
    with pytest.raises(ValueError, match="it must match"):
        replace(boot, **bad)


@given(value=st.from_regex(r"\A[A-Za-z0-9_./-]{1,160}\Z"))
def test_an_admitted_value_needs_no_quotes(boot: Boot, value: str) -> None:
    """What is admitted stands in the script as it is, so that it means the same to every program."""
    script = render(replace(boot, log_group=value))
    assert shlex.quote(value) == value
    assert f"\nSWITCHYARD_LOG_GROUP={value}\nEND\n" in script
