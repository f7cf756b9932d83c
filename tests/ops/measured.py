"""A stand-in that knows what emergency measures touch as well: parameters, firewalls, processes of groups, and the edge's keys."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pulumi.automation.events import OpType

from components.auto_scaling import KEPT_AS_THEY_ARE
from components.color_firewall import WAY_IN, ways_out
from components.edge import caching_value, maintenance_value
from components.naming import EDGE_REGION
from ops.difference import EGRESS, INGRESS
from ops.guard import PARAMETER
from ops.landing import SECURITY_GROUP
from ops.measures import CACHE_POLICY, IP_SET, IP_SETS, LOCKDOWN_RULE, ROUTING, WEB_ACL_RULE
from ops.parts import GROUP, STORE_KEY
from ops.plan import Step
from settings import Settings
from settings_types import Color
from tests.ops.cloud import Cloud
from tests.ops.stand_in import CloudTarget, StandIn, step_of
from tests.ops.state import resource

VISIBLE = {"SampledRequestsEnabled": True, "CloudWatchMetricsEnabled": True, "MetricName": "waf"}
ACL = "waf-acl-1"
ANYWHERE = [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]
"""What AWS puts into every new group; the provider takes it out at once."""


@dataclass
class Ground:
    """What is made once in the emulated AWS, and how to find it again."""

    cloud: Cloud
    parameters: dict[str, str] = field(default_factory=dict)
    """Service to parameter."""
    groups: dict[str, str] = field(default_factory=dict)
    """Color to security group."""
    rules: dict[str, dict[tuple[str, str], str]] = field(default_factory=dict)
    """Color to its rules: type and name to id."""
    acl: str = ""
    sets: dict[str, str] = field(default_factory=dict)
    """Name to id of the sets of networks."""

    def make(self, settings: Settings) -> None:
        """Make all of it, with no measure imposed."""
        ec2, waf = self.cloud.client("ec2"), self.cloud.client("wafv2", EDGE_REGION)
        vpc = ec2.describe_vpcs(Filters=[{"Name": "cidr", "Values": ["10.0.0.0/16"]}])["Vpcs"][0]["VpcId"]
        for service in settings.services:
            self.parameters[service] = f"/switchyard/staging/{service}/endpoints/DISABLED_FEATURES"
            for color in Color:
                made = ec2.create_security_group(GroupName=f"{service}-{color}-own", Description="its own", VpcId=vpc)
                self.groups[f"{service}-{color}"] = made["GroupId"]
                ec2.revoke_security_group_egress(GroupId=made["GroupId"], IpPermissions=ANYWHERE)
                self.rules[f"{service}-{color}"] = {}
        for name, version in zip(IP_SETS, ("IPV4", "IPV6"), strict=True):
            made = waf.create_ip_set(Name=name, Scope="CLOUDFRONT", IPAddressVersion=version, Addresses=[])
            self.sets[name] = made["Summary"]["Id"]
        made = waf.create_web_acl(Name=ACL, Scope="CLOUDFRONT", DefaultAction={"Allow": {}}, VisibilityConfig=VISIBLE, Rules=[])
        self.acl = made["Summary"]["ARN"]

    def is_off(self, name: str) -> set[str]:
        """What a color's group has suspended."""
        return {process["ProcessName"] for process in self.cloud.group(name)["SuspendedProcesses"]}


def wanted_rules(settings: Settings, service: str) -> list[tuple[str, str]]:
    """The roles of a color's rules by type."""
    return [(INGRESS, WAY_IN), *((EGRESS, role) for role in ways_out(settings.services[service].uses, settings.network.egress_cidrs))]


