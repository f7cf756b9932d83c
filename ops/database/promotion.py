"""Whether a replica may be promoted now: it answers, it is not behind, and it has a backup of its own."""

from ops.console import progress, warn
from ops.database.instances import AVAILABLE, Instance, lag_seconds, snapshots_of
from ops.deployment import Deployment
from ops.errors import RefusedError

BACKING_UP = "backing-up"
"""A state in which AWS promotes nothing (rds, PromoteReadReplica)."""


def costs(name: str, instance: Instance, siblings: list[str]) -> list[str]:
    """What a promotion costs, in sentences."""
    others = f"the other replicas ({', '.join(siblings)})" if siblings else "replicas that come later"
    below = f" Its own replicas ({', '.join(instance.followers)}) follow it on." if instance.followers else ""
    return [
        f"{name} ({instance.identifier}) is promoted for good: AWS makes a replica of nothing that was promoted.",
        f"It has what it had received from {instance.source or 'its source'}; what is written there from then on never comes to it.",
        "It restarts, which takes some minutes, and nobody reads from it meanwhile: services are led away first.",
        f"The primary goes on as before, and so do {others}: they follow the primary.{below}",
        "Its backups reach back to their own beginning only, and its standby comes with the next maintenance window.",
    ]


def ready(deployment: Deployment, name: str, instance: Instance, most_seconds: int, *, any_lag: bool) -> None:
    """RefusedError unless the replica follows, is available, and is at most so far behind."""
    if not instance.source:
        hint = f"Say so in config, if it is meant: `database.replicas.{name}.promoted: true`."
        raise RefusedError(f"By AWS's word {name} follows nothing any more, and config says that it does; nothing was changed.", hint)
    if instance.status != AVAILABLE:
        hint = "A backup ends within minutes; run the command again." if instance.status == BACKING_UP else "Wait until it is available."
        raise RefusedError(f"{name} is {instance.status}, and AWS promotes only what is available; nothing was changed.", hint)
    behind = lag_seconds(deployment, instance.identifier)
    if behind is None and deployment.target.sandboxed:
        progress(f"{name}: the sandbox measures no lag; on AWS this would end here")
    elif behind is None:
        _too_far(f"CloudWatch has no figure of how far {name} is behind, or it does not follow at the moment", any_lag=any_lag)
    elif behind > most_seconds:
        _too_far(f"{name} is {behind:g} seconds behind, and {most_seconds} are allowed (--lag-seconds)", any_lag=any_lag)
    else:
        progress(f"{name}: {behind:g} seconds behind its source")


def _too_far(told: str, *, any_lag: bool) -> None:
    if not any_lag:
        hint = "Stop the writing and wait until it has caught up; or --any-lag, if the source is lost and this is the best there is."
        raise RefusedError(f"{told}: what it lacks would be lost; nothing was changed.", hint)
    warn(f"{told}: what it lacks is lost")


def has_backup(deployment: Deployment, instance: Instance) -> bool:
    """Whether AWS makes automated backups of it, and has one that is complete."""
    found = snapshots_of(deployment, instance.identifier) if instance.backup_days else ()
    return any(each.kind == "automated" and each.status == AVAILABLE for each in found)
