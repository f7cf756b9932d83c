"""Every row of the table lives one life: checked, created, refreshed, imported, changed, replaced and deleted, on moto."""

import ast
from dataclasses import replace
from pathlib import Path

import pytest

from sandbox.provider import rows, schema
from sandbox.provider.diff import drifted, same
from sandbox.provider.row import Row
from sandbox.provider.wire import UNKNOWN
from tests.sandbox.provider import specs
from tests.sandbox.provider.driver import REGION, Made, Properties, bare
from tests.sandbox.provider.world import Spec, World

ROWS = {row.type: row for package in ("aws", "random") for row in rows.of(package).values()}

SPECS = specs.load()

MOST_LINES = 12
"""What a row may cost on average, in lines."""

SPECIFIED = pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS)

CHANGING = pytest.mark.parametrize("spec", [pytest.param(spec, id=name) for name, spec in SPECS.items() if spec.change])

REPLACED = pytest.mark.parametrize("spec", [pytest.param(spec, id=name) for name, spec in SPECS.items() if spec.replace])


def refreshed(world: World, made: Made) -> Made:
    """Return a resource as a refresh records it."""
    id_, outputs, inputs = world.driver(made.type).read(made)
    return Made(made.type, made.name, id_, inputs, outputs)


def differing(asked: Properties, there: Properties) -> Properties:
    """Return the properties that are not there as they were asked for."""
    return {name: there.get(name) for name, value in asked.items() if not same(value, drifted(value, there.get(name)))}


def changes(world: World, made: Made, inputs: Properties) -> set[str]:
    """Return the properties that differ from a resource."""
    return set(world.driver(made.type).diff(made, inputs).diffs)


def test_each_row_has_a_spec_and_each_spec_a_row() -> None:
    """A row without a spec was never tried."""
    assert SPECS.keys() == ROWS.keys()


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_a_row_speaks_of_properties_that_its_type_has(row: Row) -> None:
    """A misspelt property in a row would never take effect."""
    types = schema.load(row.type)
    assert types.token == schema.token(row.type)
    named = {*row.replaces, *row.kept, *row.defaults, *row.limits, *(name for group in row.conflicts for name in group)}
    assert {path.split(".")[0] for path in named} <= types.inputs.keys()
    assert {*row.computed, *row.lost, *row.fresh, *row.secrets} <= types.outputs.keys()


@SPECIFIED
def test_a_resource_is_created_as_asked_and_stays_so(spec: Spec, world: World) -> None:
    """What was asked for is there, complete, and neither a refresh nor the same program finds anything to do."""
    made = world.make(spec.type, **spec.inputs(world))
    outputs = bare(made.outputs)
    assert made.id
    assert differing(bare(made.inputs), outputs) == {}
    assert ROWS[spec.type].computed.keys() <= outputs.keys()
    assert changes(world, made, made.inputs) == set()
    assert changes(world, refreshed(world, made), made.inputs) == set()


@SPECIFIED
def test_a_resource_is_imported_by_its_id(spec: Spec, world: World) -> None:
    """The id alone, or what the official provider takes for it, tells all that the program says; what only the state has is refused."""
    made = world.make(spec.type, **spec.inputs(world))
    if ROWS[spec.type].recorded:
        with pytest.raises(Exception, match="cannot be imported"):
            world.driver(spec.type).fetch(spec.type, made.id)
        return
    for form in {made.id, ROWS[spec.type].imports.format_map({"id": made.id, **bare(made.outputs)}) or made.id}:
        elsewhere = made.inputs.get("region", REGION) != REGION
        id_, outputs, inputs = world.driver(spec.type).fetch(spec.type, f"{form}@{made.inputs['region']}" if elsewhere else form)
        assert id_ == made.id
        assert changes(world, replace(made, inputs=inputs, outputs=outputs), made.inputs) <= set(spec.not_imported)


@CHANGING
def test_a_change_is_made_in_place_where_aws_can(spec: Spec, world: World) -> None:
    """The change is announced as one in place, arrives, and leaves nothing to do."""
    driver, inputs = world.driver(spec.type), spec.inputs(world)
    made = driver.make(spec.type, name := world.name(), **inputs)
    checked, failures = driver.check(spec.type, name, {**inputs, **spec.change}, made.inputs)
    assert failures == {}
    found = driver.diff(made, checked)
    assert list(found.replaces) == []
    assert set(found.diffs) - {"tagsAll"} == spec.change.keys()
    updated = driver.update(made, checked)
    assert differing(bare(checked), bare(updated.outputs)) == {}
    assert changes(world, refreshed(world, updated), checked) == set()


@REPLACED
def test_a_change_that_aws_cannot_make_replaces(spec: Spec, world: World) -> None:
    """The diff names each property that forces a new resource."""
    driver, inputs = world.driver(spec.type), spec.inputs(world)
    made = driver.make(spec.type, name := world.name(), **inputs)
    checked, _ = driver.check(spec.type, name, {**inputs, **spec.replace}, made.inputs)
    assert set(driver.diff(made, checked).replaces) == spec.replace.keys()


@SPECIFIED
def test_a_deleted_resource_is_gone(spec: Spec, world: World) -> None:
    """A refresh finds it gone, and deleting it again is no error."""
    made = world.make(spec.type, **spec.inputs(world))
    driver = world.driver(spec.type)
    driver.delete(made)
    driver.delete(made)
    if not ROWS[spec.type].recorded and not spec.remains:
        assert driver.read(made)[0] == ""


@SPECIFIED
def test_a_preview_copes_with_unknown_inputs(spec: Spec, world: World) -> None:
    """Nothing is refused for being unknown, and nothing is sent to AWS for it."""
    driver, inputs = world.driver(spec.type), spec.inputs(world)
    checked, failures = driver.check(spec.type, world.name(), dict.fromkeys(inputs, UNKNOWN))
    assert failures == {}
    outputs = bare(driver.preview(spec.type, "preview", checked))
    assert {name: outputs[name] for name in inputs} == dict.fromkeys(inputs, UNKNOWN)
    assert {outputs[name] for name in ROWS[spec.type].computed if name not in checked} <= {UNKNOWN}


def _row_lines() -> list[int]:
    """Return the lines that each `Row(...)` of the table takes."""
    files = Path(rows.__file__).parent.glob("*.py")
    calls = (node for file in files for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Call))
    return [(call.end_lineno or 0) - call.lineno + 1 for call in calls if isinstance(call.func, ast.Name) and call.func.id == "Row"]


def test_a_row_costs_about_ten_lines(capsys: pytest.CaptureFixture[str]) -> None:
    """The table stays a table: rows that need more say that the generic code needs something."""
    lines = _row_lines()
    average = sum(lines) / len(ROWS)
    told = [f"{package}: {rows.counts(package)}" for package in ("aws", "random")]
    with capsys.disabled():
        print(f"\n{len(ROWS)} rows of {average:.1f} lines on average; {'; '.join(told)}")  # noqa: T201 - to be seen in every run
    assert average <= MOST_LINES
