"""How the rules tell where an instance of the database has its data from: by the inputs that components/database_origin.py sets."""

from collections.abc import Mapping

from policies.rules.resource import Resource


def follows(instance: Resource) -> bool:
    """Tell whether it is a replica, whose users, size, place and key are its source's."""
    return instance.has("replicateSourceDb")


REPLICA = "replica-"
"""How the program calls replicas (components/database_replicas.py), also those that were promoted."""


def begins_empty(instance: Resource) -> bool:
    """Tell whether it is made of nothing. A replica that was promoted names its master too, and is made of what it was."""
    return instance.has("username") and not instance.name.startswith(REPLICA)


def made_anew(instance: Resource) -> bool:
    """Tell whether it is made by itself, empty or of a backup, and is not, nor was, a replica."""
    return begins_empty(instance) or instance.has("snapshotIdentifier") or instance.has("restoreToPointInTime")


def parameters(group: Resource) -> Mapping[str, str]:
    """Return what a parameter group sets, by name."""
    return {each.value("name"): each.value("value") for each in group.items("parameters")}
