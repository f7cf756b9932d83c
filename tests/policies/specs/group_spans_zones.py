from policies.rules.aws_types import AUTO_SCALING_GROUP, SUBNET
from tests.policies.given import ELSEWHERE, UNKNOWN, given
from tests.policies.spec import Case, Spec

GROUP = (AUTO_SCALING_GROUP, "api-green-group")
A, B = (given(SUBNET, f"network-app-{zone}", {"availabilityZone": f"eu-west-1{zone}"}) for zone in "ab")

SPEC = Spec(
    compliant=(A, B, given(*GROUP, {"vpcZoneIdentifiers": [UNKNOWN, UNKNOWN]}, {"vpcZoneIdentifiers": [A, B]})),
    cases=(
        Case(says="one subnet", change={GROUP: {"sources.vpcZoneIdentifiers": [A.urn]}}),
        Case(says="two subnets of one zone", change={B.key: {"availabilityZone": "eu-west-1a"}}, fires_on=[GROUP]),
        Case(says="no subnets", change={GROUP: {"sources.vpcZoneIdentifiers": ELSEWHERE}}),
    ),
    undecided=((A.key, "availabilityZone"),),
    mutations=(Case(says="no subnet of the stack", change={GROUP: {"sources.vpcZoneIdentifiers": ELSEWHERE}}),),
)
