from policies.rules.aws_types import LOAD_BALANCER, SUBNET
from tests.policies.given import ELSEWHERE, UNKNOWN, given
from tests.policies.spec import Case, Spec

BALANCER = (LOAD_BALANCER, "lb")
A, B = (given(SUBNET, f"network-app-{zone}", {"availabilityZone": f"eu-west-1{zone}"}) for zone in "ab")

SPEC = Spec(
    compliant=(A, B, given(*BALANCER, {"subnets": [UNKNOWN, UNKNOWN]}, {"subnets": [A, B]})),
    cases=(
        Case(says="one subnet", change={BALANCER: {"sources.subnets": [A.urn]}}),
        Case(says="two subnets of one zone", change={B.key: {"availabilityZone": "eu-west-1a"}}, fires_on=[BALANCER]),
        Case(says="no subnets", change={BALANCER: {"sources.subnets": ELSEWHERE}}),
    ),
    undecided=((A.key, "availabilityZone"),),
    mutations=(Case(says="no subnet of the stack", change={BALANCER: {"sources.subnets": ELSEWHERE}}),),
)
