"""The rules of how this code reads that a machine can check; each test is one rule."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("components", "ops", "policies", "sandbox")
SOURCES = sorted([*ROOT.glob("*.py"), *(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))])
TESTS = sorted((ROOT / "tests").rglob("*.py"))
COMPONENTS = sorted((ROOT / "components").glob("*.py"))
TEXTS = sorted(
    path
    for pattern in ("*", *(f"{folder}/**/*" for folder in (*PACKAGES, "tests", "docs", ".ci")))
    for path in ROOT.glob(pattern)
    if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".coverage")
)

MAIN = ROOT / "__main__.py"
LOCK = ROOT / "requirements.lock"
UNFINISHED = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK")) + r")\b")
SOMEBODY_S_FOLDER = re.compile(r"/(home|Users)/\w+/")
REGISTRY = re.compile(r"(pypi|pythonhosted|golang|npmjs|crates|rubygems)\.(org|io|com)/(simple|packages|@v|registry)|--(extra-)?index-url")
UNTYPED = {"tags", "dimensions"}
"""Inputs of a resource that are maps of the user's own keys."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


def _id(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


@cache
def _walk(path: Path) -> list[ast.AST]:
    return list(ast.walk(_tree(path)))


def _functions(path: Path) -> list[Function]:
    return [node for node in _walk(path) if isinstance(node, Function)]


def _classes(path: Path) -> list[ast.ClassDef]:
    return [node for node in _walk(path) if isinstance(node, ast.ClassDef)]


def _body(function: Function) -> list[ast.stmt]:
    return function.body[1:] if ast.get_docstring(function) is not None else function.body


def _length(function: Function) -> int:
    body = _body(function)
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def _components() -> Iterator[tuple[Path, ast.ClassDef]]:
    for path in COMPONENTS:
        yield from ((path, node) for node in _classes(path) if any("ComponentResource" in ast.unparse(base) for base in node.bases))


def _constructor(component: ast.ClassDef) -> ast.FunctionDef:
    return next(node for node in component.body if isinstance(node, ast.FunctionDef) and node.name == "__init__")


EVERY_COMPONENT = pytest.mark.parametrize("component", [pytest.param(node, id=node.name) for _, node in _components()])
EVERY_COMPONENT_FILE = pytest.mark.parametrize("path", COMPONENTS, ids=_id)
EVERY_SOURCE = pytest.mark.parametrize("path", SOURCES, ids=_id)
EVERY_TEST = pytest.mark.parametrize("path", TESTS, ids=_id)


@EVERY_SOURCE
def test_a_source_file_is_read_in_one_sitting(path: Path) -> None:
    """At most 200 lines."""
    assert len(path.read_text().splitlines()) <= 200


@EVERY_TEST
def test_a_test_file_is_read_in_one_sitting(path: Path) -> None:
    """At most 400 lines."""
    assert len(path.read_text().splitlines()) <= 400


@EVERY_SOURCE
def test_a_function_fits_on_the_screen(path: Path) -> None:
    """At most 30 lines beside its docstring."""
    assert {function.name: _length(function) for function in _functions(path) if _length(function) > 30} == {}


@EVERY_SOURCE
def test_a_constructor_is_a_table_of_contents(path: Path) -> None:
    """At most 25 lines."""
    assert [_length(function) for function in _functions(path) if function.name == "__init__" and _length(function) > 25] == []


@EVERY_SOURCE
def test_a_source_file_says_what_it_is_for(path: Path) -> None:
    """And so does everything public in it."""
    tree = _tree(path)
    assert ast.get_docstring(tree) or not tree.body
    owners: list[ast.Module | ast.ClassDef] = [tree, *(node for node in tree.body if isinstance(node, ast.ClassDef))]
    named = [node for owner in owners for node in owner.body if isinstance(node, Function | ast.ClassDef)]
    assert [node.name for node in named if not node.name.startswith("_") and not ast.get_docstring(node)] == []


@EVERY_COMPONENT
def test_a_component_s_type_is_its_module_and_class(component: ast.ClassDef) -> None:
    """`switchyard:<module>:<Class>`, and no inputs: recorded, they would make every flip an update of each component above."""
    first = _body(_constructor(component))[0]
    found = re.fullmatch(r"super\(\).__init__\('switchyard:[a-z_]+:(\w+)', name, None, opts\)", ast.unparse(first))
    assert found
    assert found[1] == component.name


@EVERY_COMPONENT
def test_register_outputs_comes_last(component: ast.ClassDef) -> None:
    """A component is finished when its constructor is."""
    assert ast.unparse(_constructor(component).body[-1]) == "self.register_outputs({})"


@EVERY_COMPONENT
def test_a_component_takes_name_args_and_opts(component: ast.ClassDef) -> None:
    """In this order, the options last and optional; what it gives away has a docstring."""
    assert [argument.arg for argument in _constructor(component).args.args] == ["self", "name", "args", "opts"]
    assert ast.get_docstring(component)
    assert _undocumented(component) == []


def _undocumented(owner: ast.ClassDef) -> list[str]:
    """The fields that have no text under them."""
    fields = [place for place, node in enumerate(owner.body) if isinstance(node, ast.AnnAssign)]
    said = [isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) for node in (*owner.body[1:], ast.Pass())]
    return [ast.unparse(owner.body[place]) for place in fields if not said[place]]


