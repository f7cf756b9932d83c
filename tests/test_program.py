from pathlib import Path

import pulumi
import pulumi_aws as aws
import pytest

from tests.configs import changed, many
from tests.graph import token
from tests.rendering import Registration, Rendering, render_all, stack_config

ROOT = Path(__file__).parent.parent
STATEFUL: tuple[type[pulumi.Resource], ...] = (
    aws.kms.Key,
    aws.s3.Bucket,
    aws.secretsmanager.Secret,
    aws.cloudwatch.LogGroup,
    aws.lb.LoadBalancer,
    aws.cloudfront.Distribution,
    aws.backup.Vault,
    aws.rds.Instance,
    aws.elasticache.ReplicationGroup,
)


def _custom(rendering: Rendering) -> list[Registration]:
    return [found for found in rendering.registrations if found.custom and not found.type.startswith("pulumi:")]


@pytest.mark.parametrize("stack", ["staging", "prod", "recovery"])
def test_the_program_asks_aws_nothing(stack: str) -> None:
    """Same config, same graph, on any machine: no invoke, in a new stack and in one that exists."""
    assert render_all(stack, preview=True).invokes == []
    assert render_all(stack, preview=False).invokes == []


def test_every_resource_has_its_provider_from_its_parent(new_stack: Rendering) -> None:
    """So none can land in the wrong account or region by accident."""
    for found in _custom(new_stack):
        package = found.type.partition(":")[0]
        assert f"pulumi:providers:{package}::{package}::" in found.provider, found.urn


@pytest.mark.parametrize("stack", ["staging", "prod", "recovery"])
def test_default_providers_are_off(stack: str) -> None:
    """The engine refuses a resource without an explicit one."""
    assert stack_config(stack)["pulumi:disable-default-providers"] == ["*"]


def test_the_provider_refuses_any_other_account_and_tags_everything(new_stack: Rendering) -> None:
    """Tags come from here alone, apart from what names service and color, a nameless thing, and what is backed up."""
    inputs = new_stack.one("pulumi:providers:aws", "aws").inputs
    assert inputs["allowedAccountIds"] == '["123456789012"]'
    assert inputs["region"] == "eu-west-1"
    assert inputs["defaultTags"] == '{"tags": {"project": "switchyard", "stack": "prod", "managed-by": "pulumi"}}'
    own = {key for found in _custom(new_stack) for key in found.inputs.get("tags", {}) if found.type != token(aws.autoscaling.Group)}
    assert own == {"tier", "service", "color", "role", "resource", "backup"}


def test_nothing_is_ignored(new_stack: Rendering) -> None:
    """An ignored weight goes wrong with the next target group, and drift stays unseen.

    https://github.com/pulumi/pulumi-aws/issues/5772 https://github.com/pulumi/pulumi-aws/issues/5798
    https://github.com/pulumi/pulumi/issues/16391
    """
    ignored = {(found.type, name) for found in new_stack.registrations for name in found.ignore_changes}
    assert ignored == {("aws:wafv2/webAcl:WebAcl", "rules")}, "the rules are resources of their own; the ACL's class wants them ignored"


def test_replacements_are_made_before_the_old_is_deleted(new_stack: Rendering) -> None:
    """https://github.com/pulumi/pulumi-aws/issues/4220: only what AWS has one of, by another's name or a fixed one, asks for the other.

    A proxy's name is fixed, since its log group must be there first, and it takes one instance at a time.
    """
    kinds = {found.type.rpartition(":")[2] for found in new_stack.registrations if found.delete_before_replace}
    assert kinds == {"VaultLockConfiguration", "VaultNotifications", "RestoreTestingSelection", "Proxy", "ProxyTarget"}


@pytest.mark.parametrize("kind", STATEFUL)
def test_what_holds_state_is_protected(new_stack: Rendering, kind: type[pulumi.Resource]) -> None:
    """In every stack."""
    made = new_stack.of(kind)
    assert made
    assert [found.name for found in made if not found.protect] == []


def test_nothing_else_is_protected(new_stack: Rendering) -> None:
    """A protected rule or group would stand in the way of a rename or a removal."""
    kinds = {token(kind) for kind in STATEFUL}
    assert [found.urn for found in new_stack.registrations if found.protect and found.type not in kinds] == []


def test_components_record_no_inputs(new_stack: Rendering) -> None:
    """The engine compares them, and one flipped weight would touch every component above the rule."""
    components = [found for found in new_stack.registrations if found.type.startswith("switchyard:")]
    assert len(components) > 30
    assert [found.urn for found in components if found.inputs] == []


