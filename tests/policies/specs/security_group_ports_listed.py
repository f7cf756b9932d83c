from policies.rules.aws_types import SECURITY_GROUP_EGRESS_RULE, SECURITY_GROUP_INGRESS_RULE
from tests.policies.given import REMOVED, given
from tests.policies.spec import Case, Spec

IN, OUT = (SECURITY_GROUP_INGRESS_RULE, "firewall-lb-service"), (SECURITY_GROUP_EGRESS_RULE, "firewall-lb-service")
CASES = (
    Case(says="every protocol in", change={IN: {"ipProtocol": "-1"}}),
    Case(says="every protocol out", change={OUT: {"ipProtocol": "-1"}}),
    Case(says="a range of ports", change={IN: {"toPort": 65535}}),
    Case(says="every port", change={OUT: {"fromPort": 0, "toPort": 0}}),
    Case(says="no ports", change={OUT: {"fromPort": REMOVED, "toPort": REMOVED}}),
)

SPEC = Spec(
    compliant=tuple(given(*key, {"ipProtocol": "tcp", "fromPort": 443, "toPort": 443}) for key in (IN, OUT)),
    cases=CASES,
    undecided=((IN, "ipProtocol"), (IN, "fromPort"), (OUT, "toPort")),
    mutations=CASES,
)
