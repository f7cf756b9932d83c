from policies.rules.aws_types import SECURITY_GROUP_EGRESS_RULE
from tests.policies.given import UNKNOWN, given
from tests.policies.spec import Case, Spec

TO_GROUP, TO_NET = ((SECURITY_GROUP_EGRESS_RULE, name) for name in ("firewall-lb-service", "api-blue-lb"))

SPEC = Spec(
    compliant=(
        given(*TO_GROUP, {"ipProtocol": "tcp", "fromPort": 8443, "toPort": 8443, "referencedSecurityGroupId": UNKNOWN}),
        given(*TO_NET, {"ipProtocol": "tcp", "fromPort": 443, "toPort": 443, "cidrIpv4": "0.0.0.0/0"}),
    ),
    cases=(
        Case(says="any address on another port", change={TO_NET: {"fromPort": 22, "toPort": 22}}),
        Case(says="any address on a range of ports", change={TO_NET: {"toPort": 8443}}),
        Case(says="any address of IPv6 on another port", change={TO_GROUP: {"cidrIpv6": "::/0"}}),
    ),
    also_compliant={"a network on another port": {TO_NET: {"cidrIpv4": "203.0.113.0/24", "fromPort": 587, "toPort": 587}}},
    undecided=((TO_NET, "cidrIpv4"), (TO_NET, "fromPort")),
    mutations=(Case(says="any address on another port", change={TO_NET: {"cidrIpv4": "0.0.0.0/0", "fromPort": 22, "toPort": 22}}),),
)
