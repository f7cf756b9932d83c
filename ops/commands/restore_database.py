"""`switchyard restore database`: a second instance beside the first, made of its past; services led to it, and back."""

from datetime import datetime

from ops.change import Change, carry_out, report
from ops.console import commands, done, out, progress
from ops.database.instances import AVAILABLE, Instance, Snapshot, instance_of, section, snapshot_called, snapshots_of
from ops.database.parts import restoring
from ops.database.repointing import Led, repoint
from ops.deployment import Deployment
from ops.errors import BadInputError, EngineError, RefusedError
from settings_database import PRIMARY, RESTORED, Database, Restore

KEY = "database.restore"
MOST_SHOWN = 20


def restore_database(deployment: Deployment, origin: str, *, use: bool = False, back: bool = False) -> None:
    """Make it of a snapshot or a time; `use` leads services to it, `back` to the primary; with neither, show what it could be made of."""
    deployment.target.begin()
    config = section(deployment)
    if config.copies:
        told = "This database follows one of another region: it is made anew, not restored."
        raise BadInputError(told, "Restore in the stack of that region, or promote this one first.")
    if back:
        if origin or use:
            raise BadInputError("--back leads services to the primary, and nothing else.", "Leave the other options out.")
        repoint(deployment, Led(PRIMARY, _forth(config)))
        return
    if not origin and not use:
        _show(deployment, config)
        return
    if origin:
        _restore(deployment, config, origin, told=not use)
    if use:
        _use(deployment)


def _forth(config: Database) -> list[str]:
    """The command that leads services to where they are led now."""
    if config.use == PRIMARY:
        return []
    return ["restore database --use" if config.use == RESTORED else f"promote-replica {config.use} --use"]


def _use(deployment: Deployment) -> None:
    if not section(deployment).restore:
        hint = f"`switchyard restore database {deployment.options}` shows what it could be made of."
        raise BadInputError("Nothing was restored that services could be led to.", hint)
    repoint(deployment, Led(RESTORED, ["restore database --back"]))


def _show(deployment: Deployment, config: Database) -> None:
    """Until when the primary's backups reach, its snapshots, and what was restored already."""
    primary = instance_of(deployment, PRIMARY)
    reach = f"{_minute(primary.latest)} UTC" if primary.latest else "a time that AWS does not tell"
    done(f"{primary.identifier}: any second of its last {primary.backup_days} days up to {reach}, or a snapshot")
    found = snapshots_of(deployment, primary.identifier)
    for each in found[:MOST_SHOWN]:
        out.print(f"  {each.id}  {each.kind}, {_minute(each.made)} UTC, {each.status}", soft_wrap=True)
    if len(found) > MOST_SHOWN:
        out.print(f"and {len(found) - MOST_SHOWN} more", style="dim")
    if config.restore:
        progress(f"restored already, from {config.restore.origin}; services write to {config.use}")
        return
    time = f"{primary.latest:%Y-%m-%dT%H:%M:%SZ}" if primary.latest else "2026-11-28T03:00:00Z"
    origins = [time, *(each.id for each in found[:1])]
    commands("To restore:", [f"switchyard restore database --from {each} {deployment.options}" for each in origins])


def _minute(time: datetime | None) -> str:
    return f"{time:%Y-%m-%d %H:%M}" if time else ""


def _restore(deployment: Deployment, config: Database, origin: str, *, told: bool) -> None:
    if config.restore and config.restore.origin != origin:
        there = f"There is an instance that was restored from {config.restore.origin}; nothing was changed."
        raise RefusedError(there, _ending(deployment))
    keys = {} if config.restore else {KEY: {"from": origin}}
    deployment.target.file.check(keys)
    if not config.restore:
        _can_be(deployment, Restore.model_validate({"from": origin}))
    change = Change(f"restore the database from {origin}", keys, restoring())
    edit = carry_out(deployment, change)
    instance = instance_of(deployment, RESTORED)
    if instance.status != AVAILABLE:
        hint = f"Wait, and look again: `switchyard restore database --from {origin} {deployment.options}`."
        raise EngineError(f"{instance.identifier} is {instance.status}.", hint)
    done(f"restored: {instance.identifier} is available at {instance.address}, with the data of {origin}")
    if told:
        progress("services are not touched: they write to the instance that `database.use` names; look into this one first")
        commands("To lead services to it, and back:", _both_ways(deployment))
        progress(_ending(deployment))
    report(deployment, change, edit)


def _both_ways(deployment: Deployment) -> list[str]:
    return [f"switchyard restore database {way} {deployment.options}" for way in ("--use", "--back")]


def _ending(deployment: Deployment) -> str:
    """How the restored instance goes, while services write elsewhere."""
    up = f"`switchyard up {deployment.options}`"
    return f"To end it: set `{KEY}.retiring: true`, {up}; then take out `{KEY}`, {up}. A last snapshot stays."


def _can_be(deployment: Deployment, restore: Restore) -> None:
    """BadInputError or RefusedError where AWS has nothing to make it of."""
    if restore.time:
        _within(instance_of(deployment, PRIMARY), restore.time)
        return
    snapshot = snapshot_called(deployment, restore.origin)
    if snapshot is None:
        hint = f"`switchyard restore database {deployment.options}` lists those that there are."
        raise BadInputError(f"AWS has no snapshot {restore.origin!r}; nothing was changed.", hint)
    _whole(snapshot)


def _within(primary: Instance, time: str) -> None:
    asked = datetime.fromisoformat(time)
    if primary.latest and asked > primary.latest:
        reach = f"The backups of {primary.identifier} reach up to {primary.latest:%Y-%m-%dT%H:%M:%SZ}"
        raise BadInputError(
            f"{reach}, and {time} is later; nothing was changed.", "Backups are about five minutes behind: name an earlier time."
        )


def _whole(snapshot: Snapshot) -> None:
    if snapshot.status != AVAILABLE:
        raise RefusedError(f"The snapshot {snapshot.id} is {snapshot.status}; nothing was changed.", "Wait until it is available.")
