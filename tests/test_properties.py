import copy
import inspect
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

import pulumi_aws as aws
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from settings import parse
from settings_cdn import DAY_SECONDS, Cdn
from settings_errors import SettingsError
from settings_types import Color
from tests.configs import values
from tests.rendering import Registration, Rendering, render_all
from tests.valid_configs import ALLOWED, MEASURES, configs, pins, sites, stacks

SUFFIX = 8
"""Characters that auto-naming appends: a hyphen and seven digits."""
NAMES: Mapping[str, tuple[str, int, str]] = {
    "aws:backup/plan:Plan": ("name", 50, r"[\w.-]+"),
    "aws:backup/restoreTestingPlan:RestoreTestingPlan": ("name", 50, r"\w+"),
    "aws:backup/restoreTestingSelection:RestoreTestingSelection": ("name", 50, r"\w+"),
    "aws:backup/selection:Selection": ("name", 50, r"[\w.-]+"),
    "aws:backup/vault:Vault": ("name", 50, r"[\w-]{2,}"),
    "aws:cloudfront/cachePolicy:CachePolicy": ("name", 128, r"[\w-]+"),
    "aws:cloudfront/function:Function": ("name", 64, r"[\w-]+"),
    "aws:cloudfront/keyValueStore:KeyValueStore": ("name", 64, r"[\w-]+"),
    "aws:cloudfront/originAccessControl:OriginAccessControl": ("name", 64, r"[\w-]+"),
    "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": ("name", 128, r"[\w-]+"),
    "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": ("name", 60, r"[\w-]+"),
    "aws:cloudwatch/logDeliverySource:LogDeliverySource": ("name", 60, r"[\w-]+"),
    "aws:elasticache/parameterGroup:ParameterGroup": ("name", 255, r"[a-z](-?[a-z0-9])*"),
    "aws:elasticache/replicationGroup:ReplicationGroup": ("replicationGroupId", 40, r"[a-z](-?[a-z0-9])*"),
    "aws:elasticache/subnetGroup:SubnetGroup": ("name", 255, r"[a-z0-9-]+"),
    "aws:elasticache/user:User": ("userId", 40, r"[a-z](-?[a-z0-9])*"),
    "aws:elasticache/userGroup:UserGroup": ("userGroupId", 40, r"[a-z](-?[a-z0-9])*"),
    "aws:lb/loadBalancer:LoadBalancer": ("name", 32, r"(?!internal-)[A-Za-z0-9][A-Za-z0-9-]*"),
    "aws:lb/targetGroup:TargetGroup": ("name", 32, r"[A-Za-z0-9][A-Za-z0-9-]*"),
    "aws:iam/role:Role": ("name", 64, r"[\w+=,.@-]+"),
    "aws:iam/rolePolicy:RolePolicy": ("name", 128, r"[\w+=,.@-]+"),
    "aws:iam/instanceProfile:InstanceProfile": ("name", 128, r"[\w+=,.@-]+"),
    "aws:iam/serviceLinkedRole:ServiceLinkedRole": ("customSuffix", 64 - len("AWSServiceRoleForAutoScaling_"), r"[\w+=,.@-]+"),
    "aws:ec2/launchTemplate:LaunchTemplate": ("name", 128, r"[a-zA-Z0-9().\-/_]{3,}"),
    "aws:ec2/securityGroup:SecurityGroup": ("name", 255, r"(?!sg-)[\w .:/()#,@\[\]+=&;{}!$*-]+"),
    "aws:autoscaling/group:Group": ("name", 255, r"[^:]+"),
    "aws:autoscaling/policy:Policy": ("name", 255, r"[^:]+"),
    "aws:autoscaling/schedule:Schedule": ("scheduledActionName", 255, r"[^:]+"),
    "aws:secretsmanager/secret:Secret": ("name", 512, r"[\w/+=.@-]+"),
    "aws:sfn/stateMachine:StateMachine": ("name", 80, r"[\w-]+"),
    "aws:cloudwatch/metricAlarm:MetricAlarm": ("name", 255, r".+"),
    "aws:cloudwatch/compositeAlarm:CompositeAlarm": ("alarmName", 255, r".+"),
    "aws:cloudwatch/dashboard:Dashboard": ("dashboardName", 255, r"[\w-]+"),
    "aws:cloudwatch/logGroup:LogGroup": ("name", 512, r"[.\-_/#A-Za-z0-9]+"),
    "aws:kms/alias:Alias": ("name", 256, r"alias/(?!aws/)[a-zA-Z0-9/_-]+"),
    "aws:sns/topic:Topic": ("name", 256, r"[\w-]+"),
    "aws:s3/bucket:Bucket": ("bucket", 63, r"[a-z0-9][a-z0-9.-]+"),
    "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": ("policyName", 256, r".+"),
    "aws:wafv2/ipSet:IpSet": ("name", 128, r"[\w-]+"),
    "aws:wafv2/webAcl:WebAcl": ("name", 128, r"[\w-]+"),
    "aws:wafv2/webAclRule:WebAclRule": ("name", 128, r"[\w-]+"),
    "aws:rds/instance:Instance": ("identifier", 63, r"(?!.*--)[a-z][a-z0-9-]*[a-z0-9]"),
    "aws:rds/parameterGroup:ParameterGroup": ("name", 255, r"(?!.*--)[a-z][a-z0-9-]*[a-z0-9]"),
    "aws:rds/subnetGroup:SubnetGroup": ("name", 255, r"[a-z0-9 ._-]+"),
    "aws:rds/proxy:Proxy": ("name", 63, r"(?!.*--)[a-z][a-z0-9-]*[a-z0-9]"),
    "aws:cloudwatch/eventRule:EventRule": ("name", 64, r"[.\-_A-Za-z0-9]+"),
    "aws:cloudwatch/queryDefinition:QueryDefinition": ("name", 255, r"[^:*]+"),
    "aws:ssm/parameter:Parameter": ("name", 1011, r"/(?!aws|ssm)[a-zA-Z0-9_.\-/]+"),
}
"""The input that names a resource, with the name's length and form by the services' API models (botocore) and the provider's validators."""
NAME_LIKE = re.compile(r"\w*(name|prefix|suffix|identifier)", re.IGNORECASE)
"""Inputs that name what has them, unless listed below; in the plural they list other things' names (`groupNames`)."""
OTHERS_NAMES: Mapping[tuple[str, str], str] = {
    ("aws:acm/certificate:Certificate", "domainName"): "the application's, which settings check",
    ("aws:autoscaling/policy:Policy", "autoscalingGroupName"): "the group's",
    ("aws:autoscaling/schedule:Schedule", "autoscalingGroupName"): "the group's",
    ("aws:backup/restoreTestingSelection:RestoreTestingSelection", "restoreTestingPlanName"): "the plan's",
    ("aws:backup/vaultLockConfiguration:VaultLockConfiguration", "backupVaultName"): "the vault's",
    ("aws:backup/vaultNotifications:VaultNotifications", "backupVaultName"): "the vault's",
    ("aws:backup/vaultPolicy:VaultPolicy", "backupVaultName"): "the vault's",
    ("aws:cloudfront/monitoringSubscription:MonitoringSubscription", "monitoringSubscription"): "no name: what is subscribed to",
    ("aws:cloudwatch/logDelivery:LogDelivery", "deliverySourceName"): "the source's",
    ("aws:cloudwatch/metricAlarm:MetricAlarm", "metricName"): "AWS's",
    ("aws:ec2/vpcEndpoint:VpcEndpoint", "serviceName"): "AWS's",
    ("aws:elasticache/replicationGroup:ReplicationGroup", "parameterGroupName"): "the parameter group's",
    ("aws:elasticache/replicationGroup:ReplicationGroup", "subnetGroupName"): "the subnet group's",
    ("aws:elasticache/user:User", "userName"): "what clients log in with, in a group of this stack",
    ("aws:iam/serviceLinkedRole:ServiceLinkedRole", "awsServiceName"): "AWS's",
    ("aws:rds/instance:Instance", "caCertIdentifier"): "AWS's",
    ("aws:rds/instance:Instance", "dbName"): "the database's in it",
    ("aws:rds/instance:Instance", "dbSubnetGroupName"): "the subnet group's",
    ("aws:rds/instance:Instance", "finalSnapshotIdentifier"): "the last snapshot's, which may have 255 characters",
    ("aws:rds/instance:Instance", "parameterGroupName"): "the parameter group's",
    ("aws:rds/instance:Instance", "snapshotIdentifier"): "a snapshot's, which settings check",
    ("aws:rds/instance:Instance", "username"): "the master user's",
    ("aws:rds/proxyDefaultTargetGroup:ProxyDefaultTargetGroup", "dbProxyName"): "the proxy's",
    ("aws:rds/proxyTarget:ProxyTarget", "dbInstanceIdentifier"): "the instance's",
    ("aws:rds/proxyTarget:ProxyTarget", "dbProxyName"): "the proxy's",
    ("aws:rds/proxyTarget:ProxyTarget", "targetGroupName"): "AWS's",
    ("aws:route53/record:Record", "name"): "the application's, or the one that ACM asks for",
    ("aws:s3/bucketLogging:BucketLogging", "targetPrefix"): "a folder's, in the bucket of the log",
}
"""Inputs that hold the name of another thing, and whose it is."""

