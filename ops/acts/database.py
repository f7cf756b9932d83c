"""The database's password made anew, its past made to run beside it, and a replica made a database of its own."""

from collections.abc import Callable
from functools import wraps

from ops.commands.promote_replica import Terms, promote_replica
from ops.commands.restore_database import restore_database
from ops.commands.rotate import DATABASE, rotate
from ops.commands.up import up
from ops.database.instances import instance_of, section
from ops.database.parts import DATABASE_NAME, MASTER, MASTER_ENTRY, MASTER_VALUE, instance_name
from ops.rehearsal import Act, Stage, hold
from ops.rotation import value
from settings_database import PRIMARY, RESTORED


def _with_database(play: Callable[[Stage], str]) -> Callable[[Stage], str]:
    """Play it where there is a database, and hold that no traffic moves."""

    @wraps(play)
    def held(stage: Stage) -> str:
        if not stage.deployment.target.file.settings().database:
            return "this stack has no database"
        weights = stage.weights()
        seen = play(stage)
        hold("weights in AWS", wanted=weights, found=stage.weights())
        return seen

    return held


@_with_database
def _rotate(stage: Stage) -> str:
    deployment = stage.deployment
    before = value(deployment, MASTER_ENTRY).version
    rotate(deployment, DATABASE, cut_off=False)
    touched = [f"replace RandomPassword {MASTER}", f"replace SecretVersion {MASTER_VALUE}", f"update Instance {DATABASE_NAME}"]
    hold("what it touches", wanted=sorted(touched), found=sorted(stage.changed(-1)[0]))
    hold("another value in Secrets Manager", wanted=True, found=value(deployment, MASTER_ENTRY).version != before)
    hold("what RDS has not taken yet", wanted={}, found=dict(instance_of(deployment, PRIMARY).pending))
    return f"password {section(deployment).own_password_version}; the secret and the primary have it, and no service was touched"


@_with_database
def _restore(stage: Stage) -> str:
    deployment = stage.deployment
    since, primary = len(deployment.journal), instance_of(deployment, PRIMARY)
    origin = f"{primary.latest:%Y-%m-%dT%H:%M:%SZ}"
    restore_database(deployment, origin, use=True)
    hold("whom services write to", wanted=RESTORED, found=section(deployment).use)
    hold("the restored one follows nobody", wanted=None, found=instance_of(deployment, RESTORED).source)
    restore_database(deployment, "", back=True)
    hold("whom services write to", wanted=PRIMARY, found=section(deployment).use)
    _untouched(stage, since, DATABASE_NAME)
    for edit in ({"database.restore.retiring": True}, {"database.restore": None}):
        deployment.target.file.edit(edit)
        up(deployment)
    return f"{origin} ran beside {primary.identifier}, services were led there and back, and it is gone; the primary was not touched"


@_with_database
def _promote(stage: Stage) -> str:
    deployment = stage.deployment
    replicas = sorted(section(deployment).replicas)
    if not replicas:
        return "this stack has no replica"
    name, since = replicas[0], len(deployment.journal)
    promote_replica(deployment, name, Terms(yes=True))
    promote_replica(deployment, name, Terms(yes=True, without_backup=True))
    alone = instance_of(deployment, name)
    hold("whom it follows", wanted=None, found=alone.source)
    hold("it has backups", wanted=True, found=alone.backup_days > 0)
    _untouched(stage, since, DATABASE_NAME, *(instance_name(other) for other in replicas[1:]))
    return f"{alone.identifier} takes writes and is backed up; nothing else of the database was touched"


def _untouched(stage: Stage, since: int, *names: str) -> None:
    """No operation since then may have changed these instances, or made any anew."""
    changes = [change for operation in stage.changed(since) for change in operation if " Instance " in change]
    hold("instances that are left alone", wanted=[], found=[each for each in changes if "replace" in each or each.split()[-1] in names])


ACTS = (
    Act("rotate the database's password", "the password, its secret and the primary change, and nothing that a service has", _rotate),
    Act("restore the database", "its past runs beside it, services are led there and back, and the primary is not touched", _restore),
    Act("promote a replica", "it has backups, then it follows nobody, and no other instance is touched", _promote),
)