@EVERY_COMPONENT_FILE
def test_args_are_frozen_and_documented(path: Path) -> None:
    """A dataclass that is given by keyword, with a docstring under every field."""
    for owner in (node for node in _classes(path) if node.name.endswith("Args")):
        assert "dataclass(frozen=True, kw_only=True)" in [ast.unparse(decorator) for decorator in owner.decorator_list], owner.name
        assert _undocumented(owner) == [], owner.name


@EVERY_COMPONENT_FILE
def test_children_get_their_parent_and_nothing_of_the_caller_s_options(path: Path) -> None:
    """Merged in, they would re-parent the children and leak aliases and protection."""
    calls = [node for node in _walk(path) if isinstance(node, ast.Call)]
    options = [call for call in calls if ast.unparse(call.func).endswith("ResourceOptions")]
    assert [ast.unparse(call) for call in options if not ast.unparse(call).startswith("pulumi.ResourceOptions(parent=self")] == []
    assert [ast.unparse(call) for call in calls if "merge" in ast.unparse(call.func)] == []
    passed = [node for node in _walk(path) if isinstance(node, ast.Name) and node.id == "opts" and isinstance(node.ctx, ast.Load)]
    assert len(passed) == len([owner for of, owner in _components() if of == path])


@EVERY_COMPONENT_FILE
def test_no_resource_is_made_inside_apply(path: Path) -> None:
    """It would be missing from every preview of a new stack."""
    applied = [call for call in _walk(path) if isinstance(call, ast.Call) and ast.unparse(call.func).endswith(".apply")]
    inner = [node for call in applied for argument in call.args for node in ast.walk(argument) if isinstance(node, ast.Call)]
    assert [ast.unparse(call) for call in inner if re.match(r"(aws|random|pulumi)\.", ast.unparse(call.func))] == []


@EVERY_COMPONENT_FILE
def test_nested_inputs_are_typed(path: Path) -> None:
    """A misspelt key in a dict is found by AWS; in an Args class by mypy."""
    calls = [node for node in _walk(path) if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("aws.")]
    loose = [keyword for call in calls for keyword in call.keywords if isinstance(keyword.value, ast.Dict)]
    assert [str(keyword.arg) for keyword in loose if keyword.arg not in UNTYPED] == []


@EVERY_COMPONENT_FILE
def test_a_component_asks_nobody(path: Path) -> None:
    """No lookup, no AWS call, no clock, no file: same config, same graph."""
    imported = {ast.unparse(node) for node in _walk(path) if isinstance(node, ast.Import | ast.ImportFrom)}
    assert [line for line in imported if re.search(r"\b(boto3|botocore|requests|urllib|time|datetime|os|subprocess)\b", line)] == []
    called = [ast.unparse(node.func) for node in _walk(path) if isinstance(node, ast.Call)]
    assert [name for name in called if re.search(r"^aws\.(\w+\.)*get_|^pulumi\.(runtime\.)?invoke|^open$", name)] == []


