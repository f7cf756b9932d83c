"""`python -m tests.engine.faults_page > docs/reference/faults.md`: runs every case, and makes the page of what came of it (minutes)."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.etree import ElementTree as ET

from sandbox.faults import AFTER, Kind
from tests.engine.fault_cases import AT_THE_END, FROM_NOTHING, ON_THE_STACK, Case
from tests.rendering import ROOT

TESTS = ROOT / "tests" / "engine" / "test_faults.py"

HEAD = """# Dying half-way

<!-- Made by `python -m tests.engine.faults_page > docs/reference/faults.md`; a test holds its rows to the cases. -->

What happens when something dies in the middle of a command, tried with the real engine in the sandbox. A fault strikes at a call by which
the command changes something in AWS. After each one the same command is called again; then AWS and the engine's state are compared thing
by thing, so that nothing is doubled or lost, no operation is left half-done, no lock is left, and AWS's weights are those of config.
`tests/engine/test_faults.py` does it. It was done in an emulated AWS: see [0008](../adr/0008-what-was-half-done-is-looked-for-in-aws.md).
"""

FAULTS: Mapping[Kind, str] = {
    Kind.ENGINE_KILLED: "The engine ends by signal 9, its plugin a second later.",
    Kind.MACHINE_DOWN: "The engine and its plugin end at once.",
    Kind.EMULATOR_KILLED: "The sandbox's AWS ends, and forgets everything. The next command notices, and builds anew.",
    Kind.INTERRUPTED: "Once, the engine ends what is under way. Twice, it drops it.",
    Kind.DISK_FULL: "The kernel refuses what the engine writes. That cuts the state file short, and the sandbox starts anew.",
    Kind.NO_NETWORK: "No call finds a way to AWS.",
    Kind.TIMEOUT: "A request is lost, and no answer comes. AWS's clients ask again, five times in all.",
    Kind.THROTTLED: "AWS refuses for now. AWS's clients ask again, as above.",
    Kind.DENIED: "AWS refuses.",
    Kind.CONFLICT: "AWS refuses while something else is going on.",
}

PARTS = (
    ("From nothing", "Each `up` goes on where the one before died; the last one reaches the end, and then it is counted.", FROM_NOTHING),
    ("On a stack that is up", "After each the same command is called again, and it is counted.", ON_THE_STACK),
    ("At the end", "The same command again leaves nothing.", AT_THE_END),
)

BESIDE = {
    "test_a_rollback_is_not_kept_by_what_is_half_done_elsewhere": "`rollback` with a half-done creation elsewhere in the stack",
    "test_everything_is_found_again_when_nothing_was_noted": "`up` when every creation was begun and no end was noted, and one was doubled",
}
"""Tests without a row of their own in the cases."""

KEPT, BROKEN = "kept", "**broken**"


def page(kept: Mapping[str, bool]) -> str:
    """Return the page; `kept` tells for each case and test whether it held."""
    return "\n".join(
        [HEAD, *_faults(), *(line for title, text, cases in PARTS for line in _part(title, text, cases, kept)), *_beside(kept)]
    )


def _faults() -> Iterator[str]:
    yield from ("| fault | strikes | what it is |", "| --- | --- | --- |")
    for kind, text in FAULTS.items():
        yield f"| {kind} | {'when AWS has done it' if kind in AFTER else 'before AWS is asked'} | {text} |"
    yield ""


def _part(title: str, text: str, cases: tuple[Case, ...], kept: Mapping[str, bool]) -> Iterator[str]:
    yield from (f"## {title}", "", text, "", "| command | fault | it says | afterwards |", "| --- | --- | --- | --- |")
    for case in cases:
        command, _, fault = str(case).partition(": ")
        yield f"| `{command}` | {fault} | {case.says.strip(': ')} | {KEPT if kept.get(str(case)) else BROKEN} |"
    yield ""


def _beside(kept: Mapping[str, bool]) -> Iterator[str]:
    yield from ("## Beside these", "", "| what | afterwards |", "| --- | --- |")
    for test, text in BESIDE.items():
        yield f"| {text} | {KEPT if kept.get(test) else BROKEN} |"
    yield ""
    yield "Locks of other updates, two commands at once, and another account's credentials are in `tests/engine/test_sandbox.py`."


def results(report: Path) -> dict[str, bool]:
    """Return what a run of the tests came to, by case or test."""
    found = {}
    for test in ET.parse(report).iter("testcase"):  # noqa: S314 -- pytest's own report
        name, _, case = test.attrib["name"].partition("[")
        found[case.removesuffix("]") or name] = not any(child.tag in {"failure", "error", "skipped"} for child in test)
    return found


def main() -> None:
    """Run the tests and print the page; the tests' own output goes to standard error."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        subprocess.run([sys.executable, "-m", "pytest", "-v", TESTS, f"--junitxml={report}"], cwd=ROOT, stdout=sys.stderr, check=False)
        print(page(results(report)))  # noqa: T201 -- the page


if __name__ == "__main__":
    main()
