"""Where the emulator reads what AWS reads, and stumbles: mended in its process before it serves anything."""

import json
from collections.abc import Callable
from typing import Any

from moto.cloudfront.models import DistributionConfig
from moto.iam.access_control import IAMPolicy, PermissionResult
from moto.s3.models import FakeBucket
from moto.secretsmanager.models import SecretsManagerBackend

from sandbox import iam_mends, logs_mends, rds_mends
from sandbox.added.every import add_all

LOGGING = "logging.s3.amazonaws.com"

_listing: Callable[[SecretsManagerBackend, str], str] = SecretsManagerBackend.list_secret_version_ids
_made: Callable[[DistributionConfig, dict[str, Any]], None] = DistributionConfig.__init__


def mend() -> None:
    """Let a bucket take another one's access log by a policy of several statements, and a behavior lead to a group of origins.

    And let a statement of a bucket's policy that has a condition hold for nobody: the emulator, which cannot tell how a request came, would
    take each of them as a refusal of every object. And let a version of a secret say when it was written, not when somebody asks.
    And answer the operations that it lacks (`sandbox.added`).
    """
    add_all()
    setattr(DistributionConfig, "__init__", _make)  # noqa: B010 -- there is no other way in, and mypy takes this one
    setattr(FakeBucket, "_log_permissions_enabled_policy", staticmethod(_may_log))  # noqa: B010 -- as above
    setattr(FakeBucket, "get_permission", _permission)  # noqa: B010 -- as above
    setattr(SecretsManagerBackend, "list_secret_version_ids", _versions)  # noqa: B010 -- as above
    for service in (iam_mends, logs_mends, rds_mends):
        service.mend()


def _permission(bucket: FakeBucket, action: str, resource: str) -> PermissionResult:
    """What a bucket's policy says of an action, by the statements that hold under all conditions."""
    document = json.loads(bucket.policy.decode()) if bucket.policy else {"Statement": []}
    plain = [statement for statement in _listed(document["Statement"]) if not statement.get("Condition")]
    if not plain:
        return PermissionResult.NEUTRAL
    return IAMPolicy(json.dumps({**document, "Statement": plain})).is_action_permitted(action, resource)


def _versions(backend: SecretsManagerBackend, secret_id: str) -> str:
    """The versions of a secret, each with its own date."""
    listed = json.loads(_listing(backend, secret_id))
    for each in listed["Versions"]:
        each["CreatedDate"] = backend.secrets[secret_id].versions[each["VersionId"]]["createdate"]
    return json.dumps(listed)


def _may_log(target_bucket: FakeBucket, target_prefix: str | None) -> bool:
    """Whether the bucket's policy lets S3 write logs under the prefix."""
    document = json.loads(target_bucket.policy.decode()) if target_bucket.policy else {"Statement": []}
    places = {f"{target_bucket.arn}/{target_prefix or ''}*", f"{target_bucket.arn}/*"}
    return any(_lets_logs_in(statement) and places & set(_listed(statement.get("Resource"))) for statement in document["Statement"])


def _lets_logs_in(statement: dict[str, Any]) -> bool:
    principal = statement.get("Principal")
    services = _listed(principal.get("Service")) if isinstance(principal, dict) else []
    return statement["Effect"] == "Allow" and LOGGING in services and "s3:PutObject" in _listed(statement.get("Action"))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _make(config: DistributionConfig, given: dict[str, Any]) -> None:
    """Make a distribution's config whose default behavior may lead to a group: the emulator knows single origins only."""
    behavior = given["DefaultCacheBehavior"]
    first = {group["Id"]: group["Members"]["Items"][0]["OriginId"] for group in given.get("OriginGroups", {}).get("Items", [])}
    target = behavior["TargetOriginId"]
    _made(config, {**given, "DefaultCacheBehavior": {**behavior, "TargetOriginId": first.get(target, target)}})
    vars(config)["DefaultCacheBehavior"].target_origin_id = target
