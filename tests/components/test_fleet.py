import pulumi
import pulumi_aws as aws
import pytest

from settings_endpoints import THING_VARIABLES
from settings_types import Dependency
from tests.configs import rendered
from tests.graph import names, waits_for
from tests.rendering import Rendering

GROUP = "api-blue-group"

BEFORE: dict[type[pulumi.Resource], set[str]] = {
    aws.lb.ListenerRule: {"api-blue-preview", "api-green-preview", "api-traffic"},
    aws.ec2.Route: {"network-public-out", "network-app-a-out", "network-app-b-out", "network-app-c-out"},
    aws.ec2.RouteTableAssociation: {f"network-{tier}-{zone}-in" for tier in ("public", "app", "data") for zone in "abc"},
    aws.ec2.NatGateway: {f"network-nat-{zone}" for zone in "abc"},
    aws.ec2.VpcEndpoint: {
        f"endpoints-{service}" for service in ("s3", "ec2", "ecr-api", "ecr-dkr", "logs", "ssm", "ssmmessages", "secretsmanager", "kms")
    },
    aws.iam.RolePolicy: {"api-blue-may"},
    aws.cloudwatch.LogGroup: {"api-blue-log"},
    aws.secretsmanager.SecretPolicy: {"api-payment-key", "shared-sentry-dsn", "redis-password"},
    aws.secretsmanager.SecretVersion: {"redis-password"},
    aws.ssm.Parameter: {
        "api-blue-port",
        "api-blue-env-LOG_LEVEL",
        "api-blue-secret-payment-key",
        "api-blue-secret-sentry-dsn",
        "api-blue-secret-redis-password",
        "api-endpoint-LOAD_BALANCER",
        "api-endpoint-DOMAIN_NAME",
        "api-endpoint-DISABLED_FEATURES",
        *(f"api-endpoint-{variable}" for thing in Dependency for variable in THING_VARIABLES[thing]),
    },
}
"""What an instance needs at the moment when it boots; the emulator does not mind its absence, AWS does."""


@pytest.mark.parametrize("kind", BEFORE)
def test_the_first_instance_waits_for_what_it_boots_with(new_stack: Rendering, kind: type[pulumi.Resource]) -> None:
    """On the graph: the group itself waits for each, and for nothing of another service or color."""
    assert waits_for(new_stack, new_stack.one(aws.autoscaling.Group, GROUP), kind) == BEFORE[kind]


@pytest.mark.parametrize("kind", [aws.vpc.SecurityGroupIngressRule, aws.vpc.SecurityGroupEgressRule])
def test_the_first_instance_waits_for_the_firewall_s_rules(new_stack: Rendering, kind: type[pulumi.Resource]) -> None:
    """The shared ones and the color's own: without egress nothing is installed, without ingress nothing becomes healthy."""
    awaited = waits_for(new_stack, new_stack.one(aws.autoscaling.Group, GROUP), kind)
    assert awaited == {name for name in names(new_stack.of(kind)) if name.startswith(("firewall-", "api-blue-"))}


def test_a_color_s_log_is_kept(new_stack: Rendering) -> None:
    """Protected, encrypted, named after service and color."""
    log = new_stack.one(aws.cloudwatch.LogGroup, "api-blue-log")
    assert log.protect
    assert log.inputs["name"] == "/switchyard/prod/api/blue"
    assert log.inputs["retentionInDays"] == 365
    assert waits_for(new_stack, log, aws.kms.Key) == {"encryption-logs"}


def test_instances_are_members_of_what_they_use(old_stack: Rendering) -> None:
    """Beside the color's own group, which holds all that it may do; five groups an interface is AWS's quota."""
    groups = {
        service: old_stack.one(aws.ec2.LaunchTemplate, f"{service}-blue-boot").inputs["vpcSecurityGroupIds"] for service in ("api", "web")
    }
    assert groups["api"] == ["api-blue-id", "firewall-services-id", "firewall-to-database-id", "firewall-to-redis-id"]
    assert groups["web"] == ["web-blue-id", "firewall-services-id", "firewall-to-redis-id"]


def test_a_color_reads_the_secrets_that_its_own_pins_name() -> None:
    """The entry exists for both; parameter and permission are the color's."""
    made = rendered({"services.api.green.secrets": [], "services.api.uses": []}, preview=False)
    assert {name for name in names(made.of(aws.secretsmanager.Secret)) if name.startswith("api-")} == {"api-payment-key"}
    assert "api-green-secret-payment-key" not in names(made.of(aws.ssm.Parameter))
    assert "OwnSecrets" in made.one(aws.iam.RolePolicy, "api-blue-may").inputs["policy"]
    assert "OwnSecrets" not in made.one(aws.iam.RolePolicy, "api-green-may").inputs["policy"]
