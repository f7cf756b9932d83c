import json

import pulumi_aws as aws

from tests.graph import takes_from
from tests.rendering import Rendering


def test_every_instance_stands_in_the_data_tier(new_stack: Rendering) -> None:
    """Whose subnets reach nothing; replicas stand where their source does."""
    group = new_stack.one(aws.rds.SubnetGroup, "database-subnets")
    subnets = {f"network-data-{zone}" for zone in "abc"}
    assert takes_from(new_stack, group, "subnetIds", aws.ec2.Subnet) == subnets
    instance = new_stack.one(aws.rds.Instance, "database")
    assert takes_from(new_stack, instance, "dbSubnetGroupName", aws.rds.SubnetGroup) == {"database-subnets"}


def test_the_operating_system_is_measured_for_this_account_alone(old_stack: Rendering) -> None:
    """By a role that writes the one log group which RDS has for it."""
    role = old_stack.one(aws.iam.Role, "database-measures")
    (statement,) = json.loads(role.inputs["assumeRolePolicy"])["Statement"]
    assert statement["Principal"] == {"Service": "monitoring.rds.amazonaws.com"}
    assert statement["Condition"] == {"StringEquals": {"aws:SourceAccount": "123456789012"}}
    allowed = json.loads(old_stack.one(aws.iam.RolePolicy, "database-may-measure").inputs["policy"])["Statement"]
    groups = {resource for each in allowed for resource in each["Resource"]}
    prefix = "arn:aws:logs:eu-west-1:123456789012:log-group:RDS*"
    assert groups == {prefix, f"{prefix}:log-stream:*"}