quick = settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
"""A rendering takes about half a second: few examples, each a whole stack, and a failing one is shown as it was drawn."""


def _valid(stack: str, config: dict[str, Any]) -> bool:
    try:
        parse(stack, "eu-west-1", values(config))
    except SettingsError:
        return False
    return True


def _by_urn(rendering: Rendering) -> dict[str, Registration]:
    found = {(made.urn, made.parent): made for made in rendering.registrations}
    return {"::".join(key): made for key, made in found.items()}


def _flipped(config: dict[str, Any], service: str) -> dict[str, Any]:
    """The same stack with the other color live; a canary ends, as `promote` ends it."""
    other = copy.deepcopy(config)
    section = other["switchyard:services"][service]
    section["live"] = str(Color(section["live"]).other)
    section.pop("canary", None)
    section.pop("previous", None)
    return other


@given(stacks(), configs(), st.data())
@quick
def test_a_flip_changes_one_listener_rule_and_nothing_else(stack: str, config: dict[str, Any], data: st.DataObject) -> None:
    """For every config that is valid for both colors: types, names, parents, inputs, dependencies and options of all else are the same."""
    service = data.draw(st.sampled_from(sorted(config["switchyard:services"])))
    other = _flipped(config, service)
    assume(_valid(stack, config) and _valid(stack, other))
    one, two = _by_urn(render_all(stack, config)), _by_urn(render_all(stack, other))
    assert one.keys() == two.keys()
    changed = [urn for urn in one if one[urn] != two[urn]]
    assert [one[urn].name for urn in changed] == [f"{service}-traffic"]
    assert {key for urn in changed for key in one[urn].inputs if one[urn].inputs[key] != two[urn].inputs[key]} == {"actions"}


