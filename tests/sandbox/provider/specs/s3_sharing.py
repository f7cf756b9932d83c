"""Specs of what a bucket gives to others."""

import json
from typing import Any

from tests.sandbox.provider.specs.iam import role
from tests.sandbox.provider.world import Spec, World

KEY = "arn:aws:kms:eu-central-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef"


def versioned(world: World, region: str) -> str:
    """Return a bucket that keeps versions."""
    bucket = world.id("aws.s3.Bucket", region=region)
    world.make("aws.s3.BucketVersioning", bucket=bucket, region=region, versioningConfiguration={"status": "Enabled"})
    return bucket


def rule(bucket: str) -> dict[str, Any]:
    """Return the rule that copies everything to a bucket."""
    return {
        "id": "everything",
        "status": "Enabled",
        "priority": 0,
        "filter": {"prefix": ""},
        "deleteMarkerReplication": {"status": "Enabled"},
        "sourceSelectionCriteria": {"sseKmsEncryptedObjects": {"status": "Enabled"}},
        "destination": {
            "bucket": f"arn:aws:s3:::{bucket}",
            "storageClass": "STANDARD_IA",
            "encryptionConfiguration": {"replicaKmsKeyId": KEY},
            "metrics": {"status": "Enabled", "eventThreshold": {"minutes": 15}},
            "replicationTime": {"status": "Enabled", "time": {"minutes": 15}},
        },
    }


def _replication(world: World) -> dict[str, Any]:
    return {
        "bucket": versioned(world, "eu-west-1"),
        "role": f"arn:aws:iam::123456789012:role/{role(world)}",
        "rules": [rule(versioned(world, "eu-central-1"))],
    }


def _logging(world: World) -> dict[str, Any]:
    target = world.id("aws.s3.Bucket")
    writing = {
        "Effect": "Allow",
        "Principal": {"Service": "logging.s3.amazonaws.com"},
        "Action": "s3:PutObject",
        "Resource": f"arn:aws:s3:::{target}/*",
    }
    world.make("aws.s3.BucketPolicy", bucket=target, policy=json.dumps({"Version": "2012-10-17", "Statement": [writing]}))
    return {
        "bucket": world.id("aws.s3.Bucket"),
        "targetBucket": target,
        "targetPrefix": "site/",
        "targetObjectKeyFormat": {"partitionedPrefix": {"partitionDateSource": "EventTime"}},
    }


SPECS = (
    Spec(
        type="aws.s3.BucketReplicationConfig",
        inputs=_replication,
        change={"role": "arn:aws:iam::123456789012:role/another"},
        replace={"bucket": "another-bucket"},
        not_imported=("rules",),
    ),
    Spec(
        type="aws.s3.BucketLogging",
        inputs=_logging,
        change={"targetPrefix": "releases/", "targetObjectKeyFormat": {"partitionedPrefix": {"partitionDateSource": "DeliveryTime"}}},
        replace={"bucket": "another-bucket"},
        not_imported=("targetObjectKeyFormat",),
    ),
    Spec(
        type="aws.s3.BucketCorsConfiguration",
        inputs=lambda world: {
            "bucket": world.id("aws.s3.Bucket"),
            "corsRules": [{"allowedMethods": ["GET"], "allowedOrigins": ["https://app.example.com"], "maxAgeSeconds": 300}],
        },
        change={"corsRules": [{"allowedMethods": ["GET", "HEAD"], "allowedOrigins": ["*"], "allowedHeaders": ["*"]}]},
        replace={"bucket": "another-bucket"},
    ),
)
