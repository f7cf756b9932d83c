"""Elastic Load Balancing: load balancers and target groups."""

from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.provider.errors import ProviderError
from sandbox.provider.lb_attributes import LOAD_BALANCER, TARGET_GROUP, changing, reading
from sandbox.provider.limits import Limit
from sandbox.provider.names import Naming
from sandbox.provider.row import Call, Facts, Row
from sandbox.provider.schema import Failure

NAMING = Naming(
    limit=32,
    pattern=r"(?!internal-)[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?",
    says="letters, digits and hyphens, no hyphen at either end, not beginning with internal-",
)

FOUND_LOAD_BALANCER = (
    "LoadBalancers[0] | @ && merge(@, {internal: Scheme == 'internal', subnets: AvailabilityZones[].SubnetId, "
    "zoneId: CanonicalHostedZoneId})"
)

HEALTH_CHECK = {
    "enabled": "HealthCheckEnabled",
    "healthyThreshold": "HealthyThresholdCount",
    "interval": "HealthCheckIntervalSeconds",
    "matcher": "Matcher.HttpCode",
    "path": "HealthCheckPath",
    "port": "HealthCheckPort",
    "protocol": "HealthCheckProtocol",
    "timeout": "HealthCheckTimeoutSeconds",
    "unhealthyThreshold": "UnhealthyThresholdCount",
}

LOAD_BALANCER_LIMITS = {
    "idleTimeout": Limit(1, 4000),
    "clientKeepAlive": Limit(60, 604800),
    "subnets": Limit(2),
}

TARGET_GROUP_LIMITS = {
    "deregistrationDelay": Limit(0, 3600),
    "slowStart": Limit(0, 900),
    "stickiness.cookieDuration": Limit(1, 604800),
    "protocolVersion": Limit(choices=("HTTP1", "HTTP2", "GRPC")),
    "loadBalancingAlgorithmType": Limit(choices=("round_robin", "least_outstanding_requests", "weighted_random")),
}

TARGET_GROUP_DEFAULTS = {
    "targetType": "instance",
    "deregistrationDelay": 300,
    "slowStart": 0,
    "healthCheck.enabled": True,
    "healthCheck.healthyThreshold": 3,
    "healthCheck.interval": 30,
    "healthCheck.port": "traffic-port",
    "healthCheck.protocol": "HTTP",
    "healthCheck.unhealthyThreshold": 3,
}


def _delete(client: Any, facts: Facts) -> None:
    """Delete a load balancer. The emulator would let a protected one go, AWS does not."""
    told = client.describe_load_balancer_attributes(LoadBalancerArn=facts["id"])["Attributes"]
    if {"Key": LOAD_BALANCER["enableDeletionProtection"], "Value": "true"} in told:
        raise ProviderError(
            f"OperationNotPermitted: Load balancer '{facts['id']}' cannot be deleted because deletion protection is enabled"
        )
    client.delete_load_balancer(LoadBalancerArn=facts["id"])


def _suffix(facts: Facts) -> str:
    """Return the end of the ARN, which is CloudWatch's dimension."""
    return str(facts["arn"]).split(":", 5)[5].removeprefix("loadbalancer/")


def _target_group_failures(inputs: Facts) -> Iterator[Failure]:
    check: Mapping[str, Any] = inputs.get("healthCheck") or {}
    if check.get("timeout", 0) >= check.get("interval", 301):
        yield "healthCheck.timeout", f"{check['timeout']} s must be less than the interval of {check['interval']} s"
    if inputs.get("slowStart") in range(1, 30):
        yield "slowStart", f"{inputs['slowStart']} s: it is 0 (off) or 30 to 900 s"


ROWS = (
    Row(
        type="aws.lb.LoadBalancer",
        create=Call("create_load_balancer", "{Scheme: internal && 'internal' || 'internet-facing'}", "LoadBalancers[0]"),
        id="LoadBalancerArn",
        read=(Call("describe_load_balancers", "{LoadBalancerArns: [id]}", FOUND_LOAD_BALANCER), reading("load_balancer", LOAD_BALANCER)),
        update=(
            changing("load_balancer", LOAD_BALANCER),
            *(Call(f"set_{part}", "{LoadBalancerArn: id}") for part in ("subnets", "security_groups", "ip_address_type")),
        ),
        delete=Call(_delete),
        names={"loadBalancerType": "Type"},
        computed={"arnSuffix": _suffix},
        defaults={"loadBalancerType": "application", "idleTimeout": 60},
        replaces=("internal", "loadBalancerType", "customerOwnedIpv4Pool"),
        naming=NAMING,
        limits=LOAD_BALANCER_LIMITS,
        conflicts=(("subnets", "subnetMappings"),),
    ),
    Row(
        type="aws.lb.TargetGroup",
        create=Call("create_target_group", take="TargetGroups[0]"),
        id="TargetGroupArn",
        read=(Call("describe_target_groups", "{TargetGroupArns: [id]}", "TargetGroups[0]"), reading("target_group", TARGET_GROUP)),
        update=(Call("modify_target_group", "{TargetGroupArn: id}"), changing("target_group", TARGET_GROUP)),
        delete=Call("delete_target_group", "{TargetGroupArn: id}"),
        names={"healthCheck": HEALTH_CHECK},
        computed={"arnSuffix": _suffix},
        defaults=TARGET_GROUP_DEFAULTS,
        replaces=("port", "protocol", "protocolVersion", "vpcId", "targetType", "ipAddressType", "targetControlPort"),
        naming=NAMING,
        limits=TARGET_GROUP_LIMITS,
        check=_target_group_failures,
    ),
)