def _with(config: dict[str, Any], section: str, **changes: Any) -> dict[str, Any]:
    """The same stack with some settings of one section changed."""
    key = f"switchyard:{section}"
    return {**copy.deepcopy(config), key: {**copy.deepcopy(config[key]), **changes}}


def _inputs_changed(stack: str, config: dict[str, Any], other: dict[str, Any]) -> dict[str, set[str]]:
    """The inputs in which two renderings differ, by resource; they differ in nothing else."""
    one, two = _by_urn(render_all(stack, config)), _by_urn(render_all(stack, other))
    assert one.keys() == two.keys()
    changed = [urn for urn in one if one[urn] != two[urn]]
    assert [urn for urn in changed if replace(one[urn], inputs={}) != replace(two[urn], inputs={})] == []
    return {one[urn].name: _keys_changed(one[urn].inputs, two[urn].inputs) for urn in changed}


def _keys_changed(one: Mapping[str, Any], other: Mapping[str, Any]) -> set[str]:
    return {key for key in {*one, *other} if one.get(key) != other.get(key)}


@given(stacks(), configs(most_services=1), sites())
@settings(quick, max_examples=5)
def test_a_flip_of_the_site_changes_one_key_and_nothing_else(stack: str, config: dict[str, Any], site: dict[str, Any]) -> None:
    """Whichever releases are live, tried and returned to, before and after: the distribution and its functions stay as they are."""
    other = {**config, "switchyard:site": site}
    assume(config["switchyard:site"] != site and _valid(stack, config) and _valid(stack, other))
    assert _inputs_changed(stack, config, other) == {"routing-traffic": {"value"}}


@given(stacks(), configs(most_services=1))
@settings(quick, max_examples=3)
def test_maintenance_changes_one_key_and_nothing_else(stack: str, config: dict[str, Any]) -> None:
    """And the way back is the same."""
    calm, busy = (_with(config, "contingency", **ALLOWED, maintenance=on) for on in (False, True))
    assume(_valid(stack, calm) and _valid(stack, busy))
    assert _inputs_changed(stack, calm, busy) == {"routing-maintenance": {"value"}}


