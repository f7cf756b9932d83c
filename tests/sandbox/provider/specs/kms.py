"""Specs of KMS."""

from tests.sandbox.provider.world import Spec, World

POLICY = (
    '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::123456789012:root"}, '
    '"Action": "kms:*", "Resource": "*"}]}'
)


def _key(_world: World) -> dict[str, object]:
    return {
        "description": "data",
        "enableKeyRotation": True,
        "deletionWindowInDays": 7,
        "policy": POLICY,
        "tags": {"Name": "data", "Owner": "own"},
    }


SPECS = (
    Spec(
        type="aws.kms.Key",
        inputs=_key,
        change={"description": "all data", "enableKeyRotation": False, "isEnabled": False},
        replace={"keyUsage": "GENERATE_VERIFY_MAC", "customerMasterKeySpec": "HMAC_256"},
        not_imported=("deletionWindowInDays",),
    ),
    Spec(
        type="aws.kms.Alias",
        inputs=lambda world: {"targetKeyId": world.id("aws.kms.Key"), "name": f"alias/{world.name()}"},
        replace={"name": "alias/other"},
    ),
)
