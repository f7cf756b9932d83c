import json
from collections.abc import Callable
from typing import Any

import pulumi
import pulumi_aws as aws

from components.documents import Statement, allow, assumed_by, policy, tls_only
from tests.rendering import run


def _policy(statement: Callable[[], Statement]) -> Any:
    def program() -> None:
        provider = aws.Provider("aws", region="eu-west-1")
        aws.sns.Topic("seen", name=policy(statement()), opts=pulumi.ResourceOptions(provider=provider))

    return json.loads(run(program, {}).one(aws.sns.Topic, "seen").inputs["name"])


def test_a_policy_is_a_document_of_the_current_language() -> None:
    """Its statements may hold outputs."""
    made = _policy(lambda: allow(["s3:GetObject"], [pulumi.Output.from_input("arn:aws:s3:::b/*")], Sid="Read"))
    statement = {"Effect": "Allow", "Action": ["s3:GetObject"], "Resource": ["arn:aws:s3:::b/*"], "Sid": "Read"}
    assert made == {"Version": "2012-10-17", "Statement": [statement]}


def test_a_role_is_taken_by_one_service_under_its_condition() -> None:
    """A trust policy names a service and nobody else."""
    own = {"StringEquals": {"aws:SourceAccount": "123456789012"}}
    statement = {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}
    assert json.loads(assumed_by("ec2.amazonaws.com"))["Statement"] == [statement]
    assert json.loads(assumed_by("ec2.amazonaws.com", Condition=own))["Statement"] == [{**statement, "Condition": own}]


def test_a_bucket_refuses_everybody_who_comes_without_tls() -> None:
    """The bucket and what is in it."""
    (statement,) = _policy(lambda: tls_only("s3:*", ["arn:aws:s3:::b", "arn:aws:s3:::b/*"]))["Statement"]
    assert statement["Effect"] == "Deny"
    assert statement["Principal"] == "*"
    assert statement["Resource"] == ["arn:aws:s3:::b", "arn:aws:s3:::b/*"]
    assert statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
