"""`switchyard promote-replica NAME`: a replica becomes a database of its own, in two steps and with no way back."""

import time
from dataclasses import dataclass, replace

from pulumi.automation.events import OpType

from ops.agreement import agreed
from ops.change import Change, apply, carry_out, put_back, refuse, report
from ops.console import commands, done, out, progress
from ops.database.instances import AVAILABLE, Instance, instance_of, section
from ops.database.parts import backups, leading, promotion
from ops.database.promotion import costs, has_backup, ready
from ops.database.repointing import Led, repoint
from ops.deployment import Deployment
from ops.errors import BadInputError, EngineError, RefusedError
from ops.recovery import recover
from ops.stack_file import Edit
from settings_database import Database, Replica

REREAD_SECONDS = 70
"""Instances reread their parameters every minute (components/boot)."""


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What the operator accepts."""

    yes: bool = False
    lag_seconds: int = 10
    any_lag: bool = False
    without_backup: bool = False


def promote_replica(deployment: Deployment, name: str, terms: Terms, *, use: bool = False) -> None:
    """Backups first; then, after a yes, the promotion; `use` leads services to one that is promoted."""
    deployment.target.begin()
    config = section(deployment)
    replica = _replica(config, name)
    if use:
        repoint(deployment, _led(name, replica))
        return
    instance = instance_of(deployment, name)
    if replica.promoted and not instance.source:
        progress(f"{name} is promoted already; what is left of it is done now")
    else:
        ready(deployment, name, instance, terms.lag_seconds, any_lag=terms.any_lag)
        if not (terms.without_backup or replica.promoted or has_backup(deployment, instance)):
            _back_up(deployment, config, name, instance)
            return
        out.print("\n".join(costs(name, instance, sorted(other for other in config.replicas if other != name))), soft_wrap=True)
        if not agreed(f"Promote {name}?", _command(name, terms, deployment), yes=terms.yes):
            return
    change, edit = _promote(deployment, name)
    _landed(deployment, name)
    _tell(deployment, name)
    report(deployment, change, edit)


def _replica(config: Database, name: str) -> Replica:
    if name not in config.replicas:
        known = ", ".join(sorted(config.replicas)) or "there is none"
        raise BadInputError(f"There is no replica {name!r} in switchyard:database.replicas: {known}.", "Name one of them.")
    return config.replicas[name]


def _led(name: str, replica: Replica) -> Led:
    if not replica.promoted:
        raise RefusedError(
            f"{name} is a replica, which takes no writes; nothing was changed.", f"`switchyard promote-replica {name}` first."
        )
    return Led(name, ["restore database --back"])


def _command(name: str, terms: Terms, deployment: Deployment) -> str:
    words = ["promote-replica", name, deployment.options]
    words += [f"--lag-seconds {terms.lag_seconds}"] if terms.lag_seconds != Terms().lag_seconds else []
    words += [option for option, on in {"--any-lag": terms.any_lag, "--without-backup": terms.without_backup}.items() if on]
    return " ".join([*words, "--yes"])


def _back_up(deployment: Deployment, config: Database, name: str, instance: Instance) -> None:
    """The first step: backups of the replica, so that it has one when it stands alone."""
    key = f"database.replicas.{name}.backup_days"
    without = f"or `switchyard promote-replica {name} {deployment.options} --without-backup`, if that cannot wait."
    if config.replicas[name].backup_days and instance.backup_days:
        told = f"{name} has no backup yet: AWS makes the first one within {config.backup_window} UTC; nothing was changed."
        raise RefusedError(told, f"Run the command again when it is there; {without}")
    days = config.replicas[name].backup_days or config.backup_days
    change = Change(f"back up replica {name}", {key: days}, backups(name), undo=())
    edit = carry_out(deployment, change)
    now = instance_of(deployment, name)
    if now.backup_days != days and "BackupRetentionPeriod" not in now.pending:
        told = f"{name}: config keeps backups for {days} days, and AWS for {now.backup_days}."
        raise EngineError(told, f"`switchyard drift {deployment.options}` says what differs.")
    waits = now.backup_days != days
    when = f"with the maintenance window ({config.maintenance_window} UTC)" if waits else f"within {config.backup_window} UTC"
    done(f"{name}: step 1 of 2: it has backups of its own from now on, the first one {when}; it is not promoted yet")
    report(deployment, change, edit)
    if waits:
        _at_once(deployment, now, days)
    commands(
        "When it has one (or with --without-backup, if that cannot wait):", [f"switchyard promote-replica {name} {deployment.options}"]
    )


def _at_once(deployment: Deployment, instance: Instance, days: int) -> None:
    region = deployment.target.file.settings().region
    asks = f"{deployment.target.aws} rds modify-db-instance --region {region} --db-instance-identifier {instance.identifier}"
    commands("To begin at once (the replica may pause for seconds):", [f"{asks} --backup-retention-period {days} --apply-immediately"])


def _promote(deployment: Deployment, name: str) -> tuple[Change, Edit]:
    """Lead services away, and then promote: a preview of both holds nothing else."""
    recover(deployment)
    settings = deployment.target.file.settings()
    change = Change(f"promote replica {name}", {f"database.replicas.{name}.promoted": True}, [*leading(settings), *promotion(name)])
    edit = deployment.target.file.edit(change.keys)
    try:
        plan = deployment.preview(f"checking: {change.message}")
        refuse(deployment, plan, change.parts(deployment))
    except BaseException:
        put_back(edit)
        raise
    away = replace(change, message=f"lead services away from replica {name}", about=leading(settings))
    if any(step.address in away.parts(deployment) for step in plan.steps):
        apply(deployment, away, edit)
        _let_reread(deployment)
    if plan.steps:
        made = [step.urn for step in plan.steps if step.op is OpType.CREATE]
        apply(deployment, replace(change, about=promotion(name)), edit, made=made)
    return change, edit


def _let_reread(deployment: Deployment) -> None:
    if not deployment.target.sandboxed:
        progress(f"waiting {REREAD_SECONDS} seconds, in which all instances reread where the database is")
        time.sleep(REREAD_SECONDS)


def _landed(deployment: Deployment, name: str) -> None:
    """EngineError unless AWS has it alone, available and with backups."""
    instance, found = instance_of(deployment, name), []
    if instance.source:
        found.append(f"{name}: still follows {instance.source}.")
    if instance.status != AVAILABLE:
        found.append(f"{name}: is {instance.status}.")
    if not instance.backup_days:
        found.append(f"{name}: has no backups.")
    if found:
        raise EngineError("\n".join(found), "Run the command again: it goes on.", changed=True)
    waiting = ", ".join(sorted(instance.pending))
    done(f"{name}: step 2 of 2: promoted; {instance.identifier} takes writes, and its backups are kept for {instance.backup_days} days")
    if waiting:
        progress(f"{name}: with the next maintenance window comes {waiting}")


def _tell(deployment: Deployment, name: str) -> None:
    progress("services still write to the instance that `database.use` names, and read from the replicas that are left")
    progress("there is no way back: whoever wants a replica in its place adds another one to database.replicas")
    commands("To lead services to it:", [f"switchyard promote-replica {name} {deployment.options} --use"])
