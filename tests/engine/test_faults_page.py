"""The page of faults and the cases say the same; the cases themselves are run by tests/engine/test_faults.py."""

import ast
from pathlib import Path

from sandbox.faults import Kind
from tests.engine.fault_cases import CASES
from tests.engine.faults_page import BESIDE, BROKEN, FAULTS, TESTS, page, results
from tests.rendering import ROOT

PAGE = ROOT / "docs" / "reference" / "faults.md"


def test_the_page_lists_the_cases_and_all_of_them_held() -> None:
    """`python -m tests.engine.faults_page > docs/reference/faults.md` makes it anew."""
    assert PAGE.read_text(encoding="utf-8") == page(dict.fromkeys((*map(str, CASES), *BESIDE), True)) + "\n"


def test_every_case_is_another_one() -> None:
    """Two of a name would have one result."""
    assert len(set(map(str, CASES))) == len(CASES)


def test_every_kind_of_fault_is_explained_and_tried() -> None:
    """In the page, and by a case."""
    assert FAULTS.keys() == {case.fault.kind for case in CASES} == set(Kind)


def test_every_test_is_on_the_page() -> None:
    """By its cases or by a line of its own."""
    tests = {node.name: node for node in ast.parse(TESTS.read_text(encoding="utf-8")).body if isinstance(node, ast.FunctionDef)}
    alone = {name for name, node in tests.items() if name.startswith("test_") and not node.decorator_list}
    assert alone == BESIDE.keys()


def test_what_did_not_hold_is_told(tmp_path: Path) -> None:
    """From pytest's own report."""
    case = str(CASES[0])
    report = tmp_path / "report.xml"
    report.write_text(f'<t><testcase name="test_a[{case}]"/><testcase name="test_b"><failure/></testcase></t>', encoding="utf-8")
    assert results(report) == {case: True, "test_b": False}
    told = page(results(report)).splitlines()
    assert len([line for line in told if line.endswith(f"| {BROKEN} |")]) == len(CASES) - 1 + len(BESIDE)
