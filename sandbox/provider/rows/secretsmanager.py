"""Secrets Manager: entries and who may read them. No value passes through the program."""

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
)
