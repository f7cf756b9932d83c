"""Places for a service's secrets: the stack makes entry, policy and key; the value is set outside and never passes through here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.documents import policy
from components.naming import retiring_tag, stack_path

RECOVERY_WINDOW_DAYS = 30


@dataclass(frozen=True, kw_only=True)
class SecretEntriesArgs:
    """Which secrets, and who reads them."""

    account_id: str
    """The account of the readers."""
    service: str
    """The service whose instances may read the values."""
    secrets: Sequence[str]
    """Names that either color's pins list."""
    key_arn: pulumi.Input[str]
    """The KMS key of the values."""
    retiring: bool
    """Whether the entries are no longer protected."""


class SecretEntries(pulumi.ComponentResource):
    """One Secrets Manager entry a name, whose value only the service's own instance roles can read.

    Stateful: protected until the service is retiring. An entry costs 0.40 USD a month.
    """

    arns: Mapping[str, pulumi.Output[str]]
    """The entry of each name, once its policy is in place."""
    policies: Sequence[aws.secretsmanager.SecretPolicy]
    """What must be in place before a value is read."""

    def __init__(self, name: str, args: SecretEntriesArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("switchyard:service:SecretEntries", name, None, opts)
        entries = {secret: self._entry(f"{args.service}-{secret}", args) for secret in args.secrets}
        policies = {secret: self._policy(f"{args.service}-{secret}", args, entry) for secret, entry in entries.items()}
        self.arns = {secret: entry.arn for secret, entry in entries.items()}
        self.policies = list(policies.values())
        self.register_outputs({})

    def _entry(self, name: str, args: SecretEntriesArgs) -> aws.secretsmanager.Secret:
        return aws.secretsmanager.Secret(
            name,
            description=f"Set with `aws secretsmanager put-secret-value`; read by instances of {args.service} at every start",
            kms_key_id=args.key_arn,
            recovery_window_in_days=RECOVERY_WINDOW_DAYS,
            tags={"service": args.service, **retiring_tag(args.retiring)},
            opts=pulumi.ResourceOptions(parent=self, protect=not args.retiring),
        )

    def _policy(self, name: str, args: SecretEntriesArgs, entry: aws.secretsmanager.Secret) -> aws.secretsmanager.SecretPolicy:
        readers = f"arn:aws:iam::{args.account_id}:role{stack_path(args.service)}/*"
        others = {
            "Effect": "Deny",
            "Principal": "*",
            "Action": "secretsmanager:GetSecretValue",
            "Resource": "*",
            "Condition": {"ArnNotLike": {"aws:PrincipalArn": readers}},
        }
        return aws.secretsmanager.SecretPolicy(
            name,
            secret_arn=entry.arn,
            policy=policy(others),
            block_public_policy=True,
            opts=pulumi.ResourceOptions(parent=self),
        )
