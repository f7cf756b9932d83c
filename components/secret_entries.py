"""Places for secrets: the stack makes entry, policy and key; the value is set outside and never passes through here."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.documents import Statement, policy, unread
from components.naming import retiring_tag, stack_path

RECOVERY_WINDOW_DAYS = 30


@dataclass(frozen=True, kw_only=True)
class SecretEntriesArgs:
    """Which secrets, and who reads them."""

    account_id: str
    """The account of the readers."""
    owner: str
    """How the entries' names begin: the name of the service whose own they are, or `shared`."""
    readers: Mapping[str, Collection[str]]
    """By the name of a secret, the services whose instances may read its value. One that nobody reads is no longer protected."""
    key_arn: pulumi.Input[str]
    """The KMS key of the values."""
    tags: Mapping[str, str]
    """Whose they are."""
    retiring: bool
    """Whether none of the entries is protected any longer."""


class SecretEntries(pulumi.ComponentResource):
    """One Secrets Manager entry a name, whose value only the instance roles of the services that read it can read.

    Stateful: protected until the owner is retiring, or nobody reads it. An entry costs 0.40 USD a month.
    """

    arns: Mapping[str, pulumi.Output[str]]
    """The entry of each name, once its policy is in place."""
    policies: Mapping[str, aws.secretsmanager.SecretPolicy]
    """By the name of a secret, what must be in place before its value is read."""

    def __init__(self, name: str, args: SecretEntriesArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("switchyard:service:SecretEntries", name, None, opts)
        entries = {secret: self._entry(secret, args) for secret in args.readers}
        self.policies = {secret: self._policy(secret, args, entry) for secret, entry in entries.items()}
        self.arns = {secret: entry.arn for secret, entry in entries.items()}
        self.register_outputs({})

    def _entry(self, secret: str, args: SecretEntriesArgs) -> aws.secretsmanager.Secret:
        given_up = args.retiring or not args.readers[secret]
        return aws.secretsmanager.Secret(
            f"{args.owner}-{secret}",
            description="Set with `aws secretsmanager put-secret-value`; read by instances at every start",
            kms_key_id=args.key_arn,
            recovery_window_in_days=RECOVERY_WINDOW_DAYS,
            tags={**args.tags, **retiring_tag(given_up)},
            opts=pulumi.ResourceOptions(parent=self, protect=not given_up),
        )

    def _policy(self, secret: str, args: SecretEntriesArgs, entry: aws.secretsmanager.Secret) -> aws.secretsmanager.SecretPolicy:
        return aws.secretsmanager.SecretPolicy(
            f"{args.owner}-{secret}",
            secret_arn=entry.arn,
            policy=policy(_others(args.account_id, args.readers[secret])),
            block_public_policy=True,
            opts=pulumi.ResourceOptions(parent=self),
        )


def _others(account_id: str, readers: Collection[str]) -> Statement:
    """A refusal to everybody but the roles of these services; to everybody where there is none."""
    roles = [f"arn:aws:iam::{account_id}:role{stack_path(service)}/*" for service in readers]
    if not roles:
        return unread()
    return unread(Condition={"ArnNotLike": {"aws:PrincipalArn": roles[0] if len(roles) == 1 else roles}})
