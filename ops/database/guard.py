"""What a plan would do to the database's data: `up` refuses what nobody has declared, unless it is told otherwise."""

from collections.abc import Callable, Iterator, Sequence

from pulumi.automation.events import OpType

from ops.database.parts import DATABASE_NAME, INSTANCE, instance_name
from ops.deployment import Deployment
from ops.plan import LEFT, Plan, Step
from settings import Settings

SOURCE = "replicateSourceDb"
RETIRING = "retiring"
GOES = {OpType.DELETE: "would be removed", LEFT: "would be removed", OpType.REPLACE: "would be replaced"}
FILLED = (SOURCE, "snapshotIdentifier", "restoreToPointInTime")
"""Where a new instance has data from; without any of them it is empty."""

Followers = Callable[[str], Sequence[str]]
"""The replicas of an instance, here and in other regions, by what AWS calls it."""


def followers(deployment: Deployment, identifier: str) -> Sequence[str]:
    """Ask AWS, which knows those of other stacks too; an instance that is gone already has none."""
    client = deployment.target.client("rds")
    try:
        found = client.describe_db_instances(DBInstanceIdentifier=identifier)["DBInstances"]
    except client.exceptions.DBInstanceNotFoundFault:
        return ()
    return [name for each in found for name in each.get("ReadReplicaDBInstanceIdentifiers") or ()]


def touched_data(plan: Plan, settings: Settings, ask: Followers) -> list[str]:
    """What the plan would do to instances of the database that nobody declared, in words."""
    steps = [step for step in plan.steps if step.type == INSTANCE]
    leaving = {_identifier(step) for step in steps if step.op in GOES}
    return [told for step in steps for told in (*_going(step, leaving, ask), *_promoted(step, settings))]


def _going(step: Step, leaving: set[str], ask: Followers) -> Iterator[str]:
    """An instance that goes, or another in its place: it must be retiring, and nothing that stays may follow it."""
    if step.op not in GOES:
        return
    if not _declared_to_go(step):
        yield f"{step.name}: {GOES[step.op]}, and nothing declares that its data may go"
    stay = sorted({*ask(_identifier(step))} - leaving)
    if stay:
        yield f"{step.name}: {GOES[step.op]}, and {', '.join(stay)} would be left without a source and promoted by AWS"


def _declared_to_go(step: Step) -> bool:
    """Whether it was retiring; what comes in its place must have another name, as `database.generation` gives it, and data."""
    if not (step.old.get("tags") or {}).get(RETIRING):
        return False
    another = step.new.get("identifier") not in {None, _identifier(step)}
    return step.op is not OpType.REPLACE or (another and any(step.new.get(key) for key in FILLED))


def _promoted(step: Step, settings: Settings) -> Iterator[str]:
    """A replica that would stand alone undeclared, or what stands alone and would follow: AWS does the one at once, and never the other."""
    if step.op is not OpType.UPDATE:
        return
    before, after = step.old.get(SOURCE), step.new.get(SOURCE)
    if before and not after and step.name not in _declared(settings):
        yield f"{step.name}: would be promoted, for which there is no way back, and `promoted: true` does not stand in config"
    elif after and after != before:
        told = f"follow another instance than {before}" if before else "follow again"
        yield f"{step.name}: would {told}, which AWS makes no instance do: only a new replica can"


def _declared(settings: Settings) -> set[str]:
    """The instances that are promoted by config."""
    database = settings.database
    if not database:
        return set()
    replicas = {instance_name(name) for name, replica in database.replicas.items() if replica.promoted}
    return replicas | ({DATABASE_NAME} if database.promoted else set())


def _identifier(step: Step) -> str:
    return str(step.old.get("identifier", ""))
