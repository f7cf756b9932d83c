"""What `verify` asks of the site: whether the edge shows what config says, and whether every release that it names is all there."""

from collections.abc import Iterator
from functools import partial

from ops.checks import Check, Found, Verdict, checked
from ops.console import count, first
from ops.deployment import Deployment
from ops.site import SITE
from ops.site.bucket import Bucket
from ops.site.shown import by_aws, by_config


def site_checks(deployment: Deployment) -> Iterator[Check]:
    """The key, and each release once; a site that is not up has failed."""
    site = deployment.target.file.settings().site
    if not deployment.outputs.get(SITE):
        yield Check(SITE, SITE, Verdict.FAILED, f"in config and not up yet: `switchyard up {deployment.options}`")
        return
    yield checked("traffic key", SITE, partial(_key, deployment))
    bucket = Bucket(deployment)
    roles: dict[str, str] = {}
    for role, release in site.named.items():
        roles.setdefault(release, role)
    for release, role in roles.items():
        yield checked(f"{role} release", SITE, partial(_release, bucket, release))


def _key(deployment: Deployment) -> Found:
    wanted, found = by_config(deployment.target.file.settings().site), by_aws(deployment)
    if not found:
        return Verdict.FAILED, "its value is what nobody can read, the edge neither"
    differ = [f"{what}: config {value}, AWS {found.told[what]}" for what, value in wanted.told.items() if value != found.told[what]]
    shares = " / ".join(f"{release} {share} %" for release, share in found.shares.items())
    return (Verdict.FAILED, "; ".join(differ)) if differ else (Verdict.PASSED, shares)


def _release(bucket: Bucket, release: str) -> Found:
    gaps = list(bucket.gaps(release))
    if gaps:
        return Verdict.FAILED, f"{release}: {first(gaps)}"
    manifest = bucket.manifest(release)
    return Verdict.PASSED, f"{release}: {count(len(manifest.objects) if manifest else 0, 'file')}, all there"