def test_the_program_is_the_architecture() -> None:
    """At most 120 lines, no decision, no loop, no resource of its own but providers."""
    assert len(MAIN.read_text().splitlines()) <= 120
    branches = ast.If | ast.IfExp | ast.For | ast.While | ast.comprehension | ast.FunctionDef
    assert [ast.unparse(node) for node in _walk(MAIN) if isinstance(node, branches)] == []
    calls = [ast.unparse(node.func) for node in _walk(MAIN) if isinstance(node, ast.Call)]
    assert {call for call in calls if call.startswith(("aws.", "random."))} == {
        "aws.Provider",
        "aws.ProviderDefaultTagsArgs",
        "random.Provider",
    }


def test_every_component_has_its_tests() -> None:
    """In the file that mirrors its own; `platform`, `signals` and `watched` are wiring without behavior."""
    files = {path.stem for path in COMPONENTS} - {"__init__", "platform", "signals", "watched"}
    tested = {path.stem.removeprefix("test_") for path in (ROOT / "tests" / "components").glob("test_*.py")}
    assert files == tested


@EVERY_TEST
def test_every_test_says_what_holds_and_checks_it(path: Path) -> None:
    """A sentence for a name, a docstring, and an assert or an expected error."""
    for test in (function for function in _functions(path) if function.name.startswith("test_")):
        assert len(test.name.split("_")) > 2, f"{test.name} is no sentence"
        assert ast.get_docstring(test), f"{test.name} has no docstring"
        assert _checks(test), f"{test.name} cannot fail"


def _checks(test: Function) -> bool:
    """Whether the test asserts something, itself or by a helper that is called so, or runs a program that has to succeed."""
    calls = [ast.unparse(node) for node in ast.walk(test) if isinstance(node, ast.Call)]
    asserts = any(isinstance(node, ast.Assert) for node in ast.walk(test))
    return asserts or any(re.search(r"^[\w.]*(\braises|assert_\w+)\(|check=True", call) for call in calls)


def test_nothing_is_left_unfinished() -> None:
    """No note to do it later, in no file."""
    found = {f"{_id(path)}: {line}" for path in TEXTS for line in _lines(path) if path != LOCK and UNFINISHED.search(line)}
    assert found == set()


def test_nothing_depends_on_one_machine() -> None:
    """No path of somebody's computer, and no address of a registry: pip, go and npm know theirs."""
    here = str(ROOT) if len(ROOT.parts) > 2 else "\0"
    found = {
        f"{_id(path)}: {line}"
        for path in TEXTS
        for line in _lines(path)
        if here in line or SOMEBODY_S_FOLDER.search(line) or (path != Path(__file__) and REGISTRY.search(line))
    }
    assert found == set()


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text().splitlines()
    except UnicodeDecodeError:
        return []


def test_the_lock_pins_everything_with_hashes() -> None:
    """And names no index."""
    lines = [line for line in LOCK.read_text().splitlines() if line and not line.startswith((" ", "#"))]
    assert [line for line in lines if not re.fullmatch(r"[A-Za-z0-9._-]+(\[[a-z,]+\])?==\S+( ; .*)? \\", line)] == []
    assert len(re.findall(r"--hash=sha256:[0-9a-f]{64}", LOCK.read_text())) >= len(lines)


@pytest.mark.parametrize("path", sorted((ROOT / "docs" / "adr").glob("*.md")), ids=_id)
def test_an_adr_s_title_is_its_decision(path: Path) -> None:
    """One decision a file, numbered, and the file is named after it."""
    title = re.match(r"# (\d{4}): ([A-Z].*[^.])\n", path.read_text())
    assert title
    words = set(re.findall(r"[a-z]+", title[2].lower()))
    assert path.stem.startswith(f"{title[1]}-")
    assert len(words & set(path.stem.split("-"))) > 2
