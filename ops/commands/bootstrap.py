"""`switchyard bootstrap`: the state bucket and the key of a stack's account, shown first, and made or put right after a yes."""

import sys
from collections.abc import Sequence

import typer

from ops.bootstrap import Bootstrap, account_of, refuse_other
from ops.console import commands, count, done, out, progress, table, warn
from ops.deployment import Deployment
from ops.desired import Seen, make, seen


def bootstrap(deployment: Deployment, *, yes: bool) -> None:
    """Show what there is and what is to be, make it after a yes, and say how the engine is led there; refuses in another account."""
    target = deployment.target
    account = account_of(target)
    refuse_other(target, account)
    prepared = Bootstrap(target)
    out.print(f"account {account}: {prepared.place}", soft_wrap=True)
    found = seen(prepared.things())
    table(("thing", "is", "will be"), [_cells(each) for each in found])
    wrong = [each for each in found if not each.right]
    if wrong and not (yes or _agreed(deployment, len(wrong))):
        return
    for each in wrong:
        progress(f"{each.thing.name}: {each.thing.wanted}")
        make(each.thing)
    done(f"{target.name}: {count(len(wrong), 'thing')} made or put right" if wrong else f"{target.name}: all of it is there and right")
    commands("An operator on AWS would go on with:" if target.sandboxed else "Go on with:", prepared.commands())


def _cells(each: Seen) -> Sequence[str]:
    return (each.thing.name, each.found or "missing", "right" if each.right else each.thing.wanted)


def _agreed(deployment: Deployment, number: int) -> bool:
    """Whether the operator says yes; without a terminal nobody can."""
    if not sys.stdin.isatty():
        warn(f"nothing was changed: there is no terminal to say yes on. `switchyard bootstrap {deployment.options} --yes` makes it")
        return False
    agreed = typer.confirm(f"Make or put right {count(number, 'thing')}?", err=True)
    if not agreed:
        warn("nothing was changed")
    return agreed
