"""Secrets Manager: entries, who may read them, and the values that the program makes itself."""

from typing import Any

from sandbox.provider.limits import Limit
from sandbox.provider.names import Naming
from sandbox.provider.row import Call, Facts, Row, switch

NAMING = Naming(512, pattern=r"[A-Za-z0-9/_+=.@-]+", says="letters, digits and / _ + = . @ -")

FOUND = "[@][?DeletedDate == `null`] | [0]"
"""An entry that waits for its deletion is gone as far as the program is concerned."""


def _delete(client: Any, facts: Facts) -> None:
    """Schedule the deletion, or delete at once when there is no window. AWS refuses to schedule it twice."""
    if not client.describe_secret(SecretId=facts["id"]).get("DeletedDate"):
        days = facts["recoveryWindowInDays"]
        client.delete_secret(SecretId=facts["id"], **({"RecoveryWindowInDays": days} if days else {"ForceDeleteWithoutRecovery": True}))


def _window(days: int) -> str:
    return "" if days == 0 or 7 <= days <= 30 else f"{days} days: it is 0 (at once) or 7 to 30"  # noqa: PLR2004 - AWS's limits


def _value(client: Any, facts: Facts) -> Any:
    """Return a version with its value, which is kept from the state when it is told only once; nothing when its entry is being deleted."""
    if client.describe_secret(SecretId=facts["secretId"]).get("DeletedDate"):
        return None
    version = client.get_secret_value(SecretId=facts["secretId"], VersionId=facts["versionId"])
    return {**version, "SecretString": None if facts.get("secretStringWo") else version.get("SecretString")}


def _restage(client: Any, facts: Facts) -> None:
    """Give a version the labels that are new, and take the others away; AWSCURRENT only ever moves."""
    versions = client.list_secret_version_ids(SecretId=facts["secretId"], IncludeDeprecated=True)["Versions"]
    holders = {stage: each["VersionId"] for each in versions for stage in each.get("VersionStages", ())}
    wanted = facts.get("versionStages") or []
    for stage in wanted:
        if holders.get(stage) != facts["versionId"]:
            held = {"RemoveFromVersionId": holders[stage]} if stage in holders else {}
            client.update_secret_version_stage(SecretId=facts["secretId"], VersionStage=stage, MoveToVersionId=facts["versionId"], **held)
    _unstage(client, facts, [stage for stage, version in holders.items() if version == facts["versionId"] and stage not in wanted])


def _drop(client: Any, facts: Facts) -> None:
    """Take its labels away: Secrets Manager deletes versions without them in its own time."""
    _unstage(client, facts, (_value(client, facts) or {}).get("VersionStages", []))


def _unstage(client: Any, facts: Facts, stages: list[str]) -> None:
    for stage in stages:
        if stage not in ("AWSCURRENT", "AWSPREVIOUS"):  # Secrets Manager moves these itself
            client.update_secret_version_stage(SecretId=facts["secretId"], VersionStage=stage, RemoveFromVersionId=facts["versionId"])


VALUES = ("secretString", "secretStringWo")

CHANGES = (
    Call("update_secret", "{SecretId: id, Description: description || ''}", on=("description", "kmsKeyId")),
    *switch("policy", "put_resource_policy", "delete_resource_policy", "{SecretId: id, ResourcePolicy: policy}"),
)

ROWS = (
    Row(
        type="aws.secretsmanager.Secret",
        create=Call("create_secret", take="@"),
        id="ARN",
        read=(Call("describe_secret", "{SecretId: id}", FOUND), Call("get_resource_policy", "{SecretId: id}", "{policy: ResourcePolicy}")),
        update=CHANGES,
        delete=Call(_delete, on=("recoveryWindowInDays",)),
        defaults={"recoveryWindowInDays": 30},
        naming=NAMING,
        limits={"recoveryWindowInDays": Limit(test=_window)},
    ),
    Row(
        type="aws.secretsmanager.SecretPolicy",
        create=Call("put_resource_policy"),
        id="{secretArn}",
        read=Call("get_resource_policy", "{SecretId: id}", "ResourcePolicy && {policy: ResourcePolicy}"),
        update=Call("put_resource_policy", "{SecretId: id}"),
        delete=Call("delete_resource_policy", "{SecretId: id}"),
        names={"secretArn": "SecretId", "policy": "ResourcePolicy"},
        replaces=("secretArn",),
        lost=("blockPublicPolicy",),
    ),
    Row(
        type="aws.secretsmanager.SecretVersion",
        create=Call("put_secret_value", "{SecretString: secretStringWo || secretString}", on=("secretId", "versionStages", *VALUES)),
        id="{secretId}|{versionId}",
        read=Call(_value),
        update=Call(_restage, on=("versionStages",)),
        delete=Call(_drop),
        names={"secretArn": "ARN"},
        computed={"hasSecretStringWo": lambda facts: bool(facts.get("secretStringWo"))},
        kept=("secretStringWoVersion",),
        replaces=("secretId", "secretString", "secretStringWoVersion"),
        secrets=VALUES,
        conflicts=(VALUES,),
    ),
)
