"""One service in two colors, as the components make it: what several rules' specs start from."""

from typing import Any

from policies.rules import aws_types as types
from tests.policies.given import UNKNOWN, Given, given

COLORS = ("blue", "green")

SUBNETS = tuple(given(types.SUBNET, f"net-app-{zone}", {"availabilityZone": f"eu-west-1{zone}"}) for zone in "ab")


def _target_group(color: str) -> Given:
    check = {"enabled": True, "protocol": "HTTPS", "port": "traffic-port", "path": "/healthz", "matcher": "200", "interval": 10}
    inputs = {
        "port": 8443,
        "protocol": "HTTPS",
        "deregistrationDelay": 60,
        "healthCheck": {**check, "timeout": 5, "healthyThreshold": 2, "unhealthyThreshold": 3},
        "tags": {"service": "api", "color": color},
    }
    return given(types.TARGET_GROUP, f"api-{color}", inputs, outputs={"arn": f"arn:{color}"})


BLUE, GREEN = (_target_group(color) for color in COLORS)


def _fleet(color: str, target_group: Given) -> Given:
    inputs = {"minSize": 2, "maxSize": 4, "vpcZoneIdentifiers": [UNKNOWN, UNKNOWN], "targetGroupArns": [UNKNOWN]}
    return given(
        types.AUTO_SCALING_GROUP,
        f"api-{color}-group",
        inputs,
        {"vpcZoneIdentifiers": SUBNETS, "targetGroupArns": [target_group]},
    )


BLUE_FLEET, GREEN_FLEET = _fleet("blue", BLUE), _fleet("green", GREEN)


def _forward(*shares: tuple[str, int]) -> list[dict[str, Any]]:
    return [{"type": "forward", "forward": {"targetGroups": [{"arn": arn, "weight": weight} for arn, weight in shares]}}]


TRAFFIC = given(
    types.LISTENER_RULE,
    "api-traffic",
    {"actions": _forward(("arn:blue", 100), ("arn:green", 0)), "tags": {"service": "api", "role": "traffic"}},
    {"actions": [BLUE, GREEN]},
)
PREVIEW = given(
    types.LISTENER_RULE,
    "api-blue-preview",
    {"actions": _forward(("arn:blue", 100)), "tags": {"service": "api", "color": "blue", "role": "preview"}},
    {"actions": [BLUE]},
)

WEB_TIER = (*SUBNETS, BLUE, GREEN, BLUE_FLEET, GREEN_FLEET, TRAFFIC, PREVIEW)
"""All of it."""
