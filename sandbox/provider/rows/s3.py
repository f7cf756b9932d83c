"""S3: buckets, and what is set on a bucket by a resource of its own."""

from typing import Any

from sandbox.provider.limits import Limit
from sandbox.provider.names import Naming
from sandbox.provider.row import Call, Facts, Row

BLOCKS = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")


def _empty(client: Any, facts: Facts) -> None:
    """Delete all versions of all objects, as `forceDestroy` promises."""
    for page in client.get_paginator("list_object_versions").paginate(Bucket=facts["id"]):
        for entry in (*page.get("Versions", ()), *page.get("DeleteMarkers", ())):
            client.delete_object(Bucket=facts["id"], Key=entry["Key"], VersionId=entry["VersionId"])


ROWS = (
    Row(
        type="aws.s3.Bucket",
        create=Call("create_bucket", "{CreateBucketConfiguration: region != 'us-east-1' && {LocationConstraint: region} || `null`}"),
        id="{bucket}",
        read=Call("head_bucket", "{Bucket: id}"),
        delete=(Call(_empty, when="forceDestroy"), Call("delete_bucket", "{Bucket: id}")),
        names={"objectLockEnabled": "ObjectLockEnabledForBucket"},
        computed={
            "arn": "arn:aws:s3:::{bucket}",
            "bucketRegion": "{region}",
            "bucketDomainName": "{bucket}.s3.amazonaws.com",
            "bucketRegionalDomainName": "{bucket}.s3.{region}.amazonaws.com",
        },
        defaults={"forceDestroy": False},
        replaces=("bucket", "bucketPrefix", "objectLockEnabled"),
        kept=("forceDestroy",),
        naming=Naming(63, "bucket", lower=True),
        limits={"bucket": Limit(3, 63, r"(?!xn--|sthree-)[a-z0-9](?!.*\.\.)[a-z0-9.-]*[a-z0-9]")},
    ),
    Row(
        type="aws.s3.BucketPolicy",
        create=Call("put_bucket_policy"),
        id="{bucket}",
        read=Call("get_bucket_policy", "{Bucket: id}"),
        update=Call("put_bucket_policy"),
        delete=Call("delete_bucket_policy", "{Bucket: id}"),
        replaces=("bucket",),
        documents=("policy",),
    ),
    Row(
        type="aws.s3.BucketVersioning",
        create=Call("put_bucket_versioning"),
        id="{bucket}",
        read=Call("get_bucket_versioning", "{Bucket: id}", "Status && {versioningConfiguration: @}"),
        update=Call("put_bucket_versioning"),
        delete=Call("put_bucket_versioning", "{Bucket: id, VersioningConfiguration: {Status: 'Suspended'}}"),
        replaces=("bucket", "expectedBucketOwner"),
    ),
    Row(
        type="aws.s3.BucketPublicAccessBlock",
        create=Call("put_public_access_block"),
        id="{bucket}",
        read=Call("get_public_access_block", "{Bucket: id}"),
        update=Call("put_public_access_block"),
        delete=Call("delete_public_access_block", "{Bucket: id}"),
        names={block: f"PublicAccessBlockConfiguration.{block[0].upper()}{block[1:]}" for block in BLOCKS},
        defaults=dict.fromkeys(BLOCKS, False),
        replaces=("bucket",),
        kept=("skipDestroy",),
    ),
)
