"""Specs of IAM."""

from tests.sandbox.provider.world import Spec, World

TRUST = (
    '{{"Version": "2012-10-17", "Statement": [{{"Effect": "Allow", "Principal": {{"Service": "{0}.amazonaws.com"}}, '
    '"Action": "sts:AssumeRole"}}]}}'
)

POLICY = '{{"Version": "2012-10-17", "Statement": [{{"Effect": "Allow", "Action": "{0}", "Resource": "*"}}]}}'

MONITORING = "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole"


def role(world: World) -> str:
    """Return a new role."""
    return world.id("aws.iam.Role", assumeRolePolicy=TRUST.format("ec2"))


SPECS = (
    Spec(
        type="aws.iam.Role",
        inputs=lambda _: {"assumeRolePolicy": TRUST.format("ec2"), "description": "instances", "tags": {"Name": "role"}},
        change={"assumeRolePolicy": TRUST.format("rds"), "maxSessionDuration": 7200, "tags": {}},
        replace={"path": "/instances/"},
    ),
    Spec(
        type="aws.iam.RolePolicy",
        inputs=lambda world: {"role": role(world), "policy": POLICY.format("s3:GetObject")},
        change={"policy": POLICY.format("s3:PutObject")},
        replace={"role": "another-role"},
    ),
    Spec(
        type="aws.iam.RolePolicyAttachment",
        inputs=lambda world: {"role": role(world), "policyArn": MONITORING},
        replace={"policyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess"},
    ),
    Spec(
        type="aws.iam.InstanceProfile",
        inputs=lambda world: {"role": role(world), "path": "/switchyard/api/", "tags": {"Color": "blue"}},
        change={"role": None, "tags": {"Color": "green"}},
        replace={"path": "/switchyard/web/"},
    ),
    Spec(
        type="aws.iam.ServiceLinkedRole",
        inputs=lambda world: {"awsServiceName": "autoscaling.amazonaws.com", "customSuffix": world.name(), "description": "fleets"},
        change={"description": "all fleets", "tags": {"Purpose": "fleets"}},
        replace={"customSuffix": "another"},
    ),
)
