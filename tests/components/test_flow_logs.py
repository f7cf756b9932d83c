import json

import pulumi_aws as aws

from tests.graph import statements, takes_from, waits_for
from tests.rendering import Rendering


def test_every_connection_of_the_vpc_is_recorded(new_stack: Rendering) -> None:
    """Accepted and refused, by the minute."""
    log = new_stack.one(aws.ec2.FlowLog, "flow-all")
    assert log.inputs["trafficType"] == "ALL"
    assert log.inputs["maxAggregationInterval"] == 60
    assert takes_from(new_stack, log, "vpcId", aws.ec2.Vpc) == {"network-vpc"}
    assert takes_from(new_stack, log, "logDestination", aws.cloudwatch.LogGroup) == {"flow-records"}
    assert waits_for(new_stack, log, aws.iam.RolePolicy) == {"flow-writes"}


def test_the_record_is_kept_and_encrypted(new_stack: Rendering) -> None:
    """Below the stack's path, where the logs key lets CloudWatch use it."""
    group = new_stack.one(aws.cloudwatch.LogGroup, "flow-records")
    assert group.protect
    assert group.inputs["name"] == "/switchyard/prod/flow"
    assert group.inputs["retentionInDays"] == 365
    assert takes_from(new_stack, group, "kmsKeyId", aws.kms.Key) == {"encryption-logs"}


def test_the_role_writes_its_own_group_for_this_account(old_stack: Rendering) -> None:
    """The flow-log service takes it for logs of this account only; listing groups knows no resource."""
    trust = json.loads(old_stack.one(aws.iam.Role, "flow-role").inputs["assumeRolePolicy"])["Statement"]
    assert [(each["Principal"], each["Condition"]) for each in trust] == [
        ({"Service": "vpc-flow-logs.amazonaws.com"}, {"StringEquals": {"aws:SourceAccount": "123456789012"}})
    ]
    found = list(statements(old_stack.one(aws.iam.RolePolicy, "flow-writes").inputs["policy"]).values())
    assert [statement["Action"] for statement in found if "*" in statement["Resource"]] == [["logs:DescribeLogGroups"]]
    assert {action for statement in found for action in statement["Action"]} == {
        "logs:CreateLogStream",
        "logs:PutLogEvents",
        "logs:DescribeLogStreams",
        "logs:DescribeLogGroups",
    }
