from policies.rules.aws_types import FLOW_LOG, VPC
from tests.policies.given import ELSEWHERE, UNKNOWN, given
from tests.policies.spec import Case, Spec

NETWORK, FLOWS = (VPC, "network-vpc"), (FLOW_LOG, "flow-all")
VPC_GIVEN = given(*NETWORK, {"cidrBlock": "10.20.0.0/16"})
CASES = (
    Case(says="no flow log", drop=[FLOWS], fires_on=[NETWORK]),
    Case(says="nothing of what was refused", change={FLOWS: {"trafficType": "ACCEPT"}}),
    Case(says="a flow log of something else", change={FLOWS: {"sources.vpcId": ELSEWHERE}}, fires_on=[NETWORK]),
)

SPEC = Spec(
    compliant=(VPC_GIVEN, given(*FLOWS, {"vpcId": UNKNOWN, "trafficType": "ALL"}, {"vpcId": [VPC_GIVEN]})),
    cases=CASES,
    also_compliant={"refusals alone": {FLOWS: {"trafficType": "REJECT"}}},
    undecided=((FLOWS, "trafficType"),),
    mutations=CASES,
)
