"""`switchyard verify`: whether what runs is what config says, as a table of checks."""

import json
from dataclasses import asdict

from rich.text import Text

from ops.checks import Check, Verdict
from ops.console import Activity, count, done, failed, out, table, warn
from ops.deployment import Deployment
from ops.errors import Exit
from ops.verification import checks

COLORS = {Verdict.PASSED: "green", Verdict.FAILED: "red", Verdict.UNDECIDED: "yellow"}


def verify(deployment: Deployment, *, as_json: bool = False, via: str = "") -> Exit:
    """Print every check. FAILED when any failed, else UNDECIDED when any could not be decided, else DONE."""
    found = []
    with Activity(f"verifying {deployment.target.name}") as doing:
        for check in checks(deployment, via):
            found.append(check)
            doing.tell(count(len(found), "check"))
    if as_json:
        out.print_json(json.dumps([asdict(check) for check in found]))
    else:
        table(("check", "of", "result", "found"), [(check.check, check.of, _verdict(check), check.told) for check in found])
    return _ended(deployment, found, quiet=as_json)


def _verdict(check: Check) -> Text:
    return Text(check.verdict, COLORS[check.verdict])


def _ended(deployment: Deployment, found: list[Check], *, quiet: bool) -> Exit:
    """Say how it came out; what is not good goes to standard error."""
    name, every = deployment.target.name, count(len(found), "check")
    bad, open_ = ([check for check in found if check.verdict is verdict] for verdict in (Verdict.FAILED, Verdict.UNDECIDED))
    if bad:
        failed(
            f"{name}: {len(bad)} of {every} failed, {len(open_)} undecided", f"`switchyard drift {deployment.options}` says what differs."
        )
        return Exit.FAILED
    if open_:
        warn(f"{name}: {len(open_)} of {every} undecided, none failed")
        return Exit.UNDECIDED
    if not quiet:
        done(f"{name}: {every} passed")
    return Exit.DONE
