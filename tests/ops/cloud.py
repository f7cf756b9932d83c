"""A web tier in the emulated AWS, as far as the commands look at it, made by boto3 and without an engine."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from components.blue_green import PREVIEW_HEADER
from components.edge import TRAFFIC_KEY, traffic_value
from ops.traffic import Wiring
from sandbox.account import Sandbox
from sandbox.seed import AccountFacts
from settings import Settings
from settings_service import Pins
from settings_types import Color

REGION = "eu-west-1"
ACCOUNT = "123456789012"
PAGE = f"arn:aws:sns:{REGION}:{ACCOUNT}:topics-page"
"""The topic that wakes somebody."""

DISTRIBUTION = {
    "CallerReference": "1",
    "Comment": "",
    "Enabled": True,
    "Origins": {"Quantity": 1, "Items": [{"Id": "site", "DomainName": "site-of-staging.s3.eu-west-1.amazonaws.com"}]},
    "DefaultCacheBehavior": {"TargetOriginId": "site", "ViewerProtocolPolicy": "redirect-to-https"},
}
"""A distribution that has things to forget."""


@dataclass
class Cloud:
    """The load balancer with its rules, and the fleets."""

    sandbox: Sandbox
    account: str = ACCOUNT
    services: dict[str, Wiring] = field(default_factory=dict)
    listener: str = ""
    routes: dict[str, tuple[tuple[str, ...], int]] = field(default_factory=dict)
    """The paths of each service, and the priority of its traffic rule."""
    previews: dict[str, dict[Color, str]] = field(default_factory=dict)
    """The preview rules of each service."""
    site: dict[str, str] = field(default_factory=dict)
    """The stack's output of this name."""
    alarms: dict[str, str] = field(default_factory=dict)
    """The alarms that page, each with its service; the load balancer's has none."""
    _clients: dict[str, Any] = field(default_factory=dict)

    def client(self, service: str, region: str = "") -> Any:
        """A boto3 client of this account."""
        known = f"{service} {region or REGION}"
        if known not in self._clients:
            self._clients[known] = self.sandbox.client(service, AccountFacts(account_id=self.account, region=REGION), region)
        return self._clients[known]

    def bring_up(self, settings: Settings) -> None:
        """Make what the settings name: a rule and two fleets a service."""
        pins = [service.pins(color) for service in settings.services.values() for color in Color]
        self.sandbox.seed(AccountFacts(account_id=self.account, region=REGION, images=dict.fromkeys((pin.ami for pin in pins), "arm64")))
        ec2, elbv2 = self.client("ec2"), self.client("elbv2")
        vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        subnets = [  # large ones: moto gives no address of a terminated instance back, and all tests of a run share them
            ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{16 * number}.0/20", AvailabilityZone=f"{REGION}{zone}")["Subnet"]["SubnetId"]
            for number, zone in enumerate("ab")
        ]
        balancer = elbv2.create_load_balancer(Name="lb", Subnets=subnets, Scheme="internal")["LoadBalancers"][0]["LoadBalancerArn"]
        answer = [{"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "404"}}]
        made = elbv2.create_listener(LoadBalancerArn=balancer, Protocol="HTTP", Port=80, DefaultActions=answer)
        self.listener = made["Listeners"][0]["ListenerArn"]
        for name, service in settings.services.items():
            groups = {color: self._target_group(f"{name}-{color}", vpc) for color in Color}
            self.routes[name] = (service.paths, 3 * service.priority)
            rule = self._rule(name, forward(groups, {color: service.weight(color) for color in Color}))
            self.previews[name] = {color: self._preview(name, color, groups[color]) for color in Color}
            fleets = {color: self._fleet(f"{name}-{color}", service.pins(color), subnets, groups[color]) for color in Color}
            self.services[name] = Wiring(rule, groups, fleets)
        self._bring_up_site()
        colors = {f"{name}-{color}-5xx": name for name in settings.services for color in Color}
        self.alarms = {"lb-5xx": "", **colors}

    def reset(self, settings: Settings) -> None:
        """Bring weights and sizes back to what the settings say, and calm every alarm."""
        for alarm in self.alarms:
            self._alarm(alarm)
        self.show(shown(settings))
        self._fill_bucket(settings.site.live)
        for name, service in settings.services.items():
            self.set_weights(name, {color: service.weight(color) for color in Color})
            for color, group in self.services[name].groups.items():
                pins = service.pins(color)
                floor = pins.capacity.floor(0)
                self.size(group, floor=floor, desired=floor)
                if floor and self.runs(group) != {(pins.ami, pins.image.partition("@")[2])}:
                    self.release(group, pins)

    def _bring_up_site(self) -> None:
        cloudfront = self.client("cloudfront")
        store = cloudfront.create_key_value_store(Name="routing", Comment="")["KeyValueStore"]["ARN"]
        made = cloudfront.create_distribution(DistributionConfig=DISTRIBUTION)["Distribution"]
        self.site = {"bucket": "site-of-staging", "distribution": made["Id"], "store": store}
        self.client("s3").create_bucket(Bucket=self.site["bucket"], CreateBucketConfiguration={"LocationConstraint": REGION})

    def _fill_bucket(self, live: str) -> None:
        """Empty it but for the live release, a page."""
        s3, bucket = self.client("s3"), self.site["bucket"]
        for key in self.objects():
            s3.delete_object(Bucket=bucket, Key=key)
        key, page = f"releases/{live}/index.html", b"<!doctype html>"
        s3.put_object(Bucket=bucket, Key=key, Body=page)
        entry = {"sha256": hashlib.sha256(page).hexdigest(), "size": len(page)}
        s3.put_object(Bucket=bucket, Key=f"manifests/{live}.json", Body=json.dumps({"release": live, "objects": {key: entry}}))

    def objects(self, prefix: str = "") -> list[str]:
        """The keys in the site's bucket."""
        pages = self.client("s3").get_paginator("list_objects_v2").paginate(Bucket=self.site["bucket"], Prefix=prefix)
        return [each["Key"] for page in pages for each in page.get("Contents", ())]

    def shown(self, key: str = TRAFFIC_KEY) -> str:
        """The value of a key at the edge."""
        return str(self.client("cloudfront-keyvaluestore").get_key(KvsARN=self.site["store"], Key=key)["Value"])

    def show(self, value: str, key: str = TRAFFIC_KEY) -> None:
        """Write a key at the edge, as the provider does."""
        stores, store = self.client("cloudfront-keyvaluestore"), self.site["store"]
        etag = stores.describe_key_value_store(KvsARN=store)["ETag"]
        stores.put_key(KvsARN=store, Key=key, Value=value, IfMatch=etag)

    def _rule(self, service: str, actions: list[dict[str, Any]], before: int = 0, *more: Mapping[str, Any]) -> str:
        """One of a service's rules: its traffic's, or one so many places before it with more conditions."""
        paths, priority = self.routes[service]
        conditions = [{"Field": "path-pattern", "PathPatternConfig": {"Values": list(paths)}}, *more]
        made = self.client("elbv2").create_rule(
            ListenerArn=self.listener, Priority=priority - before, Conditions=conditions, Actions=actions
        )
        return str(made["Rules"][0]["RuleArn"])

    def _preview(self, service: str, color: Color, group: str) -> str:
        token = {"HttpHeaderName": PREVIEW_HEADER, "Values": [token_of(service, color)]}
        only = [{"Type": "forward", "ForwardConfig": {"TargetGroups": [{"TargetGroupArn": group, "Weight": 100}]}}]
        return self._rule(service, only, 2 - list(Color).index(color), {"Field": "http-header", "HttpHeaderConfig": token})

    def _alarm(self, name: str) -> None:
        self.client("cloudwatch").put_metric_alarm(
            AlarmName=name,
            Namespace="AWS/ApplicationELB",
            MetricName="HTTPCode_Target_5XX_Count",
            Statistic="Sum",
            Period=60,
            EvaluationPeriods=5,
            Threshold=10,
            ComparisonOperator="GreaterThanThreshold",
            AlarmActions=[PAGE],
        )

    def _target_group(self, name: str, vpc: str) -> str:
        made = self.client("elbv2").create_target_group(Name=name, VpcId=vpc, Protocol="HTTPS", Port=443)
        return str(made["TargetGroups"][0]["TargetGroupArn"])

    def _fleet(self, name: str, pins: Pins, subnets: list[str], target_group: str) -> str:
        template = {"LaunchTemplateName": name, "Version": "$Latest"}
        tags = [{"Key": "release", "Value": pins.image.partition("@")[2]}]
        data = {"ImageId": pins.ami, "InstanceType": "t4g.small", "TagSpecifications": [{"ResourceType": "instance", "Tags": tags}]}
        self.client("ec2").create_launch_template(LaunchTemplateName=name, LaunchTemplateData=data)
        self.client("autoscaling").create_auto_scaling_group(
            AutoScalingGroupName=name,
            LaunchTemplate=template,
            MinSize=pins.capacity.floor(0),
            MaxSize=pins.capacity.max,
            VPCZoneIdentifier=",".join(subnets),
            TargetGroupARNs=[target_group],
        )
        return name

    def release(self, name: str, pins: Pins) -> None:
        """Replace a fleet's instances by such that run the pins, as an instance refresh does in the end."""
        tags = [{"Key": "release", "Value": pins.image.partition("@")[2]}]
        data = {"ImageId": pins.ami, "InstanceType": "t4g.small", "TagSpecifications": [{"ResourceType": "instance", "Tags": tags}]}
        self.client("ec2").create_launch_template_version(LaunchTemplateName=name, LaunchTemplateData=data)
        size, least = self.group(name)["DesiredCapacity"], self.group(name)["MinSize"]
        self.size(name, floor=0, desired=0)
        self.size(name, floor=least, desired=size)

    def runs(self, name: str) -> set[tuple[str, str]]:
        """AMI and digest of a fleet's instances."""
        ids = [instance["InstanceId"] for instance in self.group(name)["Instances"]]
        reservations = self.client("ec2").describe_instances(InstanceIds=ids)["Reservations"] if ids else []
        instances = [instance for reservation in reservations for instance in reservation["Instances"]]
        return {(each["ImageId"], next(tag["Value"] for tag in each["Tags"] if tag["Key"] == "release")) for each in instances}

    def weights(self, service: str) -> dict[str, int]:
        """The shares by the rule."""
        where = self.services[service]
        rule = self.client("elbv2").describe_rules(RuleArns=[where.rule])["Rules"][0]
        told = {group["TargetGroupArn"]: group["Weight"] for group in rule["Actions"][0]["ForwardConfig"]["TargetGroups"]}
        return {str(color): told[arn] for color, arn in where.target_groups.items()}

    def set_weights(self, service: str, weights: Mapping[Color, int]) -> None:
        """Write the rule, as the provider does."""
        where = self.services[service]
        self.client("elbv2").modify_rule(RuleArn=where.rule, Actions=forward(where.target_groups, weights))

    def group(self, name: str) -> Mapping[str, Any]:
        """An Auto Scaling group as AWS describes it."""
        found: Mapping[str, Any] = self.client("autoscaling").describe_auto_scaling_groups(AutoScalingGroupNames=[name])
        described: Mapping[str, Any] = found["AutoScalingGroups"][0]
        return described

    def size(self, name: str, *, floor: int | None = None, desired: int) -> None:
        """Set how many instances a group has, and its floor when one is given."""
        sizes = {"DesiredCapacity": desired} | ({} if floor is None else {"MinSize": floor})
        self.client("autoscaling").update_auto_scaling_group(AutoScalingGroupName=name, **sizes)


def shown(settings: Settings) -> str:
    """What the traffic key says by config, as the program has it."""
    site = settings.site
    canary, percent = (site.canary.release, site.canary.percent) if site.canary else ("", 0)
    return traffic_value(site.live, canary, percent, site.single_page, site.previous or "")


def token_of(service: str, color: Color) -> str:
    """The secret word of a color's preview rule."""
    return f"token-of-{service}-{color}"


def forward(groups: Mapping[Color, str], weights: Mapping[Color, int]) -> list[dict[str, Any]]:
    """The action of a weighted rule."""
    targets = [{"TargetGroupArn": groups[color], "Weight": weights[color]} for color in Color]
    return [{"Type": "forward", "ForwardConfig": {"TargetGroups": targets}}]
