import pulumi_aws as aws

from tests.configs import GONE, changed, rendered
from tests.graph import after_all, statements, token
from tests.rendering import Rendering, render_all


def test_the_data_tier_is_a_part_of_the_stack(new_stack: Rendering) -> None:
    """One, whose parts are what the services use."""
    assert [tier.name for tier in new_stack.of("switchyard:data:DataTier")] == ["data"]


def test_a_missing_section_makes_nothing() -> None:
    """Neither nodes nor users, secret or alarms."""
    config = changed({"redis": GONE, "services.api.uses": [], "services.web.uses": []})
    rendering = render_all("prod", config)
    assert [made.name for made in rendering.registrations if made.name.startswith("redis")] == []


def test_instances_start_when_the_password_is_there(new_stack: Rendering) -> None:
    """Of the service that uses it: its entry has a value and its policy, and its nodes answer."""
    group = new_stack.one(aws.autoscaling.Group, "api-blue-group")
    before = {(made.type, made.name) for made in new_stack.registrations if made.urn in after_all(new_stack, group)}
    for kind, name in (
        (aws.secretsmanager.SecretVersion, "redis-password"),
        (aws.secretsmanager.SecretPolicy, "redis-password"),
        (aws.elasticache.ReplicationGroup, "redis-group"),
    ):
        assert (token(kind), name) in before


def test_who_does_not_use_it_reads_nothing_of_it() -> None:
    """Neither parameters nor permission."""
    rendering = rendered({"services.api.uses": []}, preview=False)
    assert [made.name for made in rendering.of(aws.ssm.Parameter) if "redis" in made.name.lower()] == []
    secrets = statements(rendering.one(aws.iam.RolePolicy, "api-blue-may").inputs["policy"])["OwnSecrets"]["Resource"]
    assert [arn for arn in secrets if "redis" in arn] == []
