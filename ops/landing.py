"""Whether an emergency measure is in AWS as config says, read back from AWS itself."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from components.auto_scaling import KEPT_AS_THEY_ARE
from components.edge import caching_value, maintenance_value
from components.naming import EDGE_REGION
from ops.deployment import Deployment
from ops.edge_store import read
from ops.errors import EngineError
from ops.measures import IP_SET, IP_SETS, LOCKDOWN_RULE, WEB_ACL_RULE, Measure, features
from ops.strangers import rules_in
from ops.traffic import Traffic, wiring
from settings_types import Color

SECURITY_GROUP = "aws:ec2/securityGroup:SecurityGroup"
Difference = Iterator[str]


def landed(deployment: Deployment, measure: Measure, names: Sequence[str] = ()) -> None:
    """EngineError while AWS has a measure otherwise than config; `names` are the colors whose quarantine has changed."""
    found = differences(deployment, measure, names)
    if found:
        hint = f"Run the command again; if it stays so, `switchyard drift {deployment.options}` says who changed it."
        raise EngineError("\n".join(found), hint)


def differences(deployment: Deployment, measure: Measure, names: Sequence[str] = ()) -> list[str]:
    """Where AWS has a measure otherwise than config."""
    return list(LOOKS[measure.name](deployment, names))


def floors(deployment: Deployment, services: Sequence[str]) -> Difference:
    """The groups of these services whose floor is not config's."""
    settings = deployment.target.file.settings()
    for service in services:
        for color, state in Traffic(deployment).colors(service).items():
            floor = settings.services[service].pins(color).capacity.floor(settings.contingency.scale_floor)
            if state.floor != floor:
                yield f"{service}: config gives {color} a floor of {floor}, and AWS says {state.floor}."


def _all_floors(deployment: Deployment, _names: Sequence[str]) -> Difference:
    yield from floors(deployment, list(deployment.target.file.settings().services))


def _features(deployment: Deployment, _names: Sequence[str]) -> Difference:
    settings, ssm = deployment.target.file.settings(), deployment.target.client("ssm")
    for service in settings.services:
        name = resource(deployment, *features(service).address(settings))["id"]
        found = ssm.get_parameter(Name=name)["Parameter"]["Value"]
        if found != settings.contingency.features_value:
            yield f"{name}: config says {settings.contingency.features_value}, and AWS {found}."


def _quarantine(deployment: Deployment, names: Sequence[str]) -> Difference:
    settings, ec2 = deployment.target.file.settings(), deployment.target.client("ec2")
    for service, color in ((service, color) for service in settings.services for color in Color if f"{service}.{color}" in names):
        cut_off = settings.contingency.quarantines(service, color)
        group = resource(deployment, SECURITY_GROUP, f"{settings.resource_name(service)}-{color}")["id"]
        rules = len(list(rules_in(ec2, [group])))
        if cut_off is bool(rules):
            yield f"{service}.{color}: config says that it is {'' if cut_off else 'not '}cut off, and its security group has {rules} rules."
        stopped = suspended(deployment, service, color) & {*KEPT_AS_THEY_ARE}
        if len(stopped) != (len(KEPT_AS_THEY_ARE) if cut_off else 0):
            yield f"{service}.{color}: of its group AWS has suspended {', '.join(sorted(stopped)) or 'nothing'}."


def suspended(deployment: Deployment, service: str, color: Color) -> set[str]:
    """What a color's group does not do at the moment."""
    name = wiring(deployment, service).groups[color]
    groups = deployment.target.client("autoscaling").describe_auto_scaling_groups(AutoScalingGroupNames=[name])["AutoScalingGroups"]
    return {process["ProcessName"] for group in groups for process in group["SuspendedProcesses"]}


def _lockdown(deployment: Deployment, _names: Sequence[str]) -> Difference:
    settings, waf = deployment.target.file.settings(), deployment.target.client("wafv2", EDGE_REGION)
    acl, rule = resource(deployment, WEB_ACL_RULE, LOCKDOWN_RULE)["id"].split(",")
    *_, name, id_ = acl.split("/")
    rules = waf.get_web_acl(Name=name, Scope="CLOUDFRONT", Id=id_)["WebACL"]["Rules"]
    blocks = any("Block" in each["Action"] for each in rules if each["Name"] == rule)
    if blocks is not settings.shuts_out:
        wanted = "block" if settings.shuts_out else "count"
        yield f"By config the firewall's rule is to {wanted} strangers, and AWS's does not."
    found = {network for name in IP_SETS for network in _addresses(waf, resource(deployment, IP_SET, name))}
    if found != {*settings.admitted}:
        told = f"By config the firewall knows {', '.join(settings.admitted) or 'nobody'}"
        yield f"{told}, and AWS has {', '.join(sorted(found)) or 'nobody'}."


def _addresses(waf: Any, known: Mapping[str, Any]) -> Sequence[str]:
    outputs = known["outputs"]
    id_ = known["id"].partition("/")[0]
    return list(waf.get_ip_set(Name=outputs["name"], Scope="CLOUDFRONT", Id=id_)["IPSet"]["Addresses"])


def _maintenance(deployment: Deployment, _names: Sequence[str]) -> Difference:
    contingency = deployment.target.file.settings().contingency
    yield from _stored(deployment, "maintenance", maintenance_value(contingency.maintenance, contingency.allowed_networks))


def _caching(deployment: Deployment, _names: Sequence[str]) -> Difference:
    yield from _stored(deployment, "caching", caching_value(deployment.target.file.settings().contingency.aggressive_caching))


def _stored(deployment: Deployment, key: str, wanted: str) -> Difference:
    found = read(deployment, key)
    if found != wanted:
        yield f"{key}: the edge is to read {wanted}, and reads {found}."


def resource(deployment: Deployment, kind: str, name: str) -> Mapping[str, Any]:
    """A resource in the state; BadInputError where there is none."""
    urn = deployment.urn(kind, name)
    return next(each for each in deployment.resources if each["urn"] == urn)


LOOKS: Mapping[str, Callable[[Deployment, Sequence[str]], Difference]] = {
    "scale-floor": _all_floors,
    "maintenance": _maintenance,
    "lockdown": _lockdown,
    "aggressive-caching": _caching,
    "disabled-features": _features,
    "quarantine": _quarantine,
}
"""How each measure is looked for, by its name."""
