import fnmatch
import json
import re
import tomllib
from pathlib import Path

import pytest

import components.edge
from components.edge import (
    CACHING_KEY,
    CODE_LIMIT_BYTES,
    MAINTENANCE_KEY,
    RUNTIME,
    TRAFFIC_KEY,
    VALUE_LIMIT_BYTES,
    answers_function,
    caching_value,
    maintenance_value,
    service_function,
    site_function,
    traffic_value,
)

from .runtime import Edge, answered, store

CODES = {"site": site_function(), "service": service_function(), "answers": answers_function()}
FUNCTIONS = pytest.mark.parametrize("code", CODES.values(), ids=CODES)
FOLDER = Path(components.edge.__file__).parent
FORBIDDEN = {
    "optional chaining": r"\?\.",
    "nullish coalescing": r"\?\?",
    "spread and rest": r"\.\.\.",
    "destructuring": r"\b(const|let|var)\s*[\[{]",
    "for of": r"\bfor\b.*\bof\b",
    "async closures": r"(?m)(?<!^)\basync\b",
    "a catch without a name": r"\bcatch\s*\{",
    "default values of parameters": r"\bfunction\s*\w*\([^)]*=",
    "shorthand properties": r"(?<![$\w])\{\s*[A-Za-z_]\w*\s*[,}]",
    "numbers beyond doubles": r"\b\d+n\b|\bBigInt\b",
    "assignment by logic": r"(\|\||&&)=",
    "commas after the last argument": r",\s*\)",
    "words": r"\b(class|export|yield|require|eval|Function|Promise|Proxy|Reflect|Symbol|Map|Set|Date|Buffer|process|globalThis|console)\b",
    "timers and network": r"\b(setTimeout|setInterval|setImmediate|fetch|XMLHttpRequest|WebSocket)\b",
}
METHODS = {
    *("charCodeAt", "replace", "split", "concat", "forEach", "pop", "push", "test", "max"),  # ES 5.1
    *("includes", "startsWith"),  # ES 6, in the runtime's documentation
    *("kvs", "get"),  # the module `cloudfront`
}
CALLED = {"String", "Number", "parseInt", "decodeURIComponent"}


@FUNCTIONS
def test_a_function_has_room_to_grow(code: str) -> None:
    """Half of what CloudFront takes."""
    assert CODE_LIMIT_BYTES == 10240
    assert len(code.encode()) <= CODE_LIMIT_BYTES / 2


@FUNCTIONS
@pytest.mark.parametrize("feature", FORBIDDEN)
def test_a_function_uses_nothing_that_the_runtime_may_lack(code: str, feature: str) -> None:
    """CloudFront publishes such a function and fails at its first request."""
    assert re.findall(FORBIDDEN[feature], code) == []


def test_what_is_forbidden_would_be_found() -> None:
    """One line of each."""
    lines = {
        "optional chaining": "a?.b",
        "nullish coalescing": "a ?? b",
        "spread and rest": "f(...a)",
        "destructuring": "const { a } = b",
        "for of": "for (const a of b) {",
        "async closures": "const f = async () => 1;",
        "a catch without a name": "} catch {",
        "default values of parameters": "function f(a = 1) {",
        "shorthand properties": "return { a, b: 1 };",
        "numbers beyond doubles": "10n",
        "assignment by logic": "a ||= b",
        "commas after the last argument": "f(a,\n)",
        "words": "new Map()",
        "timers and network": "setTimeout(f, 1)",
    }
    assert lines.keys() == FORBIDDEN.keys()
    assert [feature for feature, line in lines.items() if not re.search(FORBIDDEN[feature], line)] == []


@FUNCTIONS
def test_a_function_calls_what_is_documented(code: str) -> None:
    """Methods and globals by a list of those allowed; the rest are the function's own."""
    own = set(re.findall(r"^(?:async )?function (\w+)\(", code, re.MULTILINE))
    words = {"if", "for", "while", "catch"}
    script = re.sub(r"<style>.*</style>", "", code)
    assert ("<style>" in code) is ("function page(" in code)
    assert "<style>" not in script
    assert set(re.findall(r"\.(\w+)\(", script)) <= METHODS
    assert set(re.findall(r"(?<![.\w])(\w+)\(", script)) - words <= own | CALLED


@FUNCTIONS
def test_a_function_begins_with_the_store_and_has_one_handler(code: str) -> None:
    """As CloudFront asks; nothing is declared twice, and comments stay behind."""
    assert code.startswith("import cf from 'cloudfront';\nconst store = cf.kvs();\n")
    assert code.count("import ") == 1
    names = re.findall(r"^(?:(?:async )?function|const) (\w+)", code, re.MULTILINE)
    assert names.count("handler") == 1
    assert len(names) == len(set(names))
    assert not re.search(r"^(let|var) ", code, re.MULTILINE), "a request would see what another one left"
    assert not re.search(r"^\s*(//.*)?$", code.removesuffix("\n"), re.MULTILINE)


