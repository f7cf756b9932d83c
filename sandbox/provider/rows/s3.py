"""S3: buckets, and what is set on a bucket by a resource of its own."""

from collections.abc import Iterator
from typing import Any

from sandbox.provider.limits import Limit
from sandbox.provider.names import Naming
from sandbox.provider.row import Call, Facts, Row, inside
from sandbox.provider.schema import Failure

BLOCKS = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")

BLOCK_NAMES = inside("PublicAccessBlockConfiguration", *BLOCKS)

OWNED = ("bucket", "expectedBucketOwner")
"""What a setting belongs to."""

ADDRESSES = {
    "arn": "arn:aws:s3:::{bucket}",
    "bucketRegion": "{region}",
    "bucketDomainName": "{bucket}.s3.amazonaws.com",
    "bucketRegionalDomainName": "{bucket}.s3.{region}.amazonaws.com",
}

NAMING = Naming(
    limit=63,
    input_name="bucket",
    lower=True,
    pattern=r"(?!xn--|sthree-)[a-z0-9](?!.*\.\.)[a-z0-9.-]+[a-z0-9]",
    says="3 to 63 lowercase letters, digits, dots and hyphens, with a letter or digit at either end",
)


def _empty(client: Any, facts: Facts) -> None:
    """Delete all versions of all objects, as `forceDestroy` promises."""
    for page in client.get_paginator("list_object_versions").paginate(Bucket=facts["id"]):
        for entry in (*page.get("Versions", ()), *page.get("DeleteMarkers", ())):
            client.delete_object(Bucket=facts["id"], Key=entry["Key"], VersionId=entry["VersionId"])


LIFECYCLE_LIMITS = {
    "rules": Limit(1, 1000),
    "rules.id": Limit(1, 255),
    "rules.expiration.days": Limit(1),
    "rules.noncurrentVersionExpiration.noncurrentDays": Limit(1),
    "rules.noncurrentVersionExpiration.newerNoncurrentVersions": Limit(1, 100),
    "rules.abortIncompleteMultipartUpload.daysAfterInitiation": Limit(1),
}

ACTIONS = frozenset(
    {"expiration", "noncurrentVersionExpiration", "transitions", "noncurrentVersionTransitions", "abortIncompleteMultipartUpload"}
)
"""What a lifecycle rule can do."""


def _lifecycle_failures(inputs: Facts) -> Iterator[Failure]:
    """A lifecycle rule does something, to things that it names, under an id of its own."""
    rules = inputs.get("rules") or []
    for index, rule in enumerate(rules):
        if not ACTIONS & rule.keys():
            yield f"rules[{index}]", f"at least one of {', '.join(sorted(ACTIONS))} must be given"
        if len(rule.get("expiration") or ()) > 1:
            yield f"rules[{index}].expiration", "give one of date, days and expiredObjectDeleteMarker"
        if rule.get("id") in [other.get("id") for other in rules[:index]]:
            yield f"rules[{index}].id", f"{rule['id']!r} is another rule's id already"


def _encryption_failures(inputs: Facts) -> Iterator[Failure]:
    for index, rule in enumerate(inputs.get("rules") or []):
        default = rule.get("applyServerSideEncryptionByDefault") or {}
        if default.get("sseAlgorithm") == "AES256" and default.get("kmsMasterKeyId"):
            yield (
                f"rules[{index}].applyServerSideEncryptionByDefault.kmsMasterKeyId",
                "AES256 takes no key: it is for aws:kms and aws:kms:dsse",
            )


def setting(type_: str, noun: str, *, put: str = "", take: str = "@", delete: str = "", **more: Any) -> Row:
    """Return the row of what a bucket has one of, under S3's noun for it (`bucket_policy`), and what is always put as a whole."""
    putting = Call(f"put_{noun}", put)
    return Row(
        type=type_,
        create=putting,
        id="{bucket}",
        read=Call(f"get_{noun}", "{Bucket: id}", take),
        update=putting,
        delete=Call(delete or f"delete_{noun}", "{Bucket: id}"),
        **{"replaces": ("bucket",), **more},
    )


ROWS = (
    Row(
        type="aws.s3.Bucket",
        create=Call("create_bucket", "{CreateBucketConfiguration: region != 'us-east-1' && {LocationConstraint: region} || `null`}"),
        id="{bucket}",
        read=Call("head_bucket", "{Bucket: id}"),
        delete=(Call(_empty, when="forceDestroy"), Call("delete_bucket", "{Bucket: id}")),
        names={"objectLockEnabled": "ObjectLockEnabledForBucket"},
        computed=ADDRESSES,
        replaces=("objectLockEnabled",),
        naming=NAMING,
    ),
    Row(
        type="aws.s3.BucketVersioning",
        create=Call("put_bucket_versioning"),
        id="{bucket}",
        read=Call("get_bucket_versioning", "{Bucket: id}", "Status && {versioningConfiguration: @}"),
        update=Call("put_bucket_versioning"),
        delete=Call("put_bucket_versioning", "{Bucket: id, VersioningConfiguration: {Status: 'Suspended'}}"),
        replaces=OWNED,
    ),
    setting("aws.s3.BucketPolicy", "bucket_policy"),
    setting("aws.s3.BucketPublicAccessBlock", "public_access_block", names=BLOCK_NAMES),
    setting(
        "aws.s3.BucketServerSideEncryptionConfiguration",
        "bucket_encryption",
        names={"rules": "ServerSideEncryptionConfiguration.Rules"},
        replaces=OWNED,
        limits={"rules": Limit(1, 1)},
        check=_encryption_failures,
    ),
    setting(
        "aws.s3.BucketLifecycleConfiguration",
        "bucket_lifecycle_configuration",
        delete="delete_bucket_lifecycle",
        names={"rules": "LifecycleConfiguration.Rules"},
        defaults={"transitionDefaultMinimumObjectSize": "all_storage_classes_128K"},
        replaces=OWNED,
        lost=("transitionDefaultMinimumObjectSize",),
        limits=LIFECYCLE_LIMITS,
        check=_lifecycle_failures,
    ),
    setting(
        "aws.s3.BucketOwnershipControls",
        "bucket_ownership_controls",
        put="{OwnershipControls: {Rules: [rule]}}",
        take="OwnershipControls.{rule: Rules[0]}",
    ),
)
