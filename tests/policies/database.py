"""The database as components/database.py makes it: what several rules' specs start from."""

from typing import Any

from policies.rules.aws_types import DATABASE, DATABASE_PARAMETERS, DATABASE_PROXY
from tests.policies.given import Given, given

PRIMARY, REPLICA, PROMOTED, RESTORED = (
    (DATABASE, "database"),
    (DATABASE, "replica-r1"),
    (DATABASE, "replica-r2"),
    (DATABASE, "database-restored"),
)
PARAMETERS, PROXY = (DATABASE_PARAMETERS, "database-parameters"), (DATABASE_PROXY, "database-proxy")


def primary(**inputs: Any) -> Given:
    """One that is made of nothing, with a master."""
    return given(*PRIMARY, {"username": "switchyard", **inputs})


def replica(**inputs: Any) -> Given:
    """One that follows the primary."""
    return given(*REPLICA, {"replicateSourceDb": "switchyard-prod-database-d6f92", **inputs})


def promoted(**inputs: Any) -> Given:
    """One that was a replica: it names neither a master nor a source."""
    return given(*PROMOTED, inputs)


def restored(**inputs: Any) -> Given:
    """One that is made of a snapshot."""
    return given(*RESTORED, {"snapshotIdentifier": "before-the-fault", **inputs})


def told(values: dict[str, str]) -> list[dict[str, str]]:
    """What a parameter group sets."""
    return [{"name": name, "value": value} for name, value in values.items()]


def telling(name: str, value: str | None) -> Any:
    """A change of one parameter of a group; None leaves it out."""

    def change(parameters: Any) -> Any:
        others = [each for each in parameters if each["name"] != name]
        return others if value is None else [*others, {"name": name, "value": value, "applyMethod": "immediate"}]

    return change
