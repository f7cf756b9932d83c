from policies.rules.aws_types import (
    AUTO_SCALING_GROUP,
    INTERNET_GATEWAY,
    LOAD_BALANCER,
    ROUTE,
    ROUTE_TABLE,
    ROUTE_TABLE_ASSOCIATION,
    SUBNET,
    VPC_ENDPOINT,
)
from tests.policies.given import REMOVED, UNKNOWN, given
from tests.policies.spec import Case, Spec

PUBLIC, INSIDE = (given(SUBNET, f"network-{tier}-a", {}) for tier in ("public", "app"))
GATEWAY, TABLE = given(INTERNET_GATEWAY, "network-internet", {}), given(ROUTE_TABLE, "network-public", {})
OUT = given(ROUTE, "network-public-out", {"gatewayId": UNKNOWN}, {"gatewayId": [GATEWAY], "routeTableId": [TABLE]})
JOINED = given(ROUTE_TABLE_ASSOCIATION, "network-public-a-in", {}, {"subnetId": [PUBLIC], "routeTableId": [TABLE]})
BALANCER, GROUP, ENDPOINT = (LOAD_BALANCER, "lb"), (AUTO_SCALING_GROUP, "api-blue-group"), (VPC_ENDPOINT, "endpoints-kms")

SPEC = Spec(
    compliant=(
        PUBLIC,
        INSIDE,
        GATEWAY,
        TABLE,
        OUT,
        JOINED,
        given(*BALANCER, {"internal": True, "subnets": [UNKNOWN]}, {"subnets": [INSIDE]}),
        given(*GROUP, {"vpcZoneIdentifiers": [UNKNOWN]}, {"vpcZoneIdentifiers": [INSIDE]}),
        given(*ENDPOINT, {"subnetIds": [UNKNOWN]}, {"subnetIds": [INSIDE]}),
    ),
    cases=(
        Case(says="a load balancer that faces it", change={BALANCER: {"internal": False}}),
        Case(says="AWS's default scheme", change={BALANCER: {"internal": REMOVED}}),
        Case(says="a load balancer at its gateway", change={BALANCER: {"sources.subnets": [INSIDE.urn, PUBLIC.urn]}}),
        Case(says="instances at its gateway", change={GROUP: {"sources.vpcZoneIdentifiers": [PUBLIC.urn]}}),
        Case(says="endpoints at its gateway", change={ENDPOINT: {"sources.subnetIds": [PUBLIC.urn]}}),
        Case(
            says="a gateway for the inside",
            change={OUT.key: {"sources.routeTableId": [TABLE.urn]}, JOINED.key: {"sources.subnetId": [INSIDE.urn]}},
            fires_on=[BALANCER, GROUP, ENDPOINT],
        ),
    ),
    undecided=((BALANCER, "internal"),),
    mutations=(
        Case(says="a load balancer that faces it", change={BALANCER: {"internal": False}}),
        Case(says="AWS's default scheme", change={BALANCER: {"internal": REMOVED}}),
    ),
)
