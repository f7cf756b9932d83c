"""Specs of Secrets Manager."""

from typing import Any

from tests.sandbox.provider.world import Spec, World

POLICY = (
    '{{"Version": "2012-10-17", "Statement": [{{"Effect": "Deny", "Principal": "*", "Action": "secretsmanager:{0}", "Resource": "*"}}]}}'
)


def _secret(world: World) -> dict[str, Any]:
    return {
        "description": "Set outside.",
        "kmsKeyId": world.make("aws.kms.Key").outputs["arn"],
        "recoveryWindowInDays": 7,
        "tags": {"service": "api"},
    }


def _policy(world: World) -> dict[str, Any]:
    return {"secretArn": world.id("aws.secretsmanager.Secret"), "policy": POLICY.format("GetSecretValue"), "blockPublicPolicy": True}


SPECS = (
    Spec(
        type="aws.secretsmanager.Secret",
        inputs=_secret,
        change={"description": "Set by hand.", "policy": POLICY.format("PutSecretValue"), "tags": {"service": "web"}},
        replace={"name": "another"},
        not_imported=("recoveryWindowInDays",),
    ),
    Spec(
        type="aws.secretsmanager.SecretPolicy",
        inputs=_policy,
        change={"policy": POLICY.format("PutSecretValue")},
        replace={"secretArn": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:another-a1b2c3"},
        not_imported=("blockPublicPolicy",),
    ),
    Spec(
        type="aws.secretsmanager.SecretVersion",
        inputs=lambda world: {"secretId": world.id("aws.secretsmanager.Secret"), "secretString": "a value that the program made"},
        change={"versionStages": ["AWSCURRENT", "checked"]},
        replace={"secretString": "another value"},
        remains="the current value of an entry goes with the entry alone",
    ),
)
