"""KMS: keys and their aliases."""

from sandbox.provider.limits import Limit
from sandbox.provider.names import Naming
from sandbox.provider.row import Call, Row, switch

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
            *switch("enableKeyRotation", "enable_key_rotation", "disable_key_rotation", "{KeyId: id}"),
            Call("enable_key_rotation", "{KeyId: id}", on=("rotationPeriodInDays",), when="enableKeyRotation"),
            *switch("isEnabled", "enable_key", "disable_key", "{KeyId: id}"),
        ),
        delete=Call("schedule_key_deletion", "{KeyId: id, PendingWindowInDays: deletionWindowInDays}"),
        names={"isEnabled": "Enabled"},
        defaults={"isEnabled": True, "keyUsage": "ENCRYPT_DECRYPT", "customerMasterKeySpec": "SYMMETRIC_DEFAULT"},
        replaces=("keyUsage", "customerMasterKeySpec", "multiRegion", "customKeyStoreId", "xksKeyId"),
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
        naming=Naming(256, prefix="alias/", pattern=r"alias/(?!aws/)[\w/-]+", says="alias/ and letters, digits, / _ -, but not alias/aws/"),
    ),
)
