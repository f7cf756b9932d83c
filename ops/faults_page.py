"""The page of what comes of each fault, by the report of a rehearsal: `python -m ops.faults_page REPORT > docs/reference/faults.md`."""

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from ops.acts.fault_cases import AT_THE_END, FROM_NOTHING, ON_THE_STACK, Case
from sandbox.faults import AFTER, Kind

HEAD = """# Dying half-way

<!-- Made by `switchyard rehearse -s staging --faults` and `python -m ops.faults_page REPORT > docs/reference/faults.md`. -->

What happens when something dies in the middle of a command, tried with the real engine in the sandbox. A fault strikes at a call to AWS,
counted among those that change something, or by name. Afterwards AWS and the engine's state are compared thing by thing, so that nothing is
doubled or lost, no operation is left half-done, no lock is left, and `switchyard verify` passes: weights and instances are those of config.
`switchyard rehearse --faults` does it, and `tests/engine/test_faults.py` does the same. It was done in an emulated AWS: see
[0008](../adr/0008-what-was-half-done-is-looked-for-in-aws.md).
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
    (
        "From nothing",
        "Each `up` goes on where the one before died. The last one reaches its end, and then all is compared.",
        FROM_NOTHING,
    ),
    ("On a stack that is up", "The same command is called again where it has not reached its end; then it is compared.", ON_THE_STACK),
    ("At the end", "The same once more leaves nothing.", AT_THE_END),
)

BESIDE = """## Beside these

The way back with a burden elsewhere in the stack (a half-done creation, a policy violation, a color that is half-refreshed, all at once) is
in `tests/engine/test_rollback.py`. Locks of other updates, two commands at once, and another account's credentials are in
`tests/engine/test_sandbox.py`.
"""

KEPT, BROKEN = "kept", "**broken**"


def page(kept: Mapping[str, bool]) -> str:
    """Return the page; `kept` tells for each case, by its title, whether its promise was kept."""
    return "\n".join([HEAD, *_faults(), *(line for title, text, cases in PARTS for line in _part(title, text, cases, kept)), BESIDE])


def _faults() -> Iterator[str]:
    yield from ("| fault | strikes | what it is |", "| --- | --- | --- |")
    for kind, text in FAULTS.items():
        yield f"| {kind} | {'when AWS has done it' if kind in AFTER else 'before AWS is asked'} | {text} |"
    yield ""


def _part(title: str, text: str, cases: tuple[Case, ...], kept: Mapping[str, bool]) -> Iterator[str]:
    yield from (f"## {title}", "", text, "", "| command | fault | it says | |", "| --- | --- | --- | --- |")
    for case in cases:
        yield f"| `{case.command}` | {case.fault} | {case.says.strip(': ')} | {KEPT if kept.get(str(case)) else BROKEN} |"
    yield ""


def results(report: Path) -> dict[str, bool]:
    """Return what a rehearsal's report says of each act, by its title."""
    return {scene["title"]: scene["kept"] for scene in json.loads(report.read_text(encoding="utf-8"))["scenes"]}


if __name__ == "__main__":
    sys.stdout.write(page(results(Path(sys.argv[1]))))
