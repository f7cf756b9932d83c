import json

import pulumi_aws as aws

from tests.components.archives import KEY, archive
from tests.graph import statements, takes_from, waits_for


def test_exports_grow_cold_and_go() -> None:
    """To Deep Archive after a month, and away after seven years; encrypted by the stack's key."""
    made = archive()
    (rule,) = made.one(aws.s3.BucketLifecycleConfiguration, "archive-expiring").inputs["rules"]
    assert rule["transitions"] == [{"days": 30, "storageClass": "DEEP_ARCHIVE"}]
    assert rule["expiration"] == {"days": 2557}
    (encrypted,) = made.one(aws.s3.BucketServerSideEncryptionConfiguration, "archive-encrypted").inputs["rules"]
    assert encrypted["applyServerSideEncryptionByDefault"]["kmsMasterKeyId"] == KEY
    assert made.one(aws.s3.Bucket, "archive").protect


def test_a_snapshot_starts_the_workflow() -> None:
    """By a role that may do nothing else, and which may do it before the target is there."""
    made = archive()
    target = made.one(aws.cloudwatch.EventTarget, "archive-start")
    assert takes_from(made, target, "rule", aws.cloudwatch.EventRule) == {"archive-snapshots"}
    assert takes_from(made, target, "arn", aws.sfn.StateMachine) == {"archive-export"}
    assert takes_from(made, target, "roleArn", aws.iam.Role) == {"archive-starter-role"}
    assert waits_for(made, target, aws.iam.RolePolicy) == {"archive-starter-may"}
    (may,) = statements(made.one(aws.iam.RolePolicy, "archive-starter-may").inputs["policy"]).values()
    assert may["Action"] == ["states:StartExecution"]
    pattern = json.loads(made.one(aws.cloudwatch.EventRule, "archive-snapshots").inputs["eventPattern"])
    assert pattern["detail"]["SourceIdentifier"] == [{"prefix": "rds:db-"}]


def test_rds_writes_the_bucket_and_nothing_else() -> None:
    """Under a role that it takes for this account alone, as every role here is taken."""
    made = archive()
    may = statements(made.one(aws.iam.RolePolicy, "archive-writer-may").inputs["policy"]).values()
    bucket = "arn:aws:s3:eu-west-1:123456789012:archive"
    assert {resource for statement in may for resource in statement["Resource"]} == {bucket, f"{bucket}/*"}
    takers = {}
    for role in made.of(aws.iam.Role):
        (trust,) = json.loads(role.inputs["assumeRolePolicy"])["Statement"]
        takers[role.name] = trust["Principal"]["Service"]
        assert trust["Condition"] == {"StringEquals": {"aws:SourceAccount": "123456789012"}}
    assert takers == {
        "archive-writer-role": "export.rds.amazonaws.com",
        "archive-export-role": "states.amazonaws.com",
        "archive-starter-role": "events.amazonaws.com",
    }
