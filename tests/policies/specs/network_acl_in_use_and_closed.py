from policies.rules.aws_types import NETWORK_ACL
from tests.policies.given import UNKNOWN, given
from tests.policies.spec import Case, Spec

ACL = (NETWORK_ACL, "firewall-data")
DOOR = {"ruleNo": 100, "action": "allow", "protocol": "6", "cidrBlock": "10.20.64.0/18", "fromPort": 5432, "toPort": 5432}
CASES = (
    Case(says="around nothing", change={ACL: {"subnetIds": []}}),
    Case(says="anyone", change={ACL: {"ingress[0].cidrBlock": "0.0.0.0/0"}}),
    Case(says="anyone by IPv6", change={ACL: {"ingress[0].ipv6CidrBlock": "::/0"}}),
)

SPEC = Spec(
    compliant=(given(*ACL, {"subnetIds": [UNKNOWN], "ingress": [DOOR]}),),
    cases=CASES,
    also_compliant={"everybody is refused": {ACL: {"ingress[0]": {**DOOR, "action": "deny", "cidrBlock": "0.0.0.0/0"}}}},
    undecided=((ACL, "subnetIds"), (ACL, "ingress"), (ACL, "ingress[0].cidrBlock"), (ACL, "ingress[0].action")),
    mutations=CASES,
)
