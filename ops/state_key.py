"""The KMS key that encrypts the engine's secrets and its state."""

from collections.abc import Mapping
from typing import Any

from ops.deployment import PROJECT
from ops.desired import Statement, Thing, answer, holds, with_statements

DELETION_WINDOW_DAYS = 30
"""The longest that KMS offers: without the key no secret of the stack can be read again, and no state."""
NO_KEY = {"NotFoundException"}
POLICY = "default"
"""KMS's only name for a key's policy."""


class StateKey:
    """One stack's key, known by its alias. Costs about 1 USD a month."""

    def __init__(self, kms: Any, stack: str, account_id: str) -> None:
        self.alias = f"alias/switchyard-{stack}"
        self._kms = kms
        self._account_id = account_id
        self._description = f"switchyard {stack}: the engine's secrets and state"
        self._tags = {"project": PROJECT, "stack": stack, "managed-by": "switchyard-bootstrap"}
        self._key: Mapping[str, Any] = {}
        self._long_window: Statement = {
            "Sid": "LongDeletionWindow",
            "Effect": "Deny",
            "Principal": "*",
            "Action": "kms:ScheduleKeyDeletion",
            "Resource": "*",
            "Condition": {"NumericLessThan": {"kms:ScheduleKeyDeletionPendingWindowInDays": str(DELETION_WINDOW_DAYS)}},
        }

    @property
    def arn(self) -> str:
        """The key's ARN; empty when there is none."""
        return str(self._found().get("Arn", ""))

    def things(self) -> list[Thing]:
        """The key first, then what is to be so with it."""
        tags = ", ".join(f"{key}={value}" for key, value in self._tags.items())
        window = f"at least {DELETION_WINDOW_DAYS} days"
        return [
            Thing("key", "Enabled", self._state, self._make),
            Thing("key: description", self._description, self._described, self._describe),
            Thing("key: rotation", "every year", self._rotation, lambda: self._kms.enable_key_rotation(KeyId=self._id)),
            Thing("key: wait before deletion", window, lambda: self._window(window), self._widen),
            Thing("key: tags", tags, self._tagged, self._tag),
        ]

    @property
    def _id(self) -> str:
        return str(self._found().get("KeyId", ""))

    def _found(self) -> Mapping[str, Any]:
        """What KMS says of the key; asked until there is one."""
        self._key = self._key or answer(lambda: self._kms.describe_key(KeyId=self.alias), NO_KEY).get("KeyMetadata", {})
        return self._key

    def _state(self) -> str:
        self._key = {}
        return str(self._found().get("KeyState", ""))

    def _make(self) -> None:
        """Create the key with its alias, or bring back one that is disabled or waits for its deletion."""
        if not self._id:
            self._kms.create_alias(AliasName=self.alias, TargetKeyId=self._left_without_alias() or self._created())
            return
        if self._found()["KeyState"] == "PendingDeletion":
            self._kms.cancel_key_deletion(KeyId=self._id)
        self._kms.enable_key(KeyId=self._id)

    def _created(self) -> str:
        administrators: Statement = {
            "Sid": "IamOfThisAccount",
            "Effect": "Allow",
            "Principal": {"AWS": f"arn:aws:iam::{self._account_id}:root"},
            "Action": "kms:*",
            "Resource": "*",
        }
        made = self._kms.create_key(
            Description=self._description,
            Policy=with_statements("", administrators, self._long_window),
            Tags=[{"TagKey": key, "TagValue": value} for key, value in self._tags.items()],
        )
        return str(made["KeyMetadata"]["KeyId"])

    def _left_without_alias(self) -> str:
        """A key that an earlier run made before it was cut short: a second one would cost, and the first never be found."""
        for page in self._kms.get_paginator("list_keys").paginate():
            for key in (each["KeyId"] for each in page["Keys"]):
                if self._is_ours(key):
                    return str(key)
        return ""

    def _is_ours(self, key: str) -> bool:
        """Whether it has our tags and lives; a key that we may not look at is somebody else's."""
        unreadable = {*NO_KEY, "AccessDeniedException"}
        there = _tags(answer(lambda: self._kms.list_resource_tags(KeyId=key), unreadable))
        return self._tags.items() <= there.items() and bool(self._kms.describe_key(KeyId=key)["KeyMetadata"]["Enabled"])

    def _described(self) -> str:
        return str(self._found().get("Description", ""))

    def _describe(self) -> None:
        self._kms.update_key_description(KeyId=self._id, Description=self._description)
        self._key = {}

    def _rotation(self) -> str:
        if not self._id:
            return ""
        return "every year" if self._kms.get_key_rotation_status(KeyId=self._id)["KeyRotationEnabled"] else "never"

    def _window(self, wanted: str) -> str:
        if not self._id:
            return ""
        return wanted if holds(self._policy(), self._long_window) else "7 days are allowed"

    def _widen(self) -> None:
        self._kms.put_key_policy(KeyId=self._id, PolicyName=POLICY, Policy=with_statements(self._policy(), self._long_window))

    def _policy(self) -> str:
        return str(self._kms.get_key_policy(KeyId=self._id, PolicyName=POLICY)["Policy"])

    def _tagged(self) -> str:
        there = _tags(self._kms.list_resource_tags(KeyId=self._id)) if self._id else {}
        return ", ".join(f"{key}={there[key]}" for key in self._tags if key in there)

    def _tag(self) -> None:
        self._kms.tag_resource(KeyId=self._id, Tags=[{"TagKey": key, "TagValue": value} for key, value in self._tags.items()])


def _tags(listed: Mapping[str, Any]) -> dict[str, str]:
    return {tag["TagKey"]: tag["TagValue"] for tag in listed.get("Tags", [])}
