from policies.rules.aws_types import SECURITY_GROUP, SECURITY_GROUP_INGRESS_RULE
from tests.policies.given import UNKNOWN, given
from tests.policies.spec import Case, Spec

GROUP = (SECURITY_GROUP, "firewall-lb")
BY_GROUP = (SECURITY_GROUP_INGRESS_RULE, "firewall-lb-service")
BY_CIDR = (SECURITY_GROUP_INGRESS_RULE, "office")
ANYWHERE = {"protocol": "tcp", "fromPort": 443, "toPort": 443, "cidrBlocks": ["0.0.0.0/0"]}

SPEC = Spec(
    compliant=(
        given(*GROUP, {"description": "The load balancer", "vpcId": UNKNOWN}),
        given(*BY_GROUP, {"ipProtocol": "tcp", "fromPort": 443, "referencedSecurityGroupId": UNKNOWN}),
        given(*BY_CIDR, {"ipProtocol": "tcp", "fromPort": 443, "cidrIpv4": "10.20.0.0/16"}),
    ),
    cases=(
        Case(says="anywhere", change={BY_GROUP: {"cidrIpv4": "0.0.0.0/0"}}),
        Case(says="anywhere by IPv6", change={BY_GROUP: {"cidrIpv6": "::/0"}}),
        Case(says="half of anywhere", change={BY_CIDR: {"cidrIpv4": "128.0.0.0/1"}}),
        Case(says="an address of the internet", change={BY_CIDR: {"cidrIpv4": "203.0.113.7/32"}}),
        Case(says="a private network and its neighbours", change={BY_CIDR: {"cidrIpv4": "10.0.0.0/7"}}),
        Case(says="no network at all", change={BY_CIDR: {"cidrIpv4": "anywhere"}}),
        Case(says="inline ways in", change={GROUP: {"ingress": [ANYWHERE]}}),
        Case(says="inline ways out", change={GROUP: {"egress": [ANYWHERE]}}),
    ),
    also_compliant={
        "a private network of IPv6": {BY_CIDR: {"cidrIpv6": "fd00:1::/64"}},
        "lists of no inline rules": {GROUP: {"ingress": [], "egress": []}},
    },
    undecided=((BY_CIDR, "cidrIpv4"), (BY_CIDR, "cidrIpv6"), (GROUP, "ingress"), (GROUP, "egress")),
    mutations=(
        Case(says="the load balancer open to anyone", change={(SECURITY_GROUP_INGRESS_RULE, "firewall-lb-cdn"): {"cidrIpv4": "0.0.0.0/0"}}),
        Case(says="inline ways in", change={(SECURITY_GROUP, "firewall-services"): {"ingress": [ANYWHERE]}}),
    ),
)
