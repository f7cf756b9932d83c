from policies.rules.aws_types import (
    AUTO_SCALING_GROUP,
    INTERNET_GATEWAY,
    ROUTE,
    ROUTE_TABLE,
    ROUTE_TABLE_ASSOCIATION,
    SUBNET,
    VPC_ENDPOINT,
)
from tests.policies.front_door import BALANCER as LB
from tests.policies.front_door import CDN, COPY, DISTRIBUTION, SITE, WAY_IN
from tests.policies.given import REMOVED, UNKNOWN, given
from tests.policies.spec import Case, Spec

PUBLIC, INSIDE = (given(SUBNET, f"network-{tier}-a", {}) for tier in ("public", "app"))
GATEWAY, TABLE = given(INTERNET_GATEWAY, "network-internet", {}), given(ROUTE_TABLE, "network-public", {})
OUT = given(ROUTE, "network-public-out", {"gatewayId": UNKNOWN}, {"gatewayId": [GATEWAY], "routeTableId": [TABLE]})
JOINED = given(ROUTE_TABLE_ASSOCIATION, "network-public-a-in", {}, {"subnetId": [PUBLIC], "routeTableId": [TABLE]})
BALANCER, GROUP, ENDPOINT = LB.key, (AUTO_SCALING_GROUP, "api-blue-group"), (VPC_ENDPOINT, "endpoints-kms")
STREET = {"originId": "street", "domainName": "lb.example.com", "customOriginConfig": {"originProtocolPolicy": "https-only"}}
CASES = (
    Case(says="a load balancer that faces it", change={BALANCER: {"internal": False}}),
    Case(says="AWS's default scheme", change={BALANCER: {"internal": REMOVED}}),
    Case(says="an origin in the internet", change={CDN: {"origins": lambda origins: [*origins, STREET]}}),
    Case(says="a website of a bucket", change={CDN: {"origins[0].domainName": "site.s3-website-eu-west-1.amazonaws.com"}}),
    Case(says="a bucket of elsewhere", change={CDN: {"origins[1].domainName": "else.s3.eu-central-1.amazonaws.com"}}),
    Case(says="another way in", change={CDN: {"origins[2].vpcOriginConfig.vpcOriginId": "vo_0123456789"}}),
    Case(says="another load balancer", change={WAY_IN.key: {"vpcOriginEndpointConfig.arn": "arn:aws:elasticloadbalancing:::else"}}),
)

SPEC = Spec(
    compliant=(
        PUBLIC,
        INSIDE,
        GATEWAY,
        TABLE,
        OUT,
        JOINED,
        *(SITE, COPY, WAY_IN, DISTRIBUTION),
        given(*BALANCER, LB.inputs, {"subnets": [INSIDE]}, outputs=LB.outputs),
        given(*GROUP, {"vpcZoneIdentifiers": [UNKNOWN]}, {"vpcZoneIdentifiers": [INSIDE]}),
        given(*ENDPOINT, {"subnetIds": [UNKNOWN]}, {"subnetIds": [INSIDE]}),
    ),
    cases=(
        *CASES,
        Case(says="a load balancer at its gateway", change={BALANCER: {"sources.subnets": [INSIDE.urn, PUBLIC.urn]}}),
        Case(says="instances at its gateway", change={GROUP: {"sources.vpcZoneIdentifiers": [PUBLIC.urn]}}),
        Case(says="endpoints at its gateway", change={ENDPOINT: {"sources.subnetIds": [PUBLIC.urn]}}),
        Case(
            says="a gateway for the inside",
            change={OUT.key: {"sources.routeTableId": [TABLE.urn]}, JOINED.key: {"sources.subnetId": [INSIDE.urn]}},
            fires_on=[BALANCER, GROUP, ENDPOINT],
        ),
    ),
    undecided=(
        (BALANCER, "internal"),
        (CDN, "origins[0].domainName"),
        (CDN, "origins[2].vpcOriginConfig.vpcOriginId"),
        (WAY_IN.key, "vpcOriginEndpointConfig.arn"),
    ),
    mutations=CASES,
)
