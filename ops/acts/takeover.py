"""A stack that waits for another region's failure takes over: its database is promoted, its fleets rise, and it answers under that name."""

from ops.commands.up import up
from ops.database.instances import instance_of
from ops.rehearsal import Act, Stage, hold
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
    file = stage.deployment.target.file
    stands_in = file.settings().domain.stands_in
    if not stands_in:
        return "this stack stands in for no name"
    file.edit({"domain.stands_in.now": True})
    plan = up(stage.deployment, touch_live=True)
    zone, name = file.settings().domain.hosted_zone_id, f"{stands_in.name}."
    records = stage.deployment.target.client("route53").list_resource_record_sets(HostedZoneId=zone)["ResourceRecordSets"]
    led = sorted(str(record["Type"]) for record in records if record["Name"] == name and "AliasTarget" in record)
    hold(f"records of {stands_in.name} that lead here", wanted=["A", "AAAA"], found=led)
    return f"{len(plan.steps)} changed; {stands_in.name} leads here for IPv4 and IPv6"


ACTS = (
    Act("take over", "the database is cut off from its source, every fleet rises to its floor, and nothing is replaced", _promote),
    Act("take the name", "the name's records lead here, and the services are told it", _answer),
)
