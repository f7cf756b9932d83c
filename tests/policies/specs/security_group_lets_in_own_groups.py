from policies.rules.aws_types import SECURITY_GROUP, SECURITY_GROUP_EGRESS_RULE, SECURITY_GROUP_INGRESS_RULE
from tests.policies.given import ELSEWHERE, UNKNOWN, given
from tests.policies.spec import Case, Spec

GROUP = given(SECURITY_GROUP, "firewall-lb", {})
IN, OUT = (SECURITY_GROUP_INGRESS_RULE, "firewall-lb-service"), (SECURITY_GROUP_EGRESS_RULE, "firewall-lb-service")
IDS = {"securityGroupId": UNKNOWN, "referencedSecurityGroupId": UNKNOWN}
FROM = {"securityGroupId": [GROUP], "referencedSecurityGroupId": [GROUP]}
CASES = (
    Case(says="a group of elsewhere comes in", change={IN: {"sources.referencedSecurityGroupId": ELSEWHERE}}),
    Case(says="a group of elsewhere is reached", change={OUT: {"sources.referencedSecurityGroupId": ELSEWHERE}}),
    Case(says="a group of elsewhere is opened", change={IN: {"sources.securityGroupId": ELSEWHERE}}),
)

SPEC = Spec(
    compliant=(GROUP, *(given(*key, IDS, FROM) for key in (IN, OUT))),
    cases=CASES,
    undecided=(),
    mutations=CASES,
)
