"""A stack that waits for another region's failure takes over, under that region's name, and goes home: it waits again."""

from ops.commands.up import up
from ops.database.instances import identifiers, instance_of
from ops.rehearsal import Act, Stage, hold
from ops.target import tracked_file
from settings_database import PRIMARY

FLOOR = 2
"""Instances that every color has afterwards."""


def _promote(stage: Stage) -> str:
    file = stage.deployment.target.file
    hold("whom the database follows", wanted=True, found=bool(instance_of(stage.deployment, PRIMARY).source))
    file.edit({"database.promoted": True, "database.proxy": {}, "contingency.scale_floor": FLOOR})
    plan = up(stage.deployment, touch_live=True)
    replaced = [str(step) for step in plan.steps if "replace" in str(step) and "RandomPassword" not in str(step)]
    hold("what is replaced", wanted=[], found=replaced)
    hold("whom the database follows", wanted=None, found=instance_of(stage.deployment, PRIMARY).source)
    for name in file.settings().services:
        for color, state in stage.traffic.colors(name).items():
            hold(f"{name}'s {color} has its floor of healthy targets", wanted=True, found=state.on_release >= FLOOR)
    return f"{len(plan.steps)} changed, nothing replaced; the database follows nobody, and every color has {FLOOR} healthy targets or more"


def _answer(stage: Stage) -> str:
    return _under(stage, now=True, told="leads here for IPv4 and IPv6")


def _give_back(stage: Stage) -> str:
    return _under(stage, now=False, told="is free for its owner, and led here until that writes its records over")


def _under(stage: Stage, *, now: bool, told: str) -> str:
    """Answer under the other stack's name, or do so no more: either way the records stay."""
    file = stage.deployment.target.file
    stands_in = file.settings().domain.stands_in
    if not stands_in:
        return "this stack stands in for no name"
    file.edit({"domain.stands_in.now": now})
    plan = up(stage.deployment, touch_live=True)
    zone = file.settings().domain.hosted_zone_id
    records = stage.deployment.target.client("route53").list_resource_record_sets(HostedZoneId=zone)["ResourceRecordSets"]
    led = sorted(str(record["Type"]) for record in records if record["Name"] == f"{stands_in.name}." and "AliasTarget" in record)
    hold(f"records of {stands_in.name} that lead here", wanted=["A", "AAAA"], found=led)
    return f"{len(plan.steps)} changed; {stands_in.name} {told}"


def _wait_again(stage: Stage) -> str:
    deployment, file = stage.deployment, stage.deployment.target.file
    before = instance_of(deployment, PRIMARY)
    file.edit({"database.deletion_protection": False})
    up(deployment)
    file.path.write_bytes(tracked_file(file.stack).path.read_bytes())
    file.edit({"database.generation": 2})
    up(deployment, touch_live=True)
    after, database = instance_of(deployment, PRIMARY), file.settings().database
    hold("whom the database follows", wanted=database and database.replica_of, found=after.source)
    hold(f"instances, of which {before.identifier} is none any more", wanted=[after.identifier], found=identifiers(deployment))
    floors = {name: [state.floor for state in stage.traffic.colors(name).values()] for name in file.settings().services}
    hold("floors of the fleets", wanted={name: [0, 0] for name in floors}, found=floors)
    return f"{after.identifier} follows {after.source}, {before.identifier} is gone, and no fleet has a floor"


ACTS = (
    Act("take over", "the database is cut off from its source, every fleet rises to its floor, and nothing is replaced", _promote),
    Act("take the name", "the name's records lead here, and the services are told it", _answer),
    Act("give the name back", "its records stay until their owner writes them over", _give_back),
    Act("wait again", "the database goes and a new one follows the other region; the fleets' floors are zero", _wait_again),
)
