"""Where a stack stands for the day on which a region fails: of all that holds data the objective, the newest copy and the last proof."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from ops import copies
from ops.checks import Verdict
from ops.committed import committed_settings
from ops.copies import Copy, Source
from ops.database.instances import identifier_of
from ops.deployment import Deployment
from ops.landing import resource
from settings import Settings
from settings_database import PRIMARY

DATABASE, SITE, REDIS, CONFIG = "database", "site", "redis", "config"
VAULT, COPIES = "aws:backup/vault:Vault", "backups-copy"


@dataclass(frozen=True)
class Standing:
    """One thing that holds data."""

    what: str
    met_by: str
    """The copy that would be gone on with."""
    age: timedelta | None
    """How much of what was written last is not in it; None where AWS does not say, or where there is no copy to have."""
    verdict: Verdict | None
    """Whether the age is within the objective; None where there is no objective."""
    proven: datetime | None
    """When a backup of it was last restored by a test; None for never."""


def look(deployment: Deployment) -> Iterator[Standing]:
    """All things of a stack that hold data."""
    settings = deployment.target.file.settings()
    if settings.database:
        yield _database(deployment, settings, _writer(deployment, settings))
    yield _site(deployment, settings)
    if settings.redis:
        yield Standing(REDIS, "nothing: lost with its region, and services go on with an empty one", None, None, None)
    yield _config(deployment, settings)


def _writer(deployment: Deployment, settings: Settings) -> Source:
    """The database that takes the writes: of a stack that waits, the one that its own follows."""
    database = settings.database
    if database and database.copies and database.replica_of:
        return Source("RDS", database.source_region or "", database.replica_of.rpartition(":")[2], database.replica_of)
    name = identifier_of(deployment, database.use if database else PRIMARY)
    return Source("RDS", settings.region, name, f"arn:aws:rds:{settings.region}:{settings.account_id}:db:{name}")


def _database(deployment: Deployment, settings: Settings, source: Source) -> Standing:
    """By the freshest copy in the other region; the database's own backups are said too, and are gone with their region."""
    found = [*_replicas(deployment, settings, source), *_backups(deployment, settings, source)]
    known = [copy for copy in found if copy.age is not None]
    none = Copy("; ".join(copy.told for copy in found), None, there=any(copy.there for copy in found))
    best = min(known, key=lambda copy: copy.age or timedelta(), default=none)
    own = copies.asked(source.region, lambda: copies.restorable(deployment, source))
    until = "" if own.age is None else f" reach to {own.age.total_seconds() / 60:.0f} min ago"
    told = f"{best.told or 'nothing in another region'}; {own.told}{until}"
    return _held(DATABASE, replace(best, told=told), settings, copies.last_proven(deployment, source))


def _replicas(deployment: Deployment, settings: Settings, source: Source) -> Sequence[Copy]:
    """The replicas in the other region: of a stack that waits, its own database."""
    if settings.waits:
        own = identifier_of(deployment, PRIMARY)
        return [copies.asked(settings.region, lambda: copies.replica(deployment, settings.region, own))]
    region = settings.recovery.region
    try:
        names = copies.replicas_in(deployment, source, region)
    except copies.NO_ANSWER:
        return []  # the question for its own backups, which comes next, says why
    return [copies.asked(region, lambda name=name: copies.replica(deployment, region, name)) for name in names]  # type: ignore[misc]


def _backups(deployment: Deployment, settings: Settings, source: Source) -> Sequence[Copy]:
    """The newest backup in the vault of copies: a stack that waits makes none of a database that follows."""
    region = settings.recovery.region
    if settings.waits or region not in settings.backup_regions:
        return []
    vault = str(resource(deployment, VAULT, COPIES)["id"])
    return [copies.asked(region, lambda: copies.backup(deployment, vault, region, source))]


def _site(deployment: Deployment, settings: Settings) -> Standing:
    """By the release that users see: a stack that waits needs it in its own bucket, any other in the copy."""
    bucket, key = str(deployment.outputs.get("site", {}).get("bucket", "")), f"manifests/{settings.site.live}.json"
    if settings.waits:
        found = copies.asked(settings.region, lambda: copies.release(deployment, bucket, key))
    else:
        other = settings.recovery.region
        found = copies.asked(other, lambda: copies.copied_release(deployment, bucket, key, other))
    proven = copies.last_proven(deployment, Source("S3", settings.region, bucket, f"arn:aws:s3:::{bucket}"))
    return _held(SITE, found, settings, proven)


def _config(deployment: Deployment, settings: Settings) -> Standing:
    """By git: a stack file that is not committed is on one machine alone."""
    if committed_settings(deployment.target.name) == settings:
        return Standing(CONFIG, "the committed stack file", timedelta(), Verdict.PASSED, None)
    return Standing(CONFIG, "nothing: the stack file here is not the committed one", None, Verdict.FAILED, None)


def _held(what: str, copy: Copy, settings: Settings, proven: datetime | None) -> Standing:
    """An age beside the objective; no copy has missed it, and one of which AWS does not say how old it is is undecided."""
    verdict = Verdict.UNDECIDED if copy.there else Verdict.FAILED
    if copy.age is not None:
        verdict = Verdict.PASSED if copy.age <= timedelta(minutes=settings.recovery.point_minutes) else Verdict.FAILED
    return Standing(what, copy.told, copy.age, verdict, proven)