class Measured(StandIn):
    """Writes measures to the emulated AWS as the engine would, and holds them against config."""

    def __init__(self, target: CloudTarget, ground: Ground) -> None:
        super().__init__(target)
        self.ground = ground
        self.ttl = 0
        self._networks: dict[str, list[str] | None] = dict.fromkeys(IP_SETS)
        self._blocks: bool | None = None
        self._features = dict.fromkeys(ground.parameters, "[]")
        self.cloud.show(maintenance_value(on=False, allowed_networks=()), "maintenance")
        self.cloud.show(caching_value(on=False), "caching")
        for step in self._calm():
            self._write(step)

    def _calm(self) -> Iterator[Step]:
        """What brings the ground back to where nothing is imposed."""
        settings = self.target.file.settings()
        yield from (
            step_of(PARAMETER, f"{service}-endpoint-DISABLED_FEATURES", ("value",), new={"value": "[]"}) for service in self._features
        )
        yield from self._firewall_steps(settings)
        for service in settings.services:
            yield from self._quarantine_steps(settings, service)

    @property
    def resources(self) -> Sequence[Mapping[str, Any]]:
        """What a measure may touch, beside all else."""
        ground = self.ground
        sets = [resource(IP_SET, name, f"{id_}/{name}/CLOUDFRONT", outputs={"name": name}) for name, id_ in ground.sets.items()]
        keys = [resource(STORE_KEY, f"{ROUTING}{key}", key) for key in ("maintenance", "caching")]
        rules = [resource(kind, name, id_) for made in ground.rules.values() for (kind, name), id_ in made.items()]
        return [
            *super().resources,
            *(resource(PARAMETER, f"{service}-endpoint-DISABLED_FEATURES", name) for service, name in ground.parameters.items()),
            *(resource(SECURITY_GROUP, color, id_) for color, id_ in ground.groups.items()),
            resource(WEB_ACL_RULE, LOCKDOWN_RULE, f"{ground.acl},lockdown"),
            resource(CACHE_POLICY, "policies-services", "policy"),
            *(*sets, *keys, *rules),
        ]

    def _steps(self) -> list[Step]:
        settings = self.target.file.settings()
        steps = [*super()._steps(), *self._edge_steps(settings), *self._firewall_steps(settings)]
        for service in settings.services:
            value = settings.contingency.features_value
            if value != self._features[service]:
                steps.append(step_of(PARAMETER, f"{service}-endpoint-DISABLED_FEATURES", ("value",), new={"value": value}))
            steps += self._quarantine_steps(settings, service)
        return steps

    def _edge_steps(self, settings: Settings) -> Iterator[Step]:
        now = settings.contingency
        values = {
            "maintenance": maintenance_value(now.maintenance, now.allowed_networks),
            "caching": caching_value(now.aggressive_caching),
        }
        yield from (
            step_of(STORE_KEY, f"{ROUTING}{key}", ("value",), new={"value": value})
            for key, value in values.items()
            if value != self.cloud.shown(key)
        )
        if self.ttl != 60 * now.aggressive_caching:
            yield step_of(CACHE_POLICY, "policies-services", ("minTtl", "defaultTtl"), new={"minTtl": 60 * now.aggressive_caching})

    def _firewall_steps(self, settings: Settings) -> Iterator[Step]:
        if self._blocks is not settings.shuts_out:
            action: dict[str, Any] = {"block": {}} if settings.shuts_out else {"count": {}}
            yield step_of(WEB_ACL_RULE, LOCKDOWN_RULE, ("action",), new={"action": action})
        for name in IP_SETS:
            addresses = [each for each in settings.admitted if (":" in each) is (name == IP_SETS[1])]
            if addresses != self._networks[name]:
                yield step_of(IP_SET, name, ("addresses",), new={"addresses": addresses})

    def _quarantine_steps(self, settings: Settings, service: str) -> Iterator[Step]:
        for color in Color:
            cut_off, name = settings.contingency.quarantines(service, color), f"{service}-{color}"
            there = self.ground.rules[name]
            wanted = [] if cut_off else [(kind, f"{name}-{role}") for kind, role in wanted_rules(settings, service)]
            yield from (step_of(kind, rule, op=OpType.CREATE) for kind, rule in wanted if (kind, rule) not in there)
            yield from (step_of(kind, rule, op=OpType.DELETE) for kind, rule in there if (kind, rule) not in wanted)
            if self.ground.is_off(name) != set(KEPT_AS_THEY_ARE if cut_off else ()):
                suspended = list(KEPT_AS_THEY_ARE if cut_off else ())
                yield step_of(GROUP, f"{name}-group", ("suspendedProcesses",), new={"suspendedProcesses": suspended})

    def _write(self, step: Step) -> None:
        match step.type:
            case _ if step.type == PARAMETER:
                service = step.name.partition("-")[0]
                self._features[service] = step.new["value"]
                name = self.ground.parameters[service]
                self.cloud.client("ssm").put_parameter(Name=name, Value=step.new["value"], Type="String", Overwrite=True)
            case _ if step.type == STORE_KEY:
                self.cloud.show(step.new["value"], step.name.removeprefix(ROUTING))
            case _ if step.type == CACHE_POLICY:
                self.ttl = step.new["minTtl"]
            case _ if step.type in {WEB_ACL_RULE, IP_SET}:
                self._write_firewall(step)
            case _ if step.type in {INGRESS, EGRESS}:
                self._write_rule(step)
            case _ if step.keys == ("suspendedProcesses",):
                self._suspend(step.name.removesuffix("-group"), step.new["suspendedProcesses"])
            case _:
                super()._write(step)

    def _write_firewall(self, step: Step) -> None:
        waf = self.cloud.client("wafv2", EDGE_REGION)
        if step.type == IP_SET:
            self._networks[step.name] = list(step.new["addresses"])
            key = {"Name": step.name, "Scope": "CLOUDFRONT", "Id": self.ground.sets[step.name]}
            waf.update_ip_set(**key, Addresses=step.new["addresses"], LockToken=waf.get_ip_set(**key)["LockToken"])
            return
        self._blocks = "block" in step.new["action"]
        key = {"Name": ACL, "Scope": "CLOUDFRONT", "Id": self.ground.acl.rpartition("/")[2]}
        rule = {
            "Name": "lockdown",
            "Priority": 0,
            "Statement": {"GeoMatchStatement": {"CountryCodes": ["IE"]}},
            "Action": {"Block": {}} if self._blocks else {"Count": {}},
            "VisibilityConfig": VISIBLE,
        }
        token = waf.get_web_acl(**key)["LockToken"]
        waf.update_web_acl(**key, DefaultAction={"Allow": {}}, VisibilityConfig=VISIBLE, Rules=[rule], LockToken=token)

    def _write_rule(self, step: Step) -> None:
        """Make or delete a rule; its port says which one it is, since AWS takes none twice."""
        ec2, color = self.cloud.client("ec2"), "-".join(step.name.split("-")[:2])
        group, known = self.ground.groups[color], self.ground.rules[color]
        side = "ingress" if step.type == INGRESS else "egress"
        if step.op is OpType.DELETE:
            id_ = known.pop((step.type, step.name))
            getattr(ec2, f"revoke_security_group_{side}")(GroupId=group, SecurityGroupRuleIds=[id_])
            return
        port = 1024 + len(step.name) + sum(map(ord, step.name))
        allowed = [{"IpProtocol": "tcp", "FromPort": port, "ToPort": port, "IpRanges": [{"CidrIp": "10.0.0.0/8"}]}]
        made = getattr(ec2, f"authorize_security_group_{side}")(GroupId=group, IpPermissions=allowed)
        known[step.type, step.name] = made["SecurityGroupRules"][0]["SecurityGroupRuleId"]

    def _suspend(self, group: str, processes: Sequence[str]) -> None:
        autoscaling = self.cloud.client("autoscaling")
        off = self.ground.is_off(group)
        if off:
            autoscaling.resume_processes(AutoScalingGroupName=group, ScalingProcesses=sorted(off))
        if processes:
            autoscaling.suspend_processes(AutoScalingGroupName=group, ScalingProcesses=list(processes))