def test_every_file_is_in_a_function() -> None:
    """And every line that is no comment, as it was written."""
    composed = "".join(CODES.values())
    for path in FOLDER.glob("*.js"):
        lines = [line for line in path.read_text().splitlines() if line.strip() and not line.lstrip().startswith("//")]
        assert "\n".join(lines) in composed, path.name


def test_the_service_function_has_nothing_of_the_site() -> None:
    """What it does not need cannot break it."""
    assert TRAFFIC_KEY not in service_function()
    assert site_function() != service_function()


def test_the_answers_function_has_nothing_but_its_own_key() -> None:
    """Neither gate nor releases: it runs after both."""
    keys = {key for key in (TRAFFIC_KEY, MAINTENANCE_KEY, CACHING_KEY) if f"read('{key}')" in answers_function()}
    assert keys == {CACHING_KEY}
    assert "allowed_networks" not in answers_function()


def test_the_functions_read_the_keys_that_are_written(edge: Edge) -> None:
    """The names stand in both languages."""
    assert edge.one(site_function(), store()).reads == [MAINTENANCE_KEY, TRAFFIC_KEY]
    assert edge.ask(answers_function(), [(store(), answered())])[0].reads == [CACHING_KEY]
    assert RUNTIME == "cloudfront-js-2.0"


def test_the_files_are_part_of_the_package() -> None:
    """An installation without them could not compose a function."""
    project = tomllib.loads((FOLDER.parent.parent / "pyproject.toml").read_text())
    patterns = project["tool"]["setuptools"]["package-data"]["components"]
    files = [str(path.relative_to(FOLDER.parent)) for path in FOLDER.iterdir() if path.is_file() and path.suffix != ".py"]
    assert files
    assert [name for name in files if not any(fnmatch.fnmatch(name, pattern) for pattern in patterns)] == []


def test_the_values_are_compact_json() -> None:
    """In one order, so that the same settings are the same text."""
    assert traffic_value("r1", "r2", 5, single_page=True, previous="r0") == (
        '{"live":"r1","canary":"r2","percent":5,"single_page":true,"previous":"r0"}'
    )
    assert traffic_value("r1", "", 0, single_page=False) == '{"live":"r1","canary":"","percent":0,"single_page":false,"previous":""}'
    assert maintenance_value(True, ["203.0.113.7", "2001:DB8:0::/32"]) == (  # noqa: FBT003  as the settings say it
        '{"on":true,"allowed_networks":["203.0.113.7/32","2001:db8::/32"]}'
    )
    assert [caching_value(on) for on in (True, False)] == ['{"on":true}', '{"on":false}']


@pytest.mark.parametrize("role", ["live", "canary", "previous"])
@pytest.mark.parametrize("release", ["../r1", "r1/x", ".", "..", "-r", "r 1", "r1\n", "r" * 65, 'r"', "é"])
def test_a_release_is_one_folder(role: str, release: str) -> None:
    """Its id becomes part of a path, so it has no character that means something there."""
    releases = {"live": "r1", "canary": "r2", "previous": "r0", role: release}
    with pytest.raises(ValueError, match=rf"edge: {role} is .*; a release's id must match"):
        traffic_value(percent=5, single_page=False, **releases)


def test_some_release_is_live() -> None:
    """And a percent needs a canary to send it to."""
    with pytest.raises(ValueError, match="edge: live is ''"):
        traffic_value("", "r2", 5, single_page=False)
    with pytest.raises(ValueError, match="edge: percent is 5, but there is no canary"):
        traffic_value("r1", "", 5, single_page=False)


@pytest.mark.parametrize("percent", [-1, 101])
def test_a_percent_is_one(percent: int) -> None:
    """0 to 100."""
    with pytest.raises(ValueError, match=rf"edge: percent is {percent}; allowed are 0 to 100"):
        traffic_value("r1", "r2", percent, single_page=False)


@pytest.mark.parametrize("network", ["203.0.113.1/24", "here", "203.0.113.0/33", "", "::ffff:203.0.113.0/120"])
def test_a_network_is_one(network: str) -> None:
    """Said when the key is written, not by a gate that admits nobody."""
    with pytest.raises(ValueError, match=r"^edge: .*; write it as 203\.0\.113\.0/24"):
        maintenance_value(True, [network])  # noqa: FBT003  as the settings say it


def test_a_value_fits_into_its_key() -> None:
    """44 networks do, 64 do not, and the error says how much there is."""
    networks = [f"203.0.113.{last}" for last in range(100, 164)]
    assert len(maintenance_value(True, networks[:44])) <= VALUE_LIMIT_BYTES  # noqa: FBT003  as the settings say it
    with pytest.raises(ValueError, match=r"'maintenance' would have \d+ bytes; CloudFront takes 1024"):
        maintenance_value(True, networks)  # noqa: FBT003  as the settings say it
    longest = traffic_value("r" * 64, "s" * 64, 100, single_page=False, previous="t" * 64)
    assert len(json.loads(longest)) == 5
