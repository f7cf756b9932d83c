from policies.rules.aws_types import NAT_GATEWAY, ROUTE, ROUTE_TABLE, ROUTE_TABLE_ASSOCIATION, SUBNET
from tests.policies.given import UNKNOWN, Given, given
from tests.policies.spec import Case, Spec

OUT_A, OUT_B = (ROUTE, "network-app-a-out"), (ROUTE, "network-app-b-out")


def zone(letter: str) -> tuple[Given, ...]:
    """A zone with its public and its application subnet, its gateway and its way out."""
    public, inside = (given(SUBNET, f"network-{tier}-{letter}", {"availabilityZone": f"eu-west-1{letter}"}) for tier in ("public", "app"))
    table, gateway = (
        given(ROUTE_TABLE, f"network-app-{letter}", {}),
        given(NAT_GATEWAY, f"network-nat-{letter}", {}, {"subnetId": [public]}),
    )
    joined = given(ROUTE_TABLE_ASSOCIATION, f"network-app-{letter}-in", {}, {"routeTableId": [table], "subnetId": [inside]})
    route = given(ROUTE, f"network-app-{letter}-out", {"natGatewayId": UNKNOWN}, {"routeTableId": [table], "natGatewayId": [gateway]})
    return public, inside, table, gateway, joined, route


A, B = zone("a"), zone("b")
GATEWAY_A = A[3]

SPEC = Spec(
    compliant=(*A, *B, given(ROUTE, "network-public-out", {"gatewayId": UNKNOWN})),
    cases=(
        Case(says="one gateway for all", change={OUT_B: {"sources.natGatewayId": [GATEWAY_A.urn]}}),
        Case(says="a gateway that was moved", change={A[0].key: {"availabilityZone": "eu-west-1b"}}, fires_on=[OUT_A]),
    ),
    undecided=((A[0].key, "availabilityZone"), (A[1].key, "availabilityZone")),
    mutations=(
        Case(
            says="one gateway for all",
            change={OUT_B: {"sources.natGatewayId": lambda urns: [urn.replace("::network-nat-b", "::network-nat-a") for urn in urns]}},
        ),
    ),
)
