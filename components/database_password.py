"""The master password: for whoever breaks the glass, and for nobody else."""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws
import pulumi_random as random

from components.documents import policy, unread
from components.naming import retiring_tag
from settings_database import MASTER

LENGTH = 40
"""Letters and digits alone: RDS takes no `/`, `"`, `@` and no space in it."""
RECOVERY_WINDOW_DAYS = 30


@dataclass(frozen=True, kw_only=True)
class DatabasePasswordArgs:
    """Which password, and who may read it."""

    account_id: str
    """The account of the readers."""
    version: int
    """Another number makes another password."""
    administrators: Sequence[str]
    """Roles by path and name, `*` for any run of characters."""
    key_arn: pulumi.Input[str]
    """The KMS key of the value."""
    retiring: bool
    """Whether the entry is no longer protected."""


class DatabasePassword(pulumi.ComponentResource):
    """A generated password in Secrets Manager, which only the account's root and its administrators' roles may read.

    No service knows it: services log in by IAM. The program hands it to RDS as a secret, so that it stands in the state encrypted and in
    no log. Stateful: the entry is protected. It costs 0.40 USD a month.
    """

    value: pulumi.Output[str]
    """The password, as a secret."""
    secret_arn: pulumi.Output[str]
    """Where it is kept."""

    def __init__(self, name: str, args: DatabasePasswordArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("switchyard:database:DatabasePassword", name, None, opts)
        password = self._password(name, args)
        entry = self._entry(f"{name}-entry", args)
        closed = self._policy(f"{name}-policy", args, entry)
        self._written(f"{name}-value", entry, password, closed)
        self.value, self.secret_arn = pulumi.Output.secret(password.result), entry.arn
        self.register_outputs({})

    def _password(self, name: str, args: DatabasePasswordArgs) -> random.RandomPassword:
        return random.RandomPassword(
            name,
            length=LENGTH,
            special=False,
            keepers={"version": str(args.version)},
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _entry(self, name: str, args: DatabasePasswordArgs) -> aws.secretsmanager.Secret:
        return aws.secretsmanager.Secret(
            name,
            description="The database's master user, for emergencies; another one comes with another database.password_version",
            kms_key_id=args.key_arn,
            recovery_window_in_days=RECOVERY_WINDOW_DAYS,
            tags=retiring_tag(args.retiring),
            opts=pulumi.ResourceOptions(parent=self, protect=not args.retiring),
        )

    def _policy(self, name: str, args: DatabasePasswordArgs, entry: aws.secretsmanager.Secret) -> aws.secretsmanager.SecretPolicy:
        roles = [f"arn:aws:iam::{args.account_id}:role/{role}" for role in args.administrators]
        others = {"ArnNotLike": {"aws:PrincipalArn": [f"arn:aws:iam::{args.account_id}:root", *roles]}}
        return aws.secretsmanager.SecretPolicy(
            name,
            secret_arn=entry.arn,
            policy=policy(unread(Condition=others)),
            block_public_policy=True,
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _written(
        self, name: str, entry: aws.secretsmanager.Secret, password: random.RandomPassword, closed: aws.secretsmanager.SecretPolicy
    ) -> aws.secretsmanager.SecretVersion:
        return aws.secretsmanager.SecretVersion(
            name,
            secret_id=entry.id,
            secret_string=pulumi.Output.json_dumps({"username": MASTER, "password": pulumi.Output.secret(password.result)}),
            opts=pulumi.ResourceOptions(parent=self, depends_on=[closed]),
        )
