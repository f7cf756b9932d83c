from components.catalogue import NAT_GATEWAY
from policies.rules.aws_types import DASHBOARD, HEALTH_CHECK
from tests.policies.given import UNKNOWN, given
from tests.policies.spec import Case, Spec
from tests.policies.watched import resources

WATCHED = list(resources().values())
GRAPHS = (DASHBOARD, "dashboard")
HEALTH = (HEALTH_CHECK, "watched")
AWAKE = [each.urn for each in WATCHED if each.type != HEALTH_CHECK]
WITHOUT = [each.urn for each in WATCHED if each.type != NAT_GATEWAY.type]

SPEC = Spec(
    compliant=(*WATCHED, given(*GRAPHS, {"dashboardBody": UNKNOWN}, {"dashboardBody": WATCHED})),
    cases=(
        Case(says="no dashboard", drop=[GRAPHS], fires_on=[each.key for each in WATCHED]),
        Case(says="one kind is not shown", change={GRAPHS: {"sources.dashboardBody": WITHOUT}}, fires_on=[(NAT_GATEWAY.type, "watched")]),
    ),
    also_compliant={"what rests": {HEALTH: {"disabled": True}, GRAPHS: {"sources.dashboardBody": AWAKE}}},
    undecided=(),
    mutations=(
        Case(
            says="one gateway is not shown",
            change={GRAPHS: {"sources.dashboardBody": lambda urns: [urn for urn in urns if not urn.endswith("::network-nat-a")]}},
            fires_on=[(NAT_GATEWAY.type, "network-nat-a")],
        ),
    ),
)
