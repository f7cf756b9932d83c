import pulumi_aws as aws

from tests.graph import statements, takes_from
from tests.rendering import Rendering


def test_an_entry_is_kept_encrypted_and_empty(new_stack: Rendering) -> None:
    """Protected, recoverable for 30 days, under the stack's key; the stack holds no value and no version."""
    entry = new_stack.one(aws.secretsmanager.Secret, "api-payment-key")
    assert entry.protect
    assert entry.inputs["recoveryWindowInDays"] == 30
    assert takes_from(new_stack, entry, "kmsKeyId", aws.kms.Key) == {"encryption-data"}
    assert new_stack.of(aws.secretsmanager.SecretVersion) == []


def test_only_the_service_s_own_roles_read_a_value(old_stack: Rendering) -> None:
    """A refusal to all others, administrators included: they set it and need not read it."""
    policy = old_stack.one(aws.secretsmanager.SecretPolicy, "api-payment-key")
    (statement,) = statements(policy.inputs["policy"]).values()
    assert statement == {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "secretsmanager:GetSecretValue",
        "Resource": "*",
        "Condition": {"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::123456789012:role/switchyard/prod/api/*"}},
    }
    assert policy.inputs["blockPublicPolicy"] is True


def test_the_readers_path_is_where_the_service_s_roles_are(old_stack: Rendering) -> None:
    """Neither a longer service name nor another stack falls under it."""
    path = "/switchyard/prod/api/"
    roles = {role.name: role.inputs["path"] for role in old_stack.of(aws.iam.Role) if "path" in role.inputs}
    assert {name for name, of_role in roles.items() if of_role == path} == {"api-blue-role", "api-green-role"}
