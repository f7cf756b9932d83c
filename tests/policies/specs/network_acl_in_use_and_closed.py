from policies.rules.aws_types import NETWORK_ACL, SUBNET, VPC
from tests.policies.given import REMOVED, UNKNOWN, given
from tests.policies.spec import Case, Spec

ACL = (NETWORK_ACL, "firewall-data")
NETWORK = given(VPC, "network-vpc", {"cidrBlock": "10.20.0.0/16"})
APPLICATION, DATA = (
    given(SUBNET, f"network-{tier}-a", {"cidrBlock": cidr}) for tier, cidr in (("app", "10.20.64.0/20"), ("data", "10.20.128.0/20"))
)
ALLOW = {"action": "allow", "protocol": "6"}
DOOR = {**ALLOW, "ruleNo": 100, "cidrBlock": "10.20.64.0/18", "fromPort": 5432, "toPort": 5432}
AMONG = {**ALLOW, "ruleNo": 200, "cidrBlock": "10.20.128.0/18", "fromPort": 0, "toPort": 65535}
ANSWERS = {**ALLOW, "ruleNo": 100, "cidrBlock": "10.20.64.0/18", "fromPort": 1024, "toPort": 65535}
CASES = (
    Case(says="around nothing", change={ACL: {"subnetIds": []}}),
    Case(says="anyone", change={ACL: {"ingress[0].cidrBlock": "0.0.0.0/0"}}),
    Case(says="anyone by IPv6", change={ACL: {"ingress[0].ipv6CidrBlock": "::/0"}}),
    Case(says="another network", change={ACL: {"ingress[0].cidrBlock": "192.168.0.0/16"}}),
    Case(says="the whole VPC by every port", change={ACL: {"ingress[0].cidrBlock": "10.20.0.0/16", "ingress[0].fromPort": 0}}),
    Case(says="ports up to the door's", change={ACL: {"ingress[0].fromPort": 0}}),
    Case(says="every protocol", change={ACL: {"ingress[0].protocol": "-1"}}),
    Case(says="a way out", change={ACL: {"egress[0].cidrBlock": "0.0.0.0/0"}}),
    Case(says="more out than answers", change={ACL: {"egress[0].fromPort": 443}}),
    Case(says="every protocol out", change={ACL: {"egress[0].protocol": "-1"}}),
)

SPEC = Spec(
    compliant=(
        NETWORK,
        APPLICATION,
        DATA,
        given(
            *ACL,
            {"vpcId": UNKNOWN, "subnetIds": [UNKNOWN], "ingress": [DOOR, AMONG], "egress": [ANSWERS, {**AMONG, "protocol": "tcp"}]},
            {"vpcId": [NETWORK], "subnetIds": [DATA]},
        ),
    ),
    cases=(
        *CASES,
        Case(says="an entry without addresses", change={ACL: {"ingress[1].cidrBlock": REMOVED}}),
        Case(says="a VPC that is not the stack's", change={ACL: {"sources.vpcId": []}}),
        Case(says="any port for a subnet that is not inside", change={ACL: {"sources.subnetIds": []}}),
    ),
    also_compliant={
        "everybody is refused": {ACL: {"ingress[0]": {**DOOR, "action": "deny", "cidrBlock": "0.0.0.0/0"}}},
        "a narrower door": {ACL: {"ingress[0].cidrBlock": "10.20.64.0/20"}},
    },
    undecided=(
        (ACL, "subnetIds"),
        (ACL, "ingress"),
        (ACL, "egress"),
        (ACL, "ingress[0].cidrBlock"),
        (ACL, "ingress[0].action"),
        (ACL, "ingress[0].protocol"),
        (ACL, "egress[0].fromPort"),
        (NETWORK.key, "cidrBlock"),
        (APPLICATION.key, "cidrBlock"),
    ),
    mutations=CASES,
)