def test_every_resource_stands_in_a_component(new_stack: Rendering) -> None:
    """The tree of a preview reads like the architecture; only providers and components stand at its root."""
    root = next(found.urn for found in new_stack.registrations if found.type == "pulumi:pulumi:Stack")
    at_root = {found.type.partition(":")[0] for found in new_stack.registrations if found.parent == root}
    assert at_root == {"pulumi", "switchyard"}
    assert [found.urn for found in _custom(new_stack) if "switchyard:" not in found.parent] == []


def test_thirty_three_services_fit_into_aws_s_own_quotas() -> None:
    """100 rules and 100 target groups a load balancer, and no priority twice."""
    made = render_all("prod", changed({"services": many(33)}))
    rules = made.of(aws.lb.ListenerRule)
    assert len(rules) == 99
    assert len({rule.inputs["priority"] for rule in rules}) == 99
    assert len(made.of(aws.lb.TargetGroup)) == 66
    assert len(made.of(aws.autoscaling.Group)) == 66


def _exports(outputs: object, path: str = "") -> set[str]:
    """Dotted paths to all that is exported, with a service's and a color's name left open."""
    if not isinstance(outputs, dict):
        return {path}
    parts = {"api": "<service>", "web": "<service>", "blue": "<color>", "green": "<color>"}
    return set().union(*(_exports(value, f"{path}.{parts.get(key, key)}".lstrip(".")) for key, value in outputs.items()))


def test_every_export_is_described(new_stack: Rendering) -> None:
    """docs/reference/outputs.md has a line for each, and for nothing else."""
    text = (ROOT / "docs/reference/outputs.md").read_text()
    described = {line.split("`")[1] for line in text.splitlines() if line.startswith("| `")}
    assert described == _exports(dict(new_stack.outputs))


def _known(rendering: Rendering) -> dict[str, tuple[object, ...]]:
    """Everything that the engine would compare, by URN."""
    return {
        found.urn: (found.inputs, found.parent, found.protect, found.dependencies)
        for found in rendering.registrations
        if found.type != "pulumi:pulumi:Stack"
    }


def test_a_renamed_service_is_the_same_graph() -> None:
    """A rename touches no running instance, and nothing else either: only the stack's outputs say the new name."""
    config = stack_config("prod")
    before = render_all("prod", config, preview=False)
    services = config["switchyard:services"]
    config["switchyard:services"] = {"shop": {**services["api"], "came_up_as": "api"}, "web": services["web"]}
    after = render_all("prod", config, preview=False)
    assert _known(after) == _known(before)
    assert set(after.outputs["services"]) == {"shop", "web"}


@pytest.mark.parametrize("change", ["added", "removed"])
def test_services_come_and_go_without_touching_each_other(change: str) -> None:
    """What is left is what it was: no other rule, fleet or parameter differs. What knows all of them follows."""
    config = stack_config("prod")
    both, one = config["switchyard:services"], {"api": config["switchyard:services"]["api"]}
    smaller = _known(render_all("prod", {**config, "switchyard:services": one}, preview=False))
    larger = _known(render_all("prod", {**config, "switchyard:services": both}, preview=False))
    before, after = (smaller, larger) if change == "added" else (larger, smaller)
    everybodys = {"dashboard", "cdn", "shared-sentry-dsn", "redis-password"}
    assert {urn.rsplit("::", 1)[1] for urn in before.keys() & after.keys() if before[urn] != after[urn]} == everybodys
    assert {urn.rsplit("::", 1)[1].split("-")[0] for urn in before.keys() ^ after.keys()} == {"web"}


def test_a_retiring_service_gives_up_its_logs_and_secrets_alone() -> None:
    """Nothing of them is touched but the protection, and the tag that says why."""
    config = stack_config("prod")
    before = render_all("prod", config, preview=False)
    config["switchyard:services"]["api"]["retiring"] = True
    after = {found.urn: found for found in render_all("prod", config, preview=False).registrations}
    changed_ones = [(found, after[found.urn]) for found in before.registrations if found != after[found.urn] and found.custom]
    assert {now.name for _, now in changed_ones} == {"api-blue-log", "api-green-log", "api-payment-key"}
    for then, now in changed_ones:
        assert (then.protect, now.protect) == (True, False)
        assert now.inputs == {**then.inputs, "tags": {**then.inputs["tags"], "retiring": "true"}}
