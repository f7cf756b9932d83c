from policies.rules.aws_types import DEFAULT_SECURITY_GROUP, VPC
from tests.policies.given import ELSEWHERE, REMOVED, UNKNOWN, given
from tests.policies.spec import Case, Spec

NETWORK, DEFAULT = (VPC, "network-vpc"), (DEFAULT_SECURITY_GROUP, "network-default")
VPC_GIVEN = given(*NETWORK, {"cidrBlock": "10.20.0.0/16"})
SELF = {"protocol": "-1", "fromPort": 0, "toPort": 0, "self": True}

SPEC = Spec(
    compliant=(VPC_GIVEN, given(*DEFAULT, {"vpcId": UNKNOWN, "ingress": [], "egress": []}, {"vpcId": [VPC_GIVEN]})),
    cases=(
        Case(says="nobody adopted it", drop=[DEFAULT], fires_on=[NETWORK]),
        Case(says="it belongs to another VPC", change={DEFAULT: {"sources.vpcId": ELSEWHERE}}, fires_on=[NETWORK]),
        Case(says="members may talk", change={DEFAULT: {"ingress": [SELF]}}),
        Case(says="a way out", change={DEFAULT: {"egress": [SELF]}}),
    ),
    also_compliant={"no lists at all": {DEFAULT: {"ingress": REMOVED, "egress": REMOVED}}},
    undecided=((DEFAULT, "ingress"), (DEFAULT, "egress")),
    mutations=(
        Case(says="nobody adopted it", drop=[DEFAULT], fires_on=[NETWORK]),
        Case(says="members may talk", change={DEFAULT: {"ingress": [SELF]}}),
    ),
)
