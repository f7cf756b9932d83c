"""`switchyard up`: bring the stack to what its config says, short of what other commands are for."""

from functools import partial

from pulumi.automation.events import OpType

from ops.commands.preview import show, tell_open
from ops.commands.status import status
from ops.console import commands, done, out
from ops.database.guard import followers, touched_data
from ops.deployment import Deployment
from ops.errors import EngineError, RefusedError
from ops.guard import moved_traffic, stop_unsound, touched_live
from ops.plan import LEFT, Plan
from ops.recovery import recover
from ops.secrets import tell_empty
from ops.site.sample import plant
from policies.rules.undecided import message


def up(
    deployment: Deployment, *, traffic: bool = False, touch_live: bool = False, touch_data: bool = False, undecided: bool = False
) -> Plan:
    """Preview, refuse what moves traffic, enters live instances or costs data (unless told to), apply with all packs, show what runs.

    With `traffic` AWS is read first, so that weights which somebody changed there are put back. With `undecided` a check that cannot
    decide yet does not stop it: the packs decide while the update runs.
    """
    name = deployment.target.name
    recover(deployment)
    plan = deployment.preview(f"previewing {name}", refresh=traffic)
    stop_unsound(plan, undecided=undecided)
    tell_open(plan)
    if not touch_data:
        keep_data(deployment, plan)
    refuse(deployment, plan, traffic=traffic, touch_live=touch_live)
    if plan.steps:
        announce(plan)
        plan = deployment.apply(f"bringing {name} up", "up", refresh=traffic)
        stop_undecided(plan)
        done(f"{name} is up: {plan.summary}")
    else:
        done(f"{name} is what its config says: 0 changes, {plan.same} unchanged")
    if deployment.target.sandboxed:
        plant(deployment)
    status(deployment)
    tell_empty(deployment)
    commands("Try next:", suggestions(deployment))
    return plan


def stop_undecided(done_plan: Plan) -> None:
    """EngineError where a pack could not decide although the update is over and all values are known."""
    if done_plan.undecided:
        hint = "It is up, and nobody has judged this much of it. `switchyard policies explain RULE` says what to look at by hand."
        raise EngineError(f"A policy pack could not decide.\n{message(done_plan.undecided)}", hint, changed=True)


def refuse(deployment: Deployment, plan: Plan, *, traffic: bool, touch_live: bool) -> None:
    """RefusedError on a plan that moves traffic or enters instances that take traffic, unless the flags allow it."""
    settings = deployment.target.file.settings()
    moved, touched = moved_traffic(plan, settings), touched_live(plan, settings)
    if moved and not traffic:
        told = "\n".join(f"  {line}" for line in moved)
        hint = "Use shift, promote or rollback; or `--traffic`, if AWS drifted and config is right. On an older commit, pull first."
        raise RefusedError(f"This would move traffic; nothing was changed.\n{told}", hint)
    if touched and not touch_live:
        told = "\n".join(f"  {step}" for step in touched)
        hint = f"Put it on the idle color and promote it; or `switchyard up {deployment.options} --touch-live` replaces running instances."
        raise RefusedError(f"This would change what enters instances that take traffic; nothing was changed.\n{told}", hint)


def keep_data(deployment: Deployment, plan: Plan) -> None:
    """RefusedError on a plan that removes, replaces or promotes an instance of the database without a declaration."""
    found = touched_data(plan, deployment.target.file.settings(), partial(followers, deployment))
    if found:
        told = "\n".join(f"  {line}" for line in found)
        declared = (
            "Declare it first (`retiring: true`; `deletion_protection: false`, then another `generation`; `switchyard promote-replica`)"
        )
        hint = f"{declared}; or `switchyard up {deployment.options} --touch-data`, if the data may go (docs/runbooks/database.md)."
        raise RefusedError(f"This would cost the database data, or a replica its source; nothing was changed.\n{told}", hint)


def announce(plan: Plan) -> None:
    """Say what is coming: everything that goes or is replaced, and the counts of the rest."""
    loud = [step for step in plan.steps if step.op in {OpType.DELETE, OpType.REPLACE, LEFT}]
    if loud:
        show(Plan(steps=loud))
    out.print(plan.summary, style="dim")


def suggestions(deployment: Deployment) -> list[str]:
    """The daily commands, for the first service of this stack."""
    service, options = next(iter(deployment.target.file.settings().services)), deployment.options
    return [
        f"switchyard shift {service} 10 {options}",
        f"switchyard promote {service} {options}",
        f"switchyard rollback {service} {options}",
        f"switchyard status {options}",
        *([f"switchyard sandbox open -s {deployment.target.name}"] if deployment.target.sandboxed else []),
    ]
