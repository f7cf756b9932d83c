"""KMS: keys and their aliases."""

from sandbox.provider.limits import Limit
from sandbox.provider.names import Naming
from sandbox.provider.row import Call, Row

ROWS = (
    Row(
        type="aws.kms.Key",
        create=Call("create_key", take="KeyMetadata"),
        id="KeyId",
        read=(
            Call("describe_key", "{KeyId: id}", "[KeyMetadata][?KeyState != 'PendingDeletion'] | [0]"),
            Call("get_key_policy", "{KeyId: id, PolicyName: 'default'}", "{policy: Policy}"),
            Call("get_key_rotation_status", "{KeyId: id}", "{enableKeyRotation: KeyRotationEnabled}"),
        ),
        update=(
            Call("update_key_description", "{KeyId: id, Description: description || ''}"),
            Call("put_key_policy", "{KeyId: id, PolicyName: 'default'}"),
            Call("enable_key", "{KeyId: id}", on=("isEnabled",), when="isEnabled"),
            Call("enable_key_rotation", "{KeyId: id}", on=("enableKeyRotation", "rotationPeriodInDays"), when="enableKeyRotation"),
            Call("disable_key_rotation", "{KeyId: id}", on=("enableKeyRotation",), when="!enableKeyRotation"),
            Call("disable_key", "{KeyId: id}", on=("isEnabled",), when="!isEnabled"),
        ),
        delete=Call("schedule_key_deletion", "{KeyId: id, PendingWindowInDays: deletionWindowInDays}"),
        names={"isEnabled": "Enabled"},
        defaults={
            "isEnabled": True,
            "enableKeyRotation": False,
            "keyUsage": "ENCRYPT_DECRYPT",
            "customerMasterKeySpec": "SYMMETRIC_DEFAULT",
        },
        replaces=("keyUsage", "customerMasterKeySpec", "multiRegion", "customKeyStoreId", "xksKeyId"),
        kept=("deletionWindowInDays",),
        documents=("policy",),
        limits={"deletionWindowInDays": Limit(7, 30), "rotationPeriodInDays": Limit(90, 2560)},
    ),
    Row(
        type="aws.kms.Alias",
        create=Call("create_alias"),
        id="{name}",
        read=Call("describe_key", "{KeyId: id}", "KeyMetadata.{targetKeyId: KeyId, targetKeyArn: Arn}"),
        update=Call("update_alias", "{AliasName: id}", on=("targetKeyId",)),
        delete=Call("delete_alias", "{AliasName: id}"),
        computed={"arn": "arn:aws:kms:{region}:{account}:{name}"},
        replaces=("name", "namePrefix"),
        naming=Naming(256, prefix="alias/"),
        limits={"name": Limit(pattern=r"alias/(?!aws/)[\w/-]+", says="alias/ and letters, digits, / _ -, but not alias/aws/")},
    ),
)
