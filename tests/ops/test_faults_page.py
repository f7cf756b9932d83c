"""The page of faults and the cases say the same; the cases themselves are run by tests/engine/test_faults.py."""

import json
from pathlib import Path

from ops.acts.fault_cases import CASES
from ops.faults_page import BESIDE, BROKEN, FAULTS, page, results
from sandbox.faults import Kind
from tests.rendering import ROOT

PAGE = ROOT / "docs" / "reference" / "faults.md"


def test_the_page_lists_the_cases_and_all_of_them_held() -> None:
    """Its first lines say how it is made anew."""
    assert PAGE.read_text(encoding="utf-8") == page(dict.fromkeys(map(str, CASES), True))


def test_every_case_is_another_one() -> None:
    """Two of a name would have one result."""
    assert len(set(map(str, CASES))) == len(CASES)


def test_every_kind_of_fault_is_explained_and_tried() -> None:
    """In the page, and by a case."""
    assert FAULTS.keys() == {case.fault.kind for case in CASES} == set(Kind)


def test_the_tests_that_it_names_are_there() -> None:
    """By path."""
    named = [word for word in BESIDE.split("`") if word.startswith("tests/")]
    assert named
    assert all((ROOT / path).exists() for path in named)


def test_what_did_not_hold_is_told(tmp_path: Path) -> None:
    """From the rehearsal's own report."""
    report = tmp_path / "report.json"
    scenes = [{"title": "up again", "kept": True}, {"title": str(CASES[0]), "kept": True}, {"title": str(CASES[1]), "kept": False}]
    report.write_text(json.dumps({"scenes": scenes}), encoding="utf-8")
    told = page(results(report)).splitlines()
    assert len([line for line in told if line.endswith(f"| {BROKEN} |")]) == len(CASES) - 1
