import json

import pulumi
import pulumi_aws as aws
import pytest

from components.instance_role import InstanceRole, InstanceRoleArgs
from settings_database import MOST_REPLICAS
from tests.configs import rendered
from tests.graph import statements, takes_from
from tests.rendering import Rendering, run

ACCOUNT = "123456789012"


def test_the_role_is_ec2_s_and_lies_on_the_service_s_path(old_stack: Rendering) -> None:
    """The secrets' policies name the path."""
    role = old_stack.one(aws.iam.Role, "api-blue-role")
    (trust,) = json.loads(role.inputs["assumeRolePolicy"])["Statement"]
    assert trust == {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}
    assert role.inputs["path"] == "/switchyard/prod/api/"
    profile = old_stack.one(aws.iam.InstanceProfile, "api-blue-profile")
    assert takes_from(old_stack, profile, "role", aws.iam.Role) == {"api-blue-role"}


def test_a_color_may_do_what_its_boot_template_does_and_no_more(old_stack: Rendering) -> None:
    """Read its settings and secrets, pull its image, write its log, log in to the database, be reached by Session Manager."""
    found = statements(old_stack.one(aws.iam.RolePolicy, "api-blue-may").inputs["policy"])
    actions = {sid: set(statement["Action"]) for sid, statement in found.items()}
    assert actions == {
        "OwnSettings": {"ssm:GetParametersByPath"},
        "OwnImage": {"ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:BatchCheckLayerAvailability"},
        "RegistryLogin": {"ecr:GetAuthorizationToken"},
        "SessionManager": {
            "ssm:UpdateInstanceInformation",
            "ssmmessages:CreateControlChannel",
            "ssmmessages:CreateDataChannel",
            "ssmmessages:OpenControlChannel",
            "ssmmessages:OpenDataChannel",
        },
        "OwnLog": {"logs:CreateLogStream", "logs:PutLogEvents"},
        "OwnSecrets": {"secretsmanager:GetSecretValue"},
        "SecretsKey": {"kms:Decrypt"},
        "OwnDatabaseUser": {"rds-db:connect"},
    }
    assert {statement["Effect"] for statement in found.values()} == {"Allow"}


def test_only_actions_that_know_no_resource_name_all(old_stack: Rendering) -> None:
    """Session Manager's and the registry's login; everything else names what is the color's own."""
    found = statements(old_stack.one(aws.iam.RolePolicy, "api-blue-may").inputs["policy"])
    assert {sid for sid, statement in found.items() if "*" in statement["Resource"]} == {"RegistryLogin", "SessionManager"}
    folders = [f"arn:aws:ssm:eu-west-1:{ACCOUNT}:parameter/switchyard/prod/api/{folder}" for folder in ("blue", "endpoints")]
    assert set(found["OwnSettings"]["Resource"]) == {*folders, *(f"{folder}/*" for folder in folders)}
    assert found["OwnImage"]["Resource"] == [f"arn:aws:ecr:eu-west-1:{ACCOUNT}:repository/api"]
    assert found["SecretsKey"]["Condition"] == {"StringEquals": {"kms:ViaService": "secretsmanager.eu-west-1.amazonaws.com"}}


def test_the_log_and_the_secrets_are_the_color_s(new_stack: Rendering) -> None:
    """Known by where the policy's text comes from."""
    policy = new_stack.one(aws.iam.RolePolicy, "api-green-may")
    assert takes_from(new_stack, policy, "policy", aws.cloudwatch.LogGroup) == {"api-green-log"}
    assert takes_from(new_stack, policy, "policy", aws.secretsmanager.Secret) == {"api-payment-key", "shared-sentry-dsn", "redis-password"}
    web = new_stack.one(aws.iam.RolePolicy, "web-green-may")
    assert takes_from(new_stack, web, "policy", aws.secretsmanager.Secret) == {"shared-sentry-dsn", "redis-password"}


def test_an_image_may_come_from_another_account_and_region() -> None:
    """A shared registry is named as it stands in the pin."""
    image = f"999999999999.dkr.ecr.us-east-1.amazonaws.com/team/api@sha256:{'a' * 64}"
    made = rendered({"services.api.blue.image": image}, preview=False)
    found = statements(made.one(aws.iam.RolePolicy, "api-blue-may").inputs["policy"])
    assert found["OwnImage"]["Resource"] == ["arn:aws:ecr:us-east-1:999999999999:repository/team/api"]


def test_an_image_that_no_policy_can_name_is_refused() -> None:
    """Settings refuse it first; the component does not guess either."""

    def program() -> None:
        args = InstanceRoleArgs(
            account_id=ACCOUNT,
            region="eu-west-1",
            path="/p",
            parameter_paths=["/p/blue"],
            image="nginx:latest",
            secret_arns=[],
            key_arn="arn:key",
            log_group_arn="arn:log",
            database_users=[],
            tags={},
        )
        InstanceRole("one", args, pulumi.ResourceOptions(providers=[aws.Provider("aws", region="eu-west-1")]))

    with pytest.raises(ValueError, match="'nginx:latest' is not an image in ECR by digest"):
        run(program, {})


def test_the_largest_policy_fits_into_a_role(old_stack: Rendering) -> None:
    """10,240 characters of inline policies a role; the longest names, as many secrets as settings admit, and as many replicas."""
    one = old_stack.one(aws.iam.RolePolicy, "api-blue-may").inputs["policy"]
    arn = f'"arn:aws:secretsmanager:ap-southeast-2:{ACCOUNT}:secret:checkouts1-{"s" * 63}-1234567-AbCdEf", '
    login = f'"arn:aws:rds-db:ap-southeast-2:{ACCOUNT}:dbuser:db-{"A" * 26}/checkouts1", '
    assert len(one.replace(" ", "")) + 40 * len(arn) + (1 + MOST_REPLICAS) * len(login) <= 10_240
