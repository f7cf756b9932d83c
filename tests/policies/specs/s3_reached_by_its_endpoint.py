from policies.rules.aws_types import NAT_GATEWAY, ROUTE, ROUTE_TABLE, VPC_ENDPOINT
from tests.policies.given import ELSEWHERE, UNKNOWN, Given, given
from tests.policies.spec import Case, Spec

NAT, TABLE = given(NAT_GATEWAY, "network-nat-a", {}), given(ROUTE_TABLE, "network-app-a", {})
OFFICE, OFFICE_NAT = given(ROUTE_TABLE, "office", {}), given(NAT_GATEWAY, "office-nat", {})
SERVICE = "com.amazonaws.eu-west-1.s3"
S3, KMS = (VPC_ENDPOINT, "endpoints-s3"), (VPC_ENDPOINT, "endpoints-kms")


def way_out(name: str, table: Given, nat: Given) -> Given:
    """A route out through a NAT gateway."""
    return given(ROUTE, name, {"natGatewayId": UNKNOWN}, {"natGatewayId": [nat], "routeTableId": [table]})


OUT = way_out("network-app-a-out", TABLE, NAT)
CASES = (
    Case(says="no table", change={S3: {"serviceName": SERVICE, "sources.routeTableIds": ELSEWHERE}}),
    Case(says="a new tier with a way out", add=[OFFICE, OFFICE_NAT, way_out("office-out", OFFICE, OFFICE_NAT)], fires_on=[S3]),
)

SPEC = Spec(
    compliant=(
        NAT,
        TABLE,
        OUT,
        given(ROUTE_TABLE, "network-data", {}),
        given(*S3, {"serviceName": SERVICE, "routeTableIds": [UNKNOWN]}, {"routeTableIds": [TABLE]}),
        given(*KMS, {"serviceName": "com.amazonaws.eu-west-1.kms"}),
    ),
    cases=CASES,
    also_compliant={"no way out": {OUT.key: {"sources.natGatewayId": []}, S3: {"sources.routeTableIds": []}}},
    undecided=((S3, "serviceName"),),
    mutations=CASES[:1],
)
