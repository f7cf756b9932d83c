import json

import pulumi_aws as aws

from tests.configs import rendered
from tests.graph import statements, takes_from, waits_for
from tests.rendering import Rendering

ARN = "arn:aws:s3:eu-west-1:123456789012:{}"


def test_the_copy_is_in_the_recovery_region() -> None:
    """With its key; the bucket that releases are uploaded to is in the stack's own."""
    made = rendered({"recovery.region": "eu-north-1"})
    kinds = (aws.s3.Bucket, aws.kms.Key)
    assert {made.one(kind, name).inputs["region"] for kind, name in zip(kinds, ("site-copy", "encryption-site-copy"), strict=True)} == {
        "eu-north-1"
    }
    assert "region" not in made.one(aws.s3.Bucket, "site").inputs


def test_replication_waits_for_versions_on_both_sides(new_stack: Rendering) -> None:
    """S3 refuses it for a bucket that keeps none."""
    copies = new_stack.one(aws.s3.BucketReplicationConfig, "site-copies")
    assert takes_from(new_stack, copies, "bucket", aws.s3.BucketVersioning) == {"site-versioned"}
    assert takes_from(new_stack, copies, "rules", aws.s3.BucketVersioning) == {"site-copy-versioned"}


def test_replication_waits_until_its_role_may_copy(new_stack: Rendering) -> None:
    """What is uploaded before is never copied: S3 tries each file once."""
    copies = new_stack.one(aws.s3.BucketReplicationConfig, "site-copies")
    assert takes_from(new_stack, copies, "role", aws.iam.Role) == {"site-copier"}
    assert waits_for(new_stack, copies, aws.iam.RolePolicy) == {"site-may-copy"}


def test_every_file_is_copied_and_encrypted_anew(old_stack: Rendering) -> None:
    """By the key of the second region. What is deleted stays in the copy: one mistake does not take the site away."""
    (rule,) = old_stack.one(aws.s3.BucketReplicationConfig, "site-copies").inputs["rules"]
    assert (rule["status"], rule["filter"]) == ("Enabled", {"prefix": ""})
    assert rule["sourceSelectionCriteria"] == {"sseKmsEncryptedObjects": {"status": "Enabled"}}
    assert rule["deleteMarkerReplication"] == {"status": "Disabled"}
    assert rule["destination"]["bucket"] == "arn:aws:s3:::site-copy-0123456"
    key = old_stack.one(aws.kms.Key, "encryption-site-copy")
    assert rule["destination"]["encryptionConfiguration"]["replicaKmsKeyId"].endswith(f":{key.name}")


def test_the_copier_is_s3_alone(new_stack: Rendering) -> None:
    """No person and no instance takes its role, and S3 takes it for no other account."""
    (trust,) = json.loads(new_stack.one(aws.iam.Role, "site-copier").inputs["assumeRolePolicy"])["Statement"]
    assert trust["Principal"] == {"Service": "s3.amazonaws.com"}
    assert trust["Condition"] == {"StringEquals": {"aws:SourceAccount": "123456789012"}}


def test_the_copier_reads_one_bucket_and_writes_the_other(old_stack: Rendering) -> None:
    """It deletes nothing, and each key serves one side."""
    found = statements(old_stack.one(aws.iam.RolePolicy, "site-may-copy").inputs["policy"])
    may = {action: statement["Resource"] for statement in found.values() for action in statement["Action"]}
    home, copy = ARN.format("site"), ARN.format("site-copy")
    assert may.pop("kms:Decrypt")[0].endswith(":encryption-site")
    assert {resource for action in ("kms:Encrypt", "kms:GenerateDataKey") for resource in may.pop(action)} == {
        "arn:aws:kms:eu-west-1:123456789012:encryption-site-copy"
    }
    read = [f"s3:GetObjectVersion{what}" for what in ("ForReplication", "Acl", "Tagging")]
    where = {
        home: ["s3:GetReplicationConfiguration", "s3:ListBucket"],
        f"{home}/*": read,
        f"{copy}/*": ["s3:ReplicateObject", "s3:ReplicateTags"],
    }
    assert may == {action: [resource] for resource, actions in where.items() for action in actions}
