"""`switchyard rollback [SERVICE | --all]`: the way back, which nothing unrelated stops: it looks at what flips alone."""

import time
from collections.abc import Sequence

from ops.change import Change, apply, cut_off, landed, report
from ops.console import done, progress, warn
from ops.deployment import Deployment
from ops.errors import RefusedError, SwitchyardError
from ops.flip import Flip, Return
from ops.flips import one_or_all
from ops.invalidation import forget
from ops.parts import strays
from ops.recovery import kept_in_mind
from ops.stack_file import Edit

Going = tuple[Flip, Return]


def rollback(deployment: Deployment, name: str | None, *, every: bool, now: bool, force: bool) -> None:
    """Return one service, the site, or all that have something to return to; `now` does not wait for capacity, `force` ignores a barrier.

    What needs to wait for capacity, or must not go back, keeps no other waiting.
    """
    started = time.monotonic()
    going = _going(deployment, name, every=every)
    barred = [back for _, back in going if back.barrier and not force]
    free = [(flip, back) for flip, back in going if back not in barred]
    for _, back in free:
        if back.barrier:
            warn(f"{back.name}: {back.barrier.forced}")
    half_done = _elsewhere(deployment, free)
    waits = [] if now else [(flip, back, wait) for flip, back in free if (wait := flip.wait_before(back))]
    ready = [(flip, back) for flip, back in free if back not in [later for _, later, _ in waits]]
    with kept_in_mind(deployment, _resources(deployment, free)):
        if ready:
            _return(deployment, ready, started)
        for flip, back, wait in waits:
            _return(deployment, [(flip, back)], started, wait())
    _tell_elsewhere(deployment, half_done)
    if barred:
        raise _barred(barred)


def _going(deployment: Deployment, name: str | None, *, every: bool) -> list[Going]:
    flips = one_or_all(deployment, name, all_of_them=every)
    found = [(flip, flip.way_back() or (flip.again() if cut_off(deployment, flip) else None)) for flip in flips]
    idle = [flip.name for flip, back in found if not back]
    if len(idle) == len(found):
        hint = f"`switchyard status {deployment.options}` shows what takes the traffic."
        raise RefusedError(f"{', '.join(idle)}: nothing to roll back to: {flips[0].no_way}", hint)
    if idle:
        progress(f"skipped, with nothing to roll back to: {', '.join(idle)}")
    return [(flip, back) for flip, back in found if back]


def _barred(barred: Sequence[Return]) -> RefusedError:
    """Each reason, and each fix once."""
    barriers = [back.barrier for back in barred if back.barrier]
    fixes = dict.fromkeys(barrier.fix for barrier in barriers)
    return RefusedError("\n".join(barrier.told for barrier in barriers), " ".join(fixes))


def _change(going: Sequence[Going]) -> Change:
    """The return as a change of config, with what it needs beside."""
    keys = {key: value for _, back in going for key, value in back.keys.items()}
    about = [flip.part for flip, _ in going]
    for flip, back in going:
        kept, parts = flip.kept(back)
        keys |= kept
        about += parts
    return Change(
        f"rollback {', '.join(back.name for _, back in going)}", keys, about, [command for _, back in going for command in back.undo]
    )


def _return(deployment: Deployment, going: Sequence[Going], started: float, before: Edit | None = None) -> None:
    """Write it in one update of what flips alone, and see that it landed."""
    change = _change(going)
    parts = change.parts(deployment)
    edit = deployment.target.file.edit(change.keys)
    plan = apply(deployment, change, edit, refresh=True)
    for step in strays(plan, parts):
        warn(f"beside the traffic, config has changed more of it: {step}")
    landed(deployment, [flip for flip, _ in going])
    forget(deployment, [path for flip, _ in going for path in flip.remembered()])
    for _, back in going:
        done(f"{back.name}: {back.to} takes all traffic again")
    done(f"rolled back in {time.monotonic() - started:.1f} s")
    report(deployment, change, edit.since(before))


def _resources(deployment: Deployment, going: Sequence[Going]) -> list[str]:
    """The URNs of what flips."""
    settings = deployment.target.file.settings()
    return [deployment.urn(flip.part.type, flip.part.name(settings)) for flip, _ in going]


def _elsewhere(deployment: Deployment, going: Sequence[Going]) -> list[str]:
    """What is half-done, less what is about to be written."""
    settings = deployment.target.file.settings()
    written = {flip.part.moving(settings) for flip, _ in going}
    return [operation for operation in deployment.half_done if operation not in written]


def _tell_elsewhere(deployment: Deployment, half_done: Sequence[str]) -> None:
    """Warn of what is wrong in the rest of the stack, which did not stop the way back and does not now."""
    for operation in half_done:
        warn(f"half-done: {operation}")
    try:
        plan = deployment.preview("looking at the rest of the stack")
    except SwitchyardError as error:
        warn(f"the rest of the stack cannot be previewed: {error.message}")
        return
    for told in [*plan.errors, *map(str, plan.findings)]:
        warn(told)
