"""The password of Redis in Secrets Manager, where the instances of the services that use it read it at every start."""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.documents import policy, unread
from components.naming import stack_path
from components.secret_entries import RECOVERY_WINDOW_DAYS


@dataclass(frozen=True, kw_only=True)
class RedisSecretArgs:
    """Whose password, and who reads it."""

    account_id: str
    """The account of the readers."""
    readers: Sequence[str]
    """The services whose instances may read it, by the names of their resources."""
    key_arn: pulumi.Input[str]
    """The KMS key of the value."""
    password: pulumi.Input[str]
    """The value, as a secret."""
    user: pulumi.Resource
    """Takes the password before anybody is told of it."""


class RedisSecret(pulumi.ComponentResource):
    """An entry that keeps its ARN through all rotations; a rotation makes another version of it.

    Of this stack's roles only the readers get the value. Outside them IAM decides, since the engine reads back what it has written and
    has the value in its state anyway, whoever runs it. Stateful: protected. An entry costs 0.40 USD a month.
    """

    arn: pulumi.Output[str]
    """The entry."""
    ready: Sequence[pulumi.Resource]
    """What must be in place before the value is read."""

    def __init__(self, name: str, args: RedisSecretArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("switchyard:data:RedisSecret", name, None, opts)
        entry = self._entry(name, args)
        closed = self._policy(name, args, entry)
        self.arn, self.ready = entry.arn, [closed, self._value(name, args, entry, closed)]
        self.register_outputs({})

    def _entry(self, name: str, args: RedisSecretArgs) -> aws.secretsmanager.Secret:
        return aws.secretsmanager.Secret(
            name,
            description="The services' password for Redis; `switchyard rotate redis` makes the next one",
            kms_key_id=args.key_arn,
            recovery_window_in_days=RECOVERY_WINDOW_DAYS,
            opts=pulumi.ResourceOptions(parent=self, protect=True),
        )

    def _policy(self, name: str, args: RedisSecretArgs, entry: aws.secretsmanager.Secret) -> aws.secretsmanager.SecretPolicy:
        roles = f"arn:aws:iam::{args.account_id}:role"
        readers = [f"{roles}{stack_path(service)}/*" for service in args.readers]
        others = {
            "ArnLike": {"aws:PrincipalArn": f"{roles}{stack_path('*')}"},
            "ArnNotLike": {"aws:PrincipalArn": readers or [f"{roles}{stack_path('nobody')}"]},
        }
        return aws.secretsmanager.SecretPolicy(
            name,
            secret_arn=entry.arn,
            policy=policy(unread(Condition=others)),
            block_public_policy=True,
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _value(
        self, name: str, args: RedisSecretArgs, entry: aws.secretsmanager.Secret, closed: aws.secretsmanager.SecretPolicy
    ) -> aws.secretsmanager.SecretVersion:
        return aws.secretsmanager.SecretVersion(
            name,
            secret_id=entry.id,
            secret_string=args.password,
            opts=pulumi.ResourceOptions(parent=self, depends_on=[closed, args.user]),
        )
