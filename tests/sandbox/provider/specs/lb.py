"""Specs of Elastic Load Balancing."""

from typing import Any

from tests.sandbox.provider.world import Spec, World


def load_balancer(world: World, vpc: str) -> str:
    """Return a new load balancer."""
    return world.id("aws.lb.LoadBalancer", internal=True, subnets=world.subnets(vpc))


def listener(world: World) -> str:
    """Return a new listener."""
    return world.id(
        "aws.lb.Listener", loadBalancerArn=load_balancer(world, world.vpc()), port=80, protocol="HTTP", defaultActions=[NOT_FOUND]
    )


def target_groups(world: World) -> tuple[str, str]:
    """Return two new target groups."""
    vpc = world.vpc()
    blue, green = (world.id("aws.lb.TargetGroup", port=443, protocol="HTTPS", vpcId=vpc) for _ in range(2))
    return blue, green


def forward(groups: tuple[str, str], blue: int) -> dict[str, Any]:
    """Return an action that sends a share to each of two groups, in percent."""
    members = [{"arn": arn, "weight": weight} for arn, weight in zip(groups, (blue, 100 - blue), strict=True)]
    return {"type": "forward", "forward": {"targetGroups": members, "stickiness": {"enabled": False, "duration": 1}}}


NOT_FOUND = {"type": "fixed-response", "fixedResponse": {"contentType": "text/plain", "messageBody": "none", "statusCode": "404"}}


def _load_balancer(world: World) -> dict[str, Any]:
    vpc = world.vpc()
    return {
        "internal": True,
        "subnets": world.subnets(vpc)[::-1],
        "securityGroups": [world.id("aws.ec2.SecurityGroup", vpcId=vpc)],
        "dropInvalidHeaderFields": True,
        "accessLogs": {"bucket": world.id("aws.s3.Bucket"), "enabled": True},
        "idleTimeout": 120,
    }


def _target_group(world: World) -> dict[str, Any]:
    return {
        "vpcId": world.vpc(),
        "port": 443,
        "protocol": "HTTPS",
        "deregistrationDelay": 30,
        "healthCheck": {"path": "/healthz", "protocol": "HTTPS", "interval": 10, "timeout": 5, "matcher": "200"},
        "stickiness": {"type": "lb_cookie", "enabled": False},
        "targetGroupHealth": {"dnsFailover": {"minimumHealthyTargetsCount": "1"}},
    }


def _listener(world: World) -> dict[str, Any]:
    return {
        "loadBalancerArn": load_balancer(world, world.vpc()),
        "port": 80,
        "protocol": "HTTP",
        "defaultActions": [NOT_FOUND],
        "routingHttpResponseServerEnabled": False,
    }


def _rule(world: World) -> dict[str, Any]:
    header = {"httpHeaderName": "x-switchyard-preview", "values": ["token"]}
    return {
        "listenerArn": listener(world),
        "priority": 3,
        "actions": [forward(target_groups(world), 100)],
        "conditions": [{"pathPattern": {"values": ["/api/*"]}}, {"httpHeader": header}],
    }


SPECS = (
    Spec(
        type="aws.lb.LoadBalancer",
        inputs=_load_balancer,
        change={"idleTimeout": 90, "preserveHostHeader": True},
        replace={"internal": False},
    ),
    Spec(type="aws.lb.TargetGroup", inputs=_target_group, change={"slowStart": 60, "healthCheck": {"path": "/z"}}, replace={"port": 8443}),
    Spec(type="aws.lb.Listener", inputs=_listener, change={"port": 8080}, replace={"loadBalancerArn": "another"}),
    Spec(type="aws.lb.ListenerRule", inputs=_rule, change={"priority": 4, "actions": [NOT_FOUND]}, replace={"listenerArn": "another"}),
)
