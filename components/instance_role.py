"""What a color's instances may do in AWS: read their own settings and secrets, pull their own image, write their own log."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.documents import Statement, allow, assumed_by, policy
from settings_types import DIGEST

PULL = ("ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:BatchCheckLayerAvailability")
SESSION = (
    "ssm:UpdateInstanceInformation",
    "ssmmessages:CreateControlChannel",
    "ssmmessages:CreateDataChannel",
    "ssmmessages:OpenControlChannel",
    "ssmmessages:OpenDataChannel",
)
"""Session Manager's agent; these actions know no resource, so they name `*`."""


@dataclass(frozen=True, kw_only=True)
class InstanceRoleArgs:
    """The things that are the color's own."""

    account_id: str
    """The account of the parameters."""
    region: str
    """The region of the parameters and of the secrets' key."""
    path: str
    """IAM path and prefix of the parameters: `/switchyard/<stack>/<service>`."""
    parameter_paths: Sequence[str]
    """The folders of parameters it may read."""
    image: str
    """The image it may pull."""
    secret_arns: Sequence[pulumi.Input[str]]
    """The secrets it may read."""
    key_arn: pulumi.Input[str]
    """The key of the secrets."""
    log_group_arn: pulumi.Input[str]
    """The log group it may write."""
    database_users: Sequence[pulumi.Input[str]]
    """The database's users that it may log in as: its service's own, on each instance that this one uses."""
    tags: Mapping[str, str]
    """Service and color."""


class InstanceRole(pulumi.ComponentResource):
    """A role for EC2 with one inline policy, and its instance profile. Depends on the color's own pins only. Not stateful."""

    profile_arn: pulumi.Output[str]
    """What the launch template names."""
    permissions: aws.iam.RolePolicy
    """What must be in place before an instance boots."""

    def __init__(self, name: str, args: InstanceRoleArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("switchyard:service:InstanceRole", name, None, opts)
        role = self._role(f"{name}-role", args)
        self.permissions = self._permissions(f"{name}-may", args, role)
        self.profile_arn = self._profile(f"{name}-profile", args, role).arn
        self.register_outputs({})

    def _role(self, name: str, args: InstanceRoleArgs) -> aws.iam.Role:
        return aws.iam.Role(
            name,
            path=f"{args.path}/",
            description="Instances of one color of one service",
            assume_role_policy=assumed_by("ec2.amazonaws.com"),
            tags=dict(args.tags),
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _permissions(self, name: str, args: InstanceRoleArgs, role: aws.iam.Role) -> aws.iam.RolePolicy:
        statements = [*_settings(args), *_image(args.image), allow(SESSION, ["*"], Sid="SessionManager")]
        streams = pulumi.Output.concat(args.log_group_arn, ":*")
        log = allow(["logs:CreateLogStream", "logs:PutLogEvents"], [args.log_group_arn, streams], Sid="OwnLog")
        return aws.iam.RolePolicy(
            name,
            role=role.name,
            policy=policy(*statements, log, *_secrets(args), *_logins(args.database_users)),
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _profile(self, name: str, args: InstanceRoleArgs, role: aws.iam.Role) -> aws.iam.InstanceProfile:
        return aws.iam.InstanceProfile(
            name,
            path=f"{args.path}/",
            role=role.name,
            tags=dict(args.tags),
            opts=pulumi.ResourceOptions(parent=self),
        )


def _settings(args: InstanceRoleArgs) -> list[Statement]:
    folders = [f"arn:aws:ssm:{args.region}:{args.account_id}:parameter{path}" for path in args.parameter_paths]
    return [allow(["ssm:GetParametersByPath"], [*folders, *(f"{folder}/*" for folder in folders)], Sid="OwnSettings")]


def _image(image: str) -> list[Statement]:
    found = DIGEST.fullmatch(image)
    if not found:
        raise ValueError(f"{image!r} is not an image in ECR by digest")
    repository = f"arn:aws:ecr:{found['region']}:{found['account']}:repository/{found['repository']}"
    return [allow(PULL, [repository], Sid="OwnImage"), allow(["ecr:GetAuthorizationToken"], ["*"], Sid="RegistryLogin")]


def _secrets(args: InstanceRoleArgs) -> list[Statement]:
    if not args.secret_arns:
        return []
    through_secrets_manager = {"StringEquals": {"kms:ViaService": f"secretsmanager.{args.region}.amazonaws.com"}}
    return [
        allow(["secretsmanager:GetSecretValue"], args.secret_arns, Sid="OwnSecrets"),
        allow(["kms:Decrypt"], [args.key_arn], Sid="SecretsKey", Condition=through_secrets_manager),
    ]


def _logins(database_users: Sequence[pulumi.Input[str]]) -> list[Statement]:
    return [allow(["rds-db:connect"], database_users, Sid="OwnDatabaseUser")] if database_users else []