@given(stacks(), configs(most_services=1))
@settings(quick, max_examples=3)
def test_aggressive_caching_changes_one_key_and_how_long_services_are_kept(stack: str, config: dict[str, Any]) -> None:
    """Where nothing was kept there was nothing to tell answers apart by, so that comes too; else for whom an answer is stays the same."""
    calm, busy = (_with(config, "contingency", aggressive_caching=on) for on in (False, True))
    assume(_valid(stack, calm) and _valid(stack, busy))
    most = config["switchyard:cdn"].get("service_ttl_seconds", Cdn().service_ttl_seconds)
    kept = {"minTtl", "defaultTtl", *(["maxTtl"] if most < DAY_SECONDS else [])}
    kept |= set() if most else {"parametersInCacheKeyAndForwardedToOrigin"}
    assert _inputs_changed(stack, calm, busy) == {"routing-caching": {"value"}, "policies-services": kept}


@given(stacks(), configs(most_services=1))
@settings(quick, max_examples=3)
def test_lockdown_changes_one_action_of_one_rule(stack: str, config: dict[str, Any]) -> None:
    """On a stack that is closed to the public all are shut out already: there it changes only which networks are not."""
    calm, locked = (_with(config, "contingency", **ALLOWED, lockdown=on) for on in (False, True))
    assume(_valid(stack, calm) and _valid(stack, locked))
    changed = _inputs_changed(stack, calm, locked)
    if config["switchyard:cdn"].get("only_networks"):
        assert changed.items() <= {"waf-ipv4": {"addresses"}, "waf-ipv6": {"addresses"}}.items()
    else:
        assert changed == {"waf-lockdown": {"action"}}


EDGE = (aws.cloudfront.Distribution, aws.cloudfront.Function, aws.cloudfront.VpcOrigin)
"""What takes CloudFront minutes to change."""


@given(stacks(), configs(), sites(), st.sampled_from(MEASURES))
@settings(quick, max_examples=3)
def test_nothing_that_moves_touches_the_distribution(
    stack: str, config: dict[str, Any], site: dict[str, Any], measure: dict[str, Any]
) -> None:
    """Colors and releases that flip and measures that come and go, all at once: it takes minutes to change, and they have seconds."""
    other = copy.deepcopy(config)
    for service in config["switchyard:services"]:
        other = _flipped(other, service)
    other |= {"switchyard:site": site, "switchyard:contingency": measure}
    assume(_valid(stack, config) and _valid(stack, other))
    one, two = (_at_the_edge(render_all(stack, each)) for each in (config, other))
    assert one == two
    assert len(one) > len(EDGE)


def _at_the_edge(made: Rendering) -> dict[str, Registration]:
    """By URN: functions register in the order in which their inputs come, which is not the same every time."""
    return {found.urn: found for kind in EDGE for found in made.of(kind)}


@given(stacks(), configs())
@quick
def test_weights_name_both_colors_and_names_fit(stack: str, config: dict[str, Any]) -> None:
    """Of every service, whatever its canary: two target groups, 100 percent. And AWS takes every name, with what auto-naming adds."""
    assume(_valid(stack, config))
    made = render_all(stack, config, preview=False)
    for name, service in config["switchyard:services"].items():
        (action,) = made.one(aws.lb.ListenerRule, f"{name}-traffic").inputs["actions"]
        weights = {group["arn"].rpartition(":")[2]: group["weight"] for group in action["forward"]["targetGroups"]}
        assert weights.keys() == {f"{name}-blue", f"{name}-green"}
        assert sum(weights.values()) == 100
        assert weights[f"{name}-{service['live']}"] >= 1
    for found in made.registrations:
        _assert_that_the_name_fits(found)


def _assert_that_the_name_fits(found: Registration) -> None:
    own, longest, form = NAMES.get(found.type, ("", 0, ""))
    assert _names_itself_by(found) <= {own}, f"{found.urn}: say in NAMES how long this name may be, or in OTHERS_NAMES whose it is"
    if own:
        name = found.inputs.get(own) or f"{found.name}-{'0' * (SUFFIX - 1)}"
        assert len(name) <= longest, found.urn
        assert re.fullmatch(form, name, re.ASCII), found.urn


