import json
from typing import Any

import pulumi_aws as aws

from tests.configs import rendered
from tests.graph import plain, statements, takes_from, waits_for
from tests.rendering import SECRET_KEY, Rendering

PASSWORD = "random:index/randomPassword:RandomPassword"


def test_the_password_is_made_here_and_kept_as_a_secret(old_stack: Rendering) -> None:
    """What goes to RDS and to Secrets Manager is marked as one, so that no state, preview or log shows it."""
    version = old_stack.one(aws.secretsmanager.SecretVersion, "database-master-value").inputs["secretString"]
    instance = old_stack.one(aws.rds.Instance, "database").inputs["password"]
    assert SECRET_KEY in version
    assert SECRET_KEY in instance
    assert json.loads(plain(version)) == {"username": "switchyard", "password": plain(instance)}


def test_another_version_is_another_password() -> None:
    """Nothing else changes with it."""
    one, two = (rendered({"database.password_version": version}) for version in (1, 2))
    keepers = [stack.one(PASSWORD, "database-master").inputs["keepers"] for stack in (one, two)]
    assert keepers == [{"version": "1"}, {"version": "2"}]
    assert one.one(aws.secretsmanager.Secret, "database-master-entry") == two.one(aws.secretsmanager.Secret, "database-master-entry")


def test_rds_takes_every_character_of_it(new_stack: Rendering) -> None:
    """Letters and digits: a slash, a quote, an at sign or a space would be refused."""
    made = new_stack.one(PASSWORD, "database-master").inputs
    assert made["special"] is False
    assert made["length"] == 40


def test_only_administrators_read_it(old_stack: Rendering) -> None:
    """Services, and whoever may read secrets otherwise, are refused; that holds before there is a value."""
    policy = old_stack.one(aws.secretsmanager.SecretPolicy, "database-master-policy")
    (statement,) = statements(policy.inputs["policy"]).values()
    readers = statement["Condition"]["ArnNotLike"]["aws:PrincipalArn"]
    assert (statement["Effect"], statement["Action"]) == ("Deny", "secretsmanager:GetSecretValue")
    assert readers == [
        "arn:aws:iam::123456789012:root",
        "arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/*AWSReservedSSO_AdministratorAccess_*",
        "arn:aws:iam::123456789012:role/switchyard/administrators/*",
    ]
    version = old_stack.one(aws.secretsmanager.SecretVersion, "database-master-value")
    assert waits_for(old_stack, version, aws.secretsmanager.SecretPolicy) == {"database-master-policy"}


def test_the_entry_is_encrypted_and_hard_to_lose(new_stack: Rendering) -> None:
    """Under the stack's key, protected, and recoverable for 30 days."""
    entry = new_stack.one(aws.secretsmanager.Secret, "database-master-entry")
    assert entry.protect
    assert entry.inputs["recoveryWindowInDays"] == 30
    assert takes_from(new_stack, entry, "kmsKeyId", aws.kms.Key) == {"encryption-data"}


def test_no_service_may_read_the_entry(old_stack: Rendering) -> None:
    """It stands in no role's policy."""
    policies: list[Any] = [made.inputs["policy"] for made in old_stack.of(aws.iam.RolePolicy)]
    assert [policy for policy in policies if "database-master" in policy] == []
