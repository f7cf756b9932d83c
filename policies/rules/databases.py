"""How the rules tell where an instance of the database has its data from: by the inputs that components/database_origin.py sets."""

from collections.abc import Mapping

from policies.rules.resource import Resource


def follows(instance: Resource) -> bool:
    """Tell whether it is a replica, whose users, size, place and key are its source's."""
    return instance.has("replicateSourceDb")


def begins_empty(instance: Resource) -> bool:
    """Tell whether it is made of nothing: only such a one has its master named. A replica that was promoted is made of what it was."""
    return instance.has("username")


def made_anew(instance: Resource) -> bool:
    """Tell whether it is made by itself, empty or of a backup, and is not, nor was, a replica."""
    return begins_empty(instance) or instance.has("snapshotIdentifier") or instance.has("restoreToPointInTime")


def parameters(group: Resource) -> Mapping[str, str]:
    """Return what a parameter group sets, by name."""
    return {each.value("name"): each.value("value") for each in group.items("parameters")}