def _names_itself_by(found: Registration) -> set[str]:
    """The inputs with the resource's own name: `name`, `namePrefix` and the like, or by its type, as `bucket` of a Bucket."""
    noun = found.type.rpartition(":")[2].lower()
    inputs = {*found.inputs, "name"} if _takes_a_name(found.type) else {*found.inputs}
    like = {key for key in inputs if NAME_LIKE.fullmatch(key) or key.lower() in {noun, f"{noun}id"}}
    return {key for key in like if (found.type, key) not in OTHERS_NAMES}


@cache
def _takes_a_name(kind: str) -> bool:
    """Whether the provider's class has an input `name`: left out, the name is the logical one and digits."""
    found = re.fullmatch(r"aws:(\w+)/\w+:(\w+)", kind)
    return found is not None and "name" in inspect.signature(getattr(getattr(aws, found[1]), found[2])._internal_init).parameters


def _instances(rendering: Rendering, color: str) -> dict[str, Any]:
    """All that enters a color's instances: its template, its group's mixed-instances policy, its parameters."""
    group = rendering.one(aws.autoscaling.Group, f"{color}-group")
    parameters = {found.name: found.inputs for found in rendering.of(aws.ssm.Parameter) if found.name.startswith(f"{color}-")}
    template = rendering.one(aws.ec2.LaunchTemplate, f"{color}-boot").inputs
    return {"template": template, "policy": group.inputs["mixedInstancesPolicy"], "parameters": parameters}


@given(stacks(), configs(most_services=1), configs(most_services=2))
@quick
def test_what_enters_a_color_s_instances_depends_on_its_own_pins_only(stack: str, config: dict[str, Any], world: dict[str, Any]) -> None:
    """Everything else is drawn anew: other color, live, canary, capacity, other services, network, load balancer, monitoring, emergencies.

    `uses` is the service's and decides which groups its instances are members of: both colors are meant to change with it, so it stays. So
    does `shared_secrets`, which says whose the entry of a secret is: moving one takes a protected entry away, which the engine refuses.
    """
    ((name, service),) = config["switchyard:services"].items()
    own = {key: value for key, value in service["blue"].items() if key != "capacity"}
    other = {**copy.deepcopy(world), "switchyard:shared_secrets": config["switchyard:shared_secrets"]}
    drawn = other["switchyard:services"]
    template = drawn.pop(name, next(iter(drawn.values())))
    drawn[name] = {**template, "paths": [f"/{name}"], "priority": 16_000, "uses": service["uses"]}
    drawn[name]["blue"] = {**own, "capacity": template["blue"]["capacity"]}
    assume(_valid(stack, config) and _valid(stack, other))
    color = f"{name}-blue"
    one, two = (render_all(stack, each, preview=False) for each in (config, other))
    assert _instances(one, color) == _instances(two, color)


@given(stacks(), configs(most_services=1), pins(), st.sampled_from(["image", "ami", "instance_types", "port", "env", "secrets"]))
@quick
def test_every_pin_enters_its_color_s_instances(stack: str, config: dict[str, Any], drawn: dict[str, Any], pin: str) -> None:
    """A pin that changed nothing would be one that does not hold; the other color does not notice."""
    ((name, service),) = config["switchyard:services"].items()
    other = copy.deepcopy(config)
    other["switchyard:services"][name]["blue"][pin] = drawn[pin]
    assume(drawn[pin] != service["blue"][pin] and _valid(stack, config) and _valid(stack, other))
    one, two = (render_all(stack, each, preview=False) for each in (config, other))
    assert _instances(one, f"{name}-blue") != _instances(two, f"{name}-blue")
    assert _instances(one, f"{name}-green") == _instances(two, f"{name}-green")


@given(stacks(), configs(), st.booleans())
@settings(quick, max_examples=3)
def test_the_same_config_renders_the_same(stack: str, config: dict[str, Any], preview: bool) -> None:  # noqa: FBT001 -- drawn
    """Twice, registration by registration, and so do the outputs."""
    assume(_valid(stack, config))
    one, two = (render_all(stack, config, preview=preview) for _ in range(2))
    assert _by_urn(one) == _by_urn(two)
    assert one.outputs == two.outputs
    assert [found.urn for found in one.registrations if found.type.startswith("switchyard:") and found.inputs] == []
