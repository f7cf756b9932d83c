from policies.rules.aws_types import LAUNCH_TEMPLATE, SUBNET
from tests.policies.given import REMOVED, UNKNOWN, given
from tests.policies.spec import Case, Spec

TEMPLATE, NET = (LAUNCH_TEMPLATE, "api-blue-boot"), (SUBNET, "network-app-a")
CASES = (
    Case(says="the template gives one", change={TEMPLATE: {"networkInterfaces": [{"associatePublicIpAddress": "true"}]}}),
    Case(says="the subnet gives one", change={NET: {"mapPublicIpOnLaunch": True}}),
    Case(says="the subnet gives one of IPv6", change={NET: {"assignIpv6AddressOnCreation": True}}),
)

SPEC = Spec(
    compliant=(given(*TEMPLATE, {"vpcSecurityGroupIds": [UNKNOWN]}), given(*NET, {"mapPublicIpOnLaunch": False})),
    cases=CASES,
    also_compliant={
        "an interface without one": {TEMPLATE: {"networkInterfaces": [{"associatePublicIpAddress": "false"}]}},
        "a subnet's default": {NET: {"mapPublicIpOnLaunch": REMOVED}},
    },
    undecided=((TEMPLATE, "networkInterfaces"), (NET, "mapPublicIpOnLaunch")),
    mutations=CASES,
)
