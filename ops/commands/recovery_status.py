"""`switchyard status --recovery`: the objectives for the day on which a region fails, beside what there is by AWS's own word."""

import json
from datetime import timedelta
from typing import Any

from rich.text import Text

from ops import standing
from ops.checks import Verdict
from ops.commands.verify import COLORS
from ops.console import Activity, out, table, warn
from ops.deployment import Deployment
from ops.errors import BadInputError, Exit
from ops.standing import Standing
from settings_recovery import Recovery

COLUMNS = ("what", "may lose", "would lose", "objective", "last proven")
WORDS = {Verdict.PASSED: "met", Verdict.FAILED: "missed", Verdict.UNDECIDED: "undecided"}
NEVER = "never proven"
RUNBOOK = "docs/runbooks/disaster-recovery.md"


def recovery_status(deployment: Deployment, *, as_json: bool = False, watch: bool = False) -> Exit:
    """Print what each thing would lose. FAILED when an objective is missed, else UNDECIDED when AWS does not say of one, else DONE."""
    if watch:
        raise BadInputError("--watch looks at what runs, --recovery at copies: give one of them.", "Copies move by the hour.")
    with Activity(f"looking at the copies of {deployment.target.name}"):
        found = list(standing.look(deployment))
    settings = deployment.target.file.settings()
    objectives, waits = settings.recovery, settings.waits
    if as_json:
        things = [_plain(each) for each in found]
        told = {"point_minutes": objectives.point_minutes, "time_minutes": objectives.time_minutes, "waits": waits, "things": things}
        out.print_json(json.dumps(told))
    else:
        table(COLUMNS, [_cells(each, objectives) for each in found])
        for each in found:
            out.print(f"{each.what}: {each.met_by}", style="dim", soft_wrap=True)
        stack = "this stack, which waits" if waits else f"the stack that waits in {objectives.region}"
        out.print(
            f"users are to be served again {objectives.time_minutes} minutes after the decision, by {stack}: {RUNBOOK}",
            style="dim",
            soft_wrap=True,
        )
    return _ended(found)


def _cells(each: Standing, objectives: Recovery) -> tuple[str | Text, ...]:
    verdict = each.verdict
    may = f"{objectives.point_minutes} min" if verdict else "all"
    would = _told(each.age) if each.age is not None else "unknown" if verdict else "all"
    mark = Text(WORDS[verdict], COLORS[verdict]) if verdict else "none"
    return each.what, may, would, mark, f"{each.proven.astimezone():%Y-%m-%d %H:%M}" if each.proven else NEVER


def _told(age: timedelta) -> str:
    seconds = round(age.total_seconds())
    return f"{seconds} s" if seconds < 120 else f"{seconds // 60} min"  # noqa: PLR2004 -- two minutes


def _plain(each: Standing) -> dict[str, Any]:
    return {
        "what": each.what,
        "met_by": each.met_by,
        "age_seconds": None if each.age is None else round(each.age.total_seconds()),
        "objective": WORDS[each.verdict] if each.verdict else None,
        "proven": each.proven.isoformat() if each.proven else None,
    }


def _ended(found: list[Standing]) -> Exit:
    verdicts = [each.verdict for each in found]
    for each in found:
        if each.verdict is Verdict.FAILED:
            warn(f"{each.what}: the objective is missed")
        elif each.verdict is Verdict.UNDECIDED:
            warn(f"{each.what}: AWS does not say how old the newest copy is")
    if Verdict.FAILED in verdicts:
        return Exit.FAILED
    return Exit.UNDECIDED if Verdict.UNDECIDED in verdicts else Exit.DONE
