import pulumi_aws as aws
import pulumi_random as random

from tests.configs import rendered
from tests.graph import statements, takes_from, waits_for
from tests.rendering import SECRET_KEY, Rendering

ROLES = "arn:aws:iam::123456789012:role/switchyard/prod"


def test_the_entry_keeps_its_arn_through_a_rotation() -> None:
    """What instances are told is the entry; a rotation changes its version, the users and one password."""
    before, after = (rendered({"redis.password_version": version}) for version in (1, 2))
    inputs = {made.urn: made.inputs for made in before.registrations}
    assert {made.name for made in after.registrations if made.inputs != inputs[made.urn]} == {"redis-users-even"}
    told = [rendering.one(aws.ssm.Parameter, "api-blue-secret-redis-password") for rendering in (before, after)]
    assert takes_from(before, told[0], "value", aws.secretsmanager.Secret) == {"redis-password"}
    assert told[0].dependencies == told[1].dependencies
    version = after.one(aws.secretsmanager.SecretVersion, "redis-password")
    assert takes_from(after, version, "secretString", random.RandomPassword) == {"redis-users-even"}
    version = before.one(aws.secretsmanager.SecretVersion, "redis-password")
    assert takes_from(before, version, "secretString", random.RandomPassword) == {"redis-users-odd"}


def test_redis_takes_a_password_before_anybody_is_told_of_it(new_stack: Rendering) -> None:
    """And nobody reads it before the policy is in force."""
    version = new_stack.one(aws.secretsmanager.SecretVersion, "redis-password")
    assert waits_for(new_stack, version, aws.elasticache.User) == {"redis-users-services"}
    assert waits_for(new_stack, version, aws.secretsmanager.SecretPolicy) == {"redis-password"}


def test_the_entry_is_kept_and_encrypted(old_stack: Rendering) -> None:
    """Protected, recoverable for 30 days, under the stack's key; its value is marked as a secret."""
    entry = old_stack.one(aws.secretsmanager.Secret, "redis-password")
    assert entry.protect
    assert entry.inputs["recoveryWindowInDays"] == 30
    assert takes_from(old_stack, entry, "kmsKeyId", aws.kms.Key) == {"encryption-data"}
    assert SECRET_KEY in old_stack.one(aws.secretsmanager.SecretVersion, "redis-password").inputs["secretString"]


def test_of_the_stack_s_roles_only_those_that_use_redis_read_it() -> None:
    """The engine, which is none of them, reads back what it has written."""
    policy = rendered({"services.api.uses": ["redis"]}, preview=False).one(aws.secretsmanager.SecretPolicy, "redis-password")
    (statement,) = statements(policy.inputs["policy"]).values()
    assert (statement["Effect"], statement["Principal"], statement["Action"]) == ("Deny", "*", "secretsmanager:GetSecretValue")
    assert statement["Condition"] == {
        "ArnLike": {"aws:PrincipalArn": f"{ROLES}/*"},
        "ArnNotLike": {"aws:PrincipalArn": [f"{ROLES}/api/*"]},
    }
    assert policy.inputs["blockPublicPolicy"] is True


def test_nobody_reads_it_when_nobody_uses_redis() -> None:
    """A pattern of no role stands for an empty list, which IAM would not take."""
    policy = rendered({"services.api.uses": []}, preview=False).one(aws.secretsmanager.SecretPolicy, "redis-password")
    (statement,) = statements(policy.inputs["policy"]).values()
    assert statement["Condition"]["ArnNotLike"] == {"aws:PrincipalArn": [f"{ROLES}/nobody"]}
