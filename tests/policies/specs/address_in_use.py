from policies.rules.aws_types import EIP, NAT_GATEWAY
from tests.policies.given import ELSEWHERE, UNKNOWN, given
from tests.policies.spec import Case, Spec

ADDRESS, NAT = given(EIP, "network-nat-a-ip", {"domain": "vpc"}), (NAT_GATEWAY, "network-nat-a")
CASES = (
    Case(says="no NAT gateway", drop=[NAT], fires_on=[ADDRESS.key]),
    Case(says="a NAT gateway with another address", change={NAT: {"sources.allocationId": ELSEWHERE}}, fires_on=[ADDRESS.key]),
    Case(says="one more", add=[given(EIP, "spare", {"domain": "vpc"})]),
)

SPEC = Spec(
    compliant=(ADDRESS, given(*NAT, {"allocationId": UNKNOWN}, {"allocationId": [ADDRESS]})),
    cases=CASES,
    undecided=(),
    mutations=CASES[1:],
)
