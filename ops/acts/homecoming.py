"""The way home, where another region took over: the database is made anew as a copy of that region's, and takes over in turn."""

from typing import Any

from ops.commands.up import up
from ops.database.instances import identifiers, instance_of, section
from ops.rehearsal import Act, Stage, hold
from ops.target import tracked_file
from ops.yaml_edit import round_trip
from settings import NAMESPACE
from settings_database import PRIMARY

NOT_A_COPY_S = ("proxy", "replicas", "copied_days", "password_version", "restore", "use", "deletion_protection")
"""Keys that a copy of another region cannot have, or need not."""
THERE = "switchyard-recovery-database"
"""What took over, which the emulator is given."""


def _follow(stage: Stage) -> str:
    deployment, file = stage.deployment, stage.deployment.target.file
    settings = file.settings()
    if not settings.database or not settings.recovery.region:
        return "this stack has no database, or no second region"
    before, generation = instance_of(deployment, PRIMARY), settings.database.generation
    file.edit({"database.deletion_protection": False})
    up(deployment)
    source = f"arn:aws:rds:{settings.recovery.region}:{settings.account_id}:db:{THERE}"
    gone = {f"database.{key}": None for key in NOT_A_COPY_S if key in _section(stage, tracked=False)}
    file.edit({**gone, "database.generation": generation + 1, "database.replica_of": source})
    deployment.target.begin()
    up(deployment, touch_live=True)
    after = instance_of(deployment, PRIMARY)
    hold("whom the database follows", wanted=source, found=after.source)
    hold(f"instances, of which {before.identifier} is none any more", wanted=[after.identifier], found=identifiers(deployment))
    return f"{after.identifier} follows {THERE} of {settings.recovery.region}, and {before.identifier} is gone"


def _lead(stage: Stage) -> str:
    deployment, file = stage.deployment, stage.deployment.target.file
    if not file.settings().waits:
        return "this stack follows nobody"
    own = {f"database.{key}": value for key, value in _section(stage, tracked=True).items() if key in NOT_A_COPY_S}
    file.edit({**own, "database.promoted": True})
    up(deployment, touch_live=True)
    leads = instance_of(deployment, PRIMARY)
    hold("whom the database follows", wanted=None, found=leads.source)
    hold("who follows it", wanted=len(section(deployment).replicas), found=len(leads.followers))
    return f"{leads.identifier} takes writes, with {len(leads.followers)} replicas and all that it had before"


def _section(stage: Stage, *, tracked: bool) -> dict[str, Any]:
    """The database's section of the stack file, as the sandbox has edited it or as the checkout has it."""
    file = stage.deployment.target.file
    path = tracked_file(file.stack).path if tracked else file.path
    return dict(round_trip().load(path.read_text(encoding="utf-8"))["config"][f"{NAMESPACE}:database"])


ACTS = (
    Act("follow the other region", "the database is made anew as a copy of the one that took over; the old one goes", _follow),
    Act("lead again", "it is promoted, and gets its proxy and its replicas back; nothing is made anew", _lead),
)
