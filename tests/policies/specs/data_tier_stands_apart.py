from policies.rules.aws_types import NETWORK_ACL, ROUTE, ROUTE_TABLE, ROUTE_TABLE_ASSOCIATION, SUBNET
from tests.policies.given import ELSEWHERE, REMOVED, UNKNOWN, given
from tests.policies.spec import Case, Spec

DATA, TABLE = given(SUBNET, "network-data-a", {"tags": {"tier": "data"}}), given(ROUTE_TABLE, "network-data", {})
JOINED, ACL = (ROUTE_TABLE_ASSOCIATION, "network-data-a-in"), (NETWORK_ACL, "firewall-data")
OTHER = given(ROUTE_TABLE, "network-app-a", {})
OUT = given(ROUTE, "network-app-a-out", {}, {"routeTableId": [OTHER]})

SPEC = Spec(
    compliant=(
        DATA,
        TABLE,
        OTHER,
        OUT,
        given(SUBNET, "network-app-a", {"tags": {"tier": "app"}}),
        given(SUBNET, "office", {}),
        given(*JOINED, {"subnetId": UNKNOWN}, {"subnetId": [DATA], "routeTableId": [TABLE]}),
        given(*ACL, {"subnetIds": [UNKNOWN]}, {"subnetIds": [DATA]}),
    ),
    cases=(
        Case(says="no network ACL", change={DATA.key: {"tags.tier": "data"}}, drop=[ACL]),
        Case(says="an ACL around something else", change={ACL: {"sources.subnetIds": ELSEWHERE}}, fires_on=[DATA.key]),
        Case(says="the VPC's main route table", drop=[JOINED], fires_on=[DATA.key]),
        Case(says="a route out", change={OUT.key: {"sources.routeTableId": [TABLE.urn]}}),
        Case(says="the table of a tier with a way out", change={JOINED: {"sources.routeTableId": [OTHER.urn]}}, fires_on=[OUT.key]),
        Case(says="a route in the table itself", change={TABLE.key: {"routes": [{"cidrBlock": "0.0.0.0/0"}]}}),
    ),
    also_compliant={"a subnet without tags": {DATA.key: {"tags": REMOVED}}},
    undecided=((DATA.key, "tags.tier"),),
    mutations=(
        Case(says="the VPC's main route table", drop=[JOINED], fires_on=[DATA.key]),
        Case(says="a route in the table itself", change={TABLE.key: {"routes": [{"cidrBlock": "0.0.0.0/0"}]}}),
    ),
)
