from policies.rules.aws_types import SECURITY_GROUP, SECURITY_GROUP_EGRESS_RULE, SECURITY_GROUP_INGRESS_RULE
from tests.policies.given import REMOVED, given
from tests.policies.spec import Case, Spec

GROUP = (SECURITY_GROUP, "firewall-lb")
INGRESS, EGRESS = (SECURITY_GROUP_INGRESS_RULE, "firewall-lb-cdn"), (SECURITY_GROUP_EGRESS_RULE, "firewall-lb-service")
CASES = (
    Case(says="a door of which nobody knows why", change={INGRESS: {"description": REMOVED}}),
    Case(says="a way out that is described as nothing", change={EGRESS: {"description": ""}}),
    Case(says="a group as the provider describes it", change={GROUP: {"description": "Managed by Pulumi"}}),
)

SPEC = Spec(
    compliant=tuple(given(*key, {"description": "CloudFront, to the load balancer"}) for key in (GROUP, INGRESS, EGRESS)),
    cases=CASES,
    undecided=((INGRESS, "description"),),
    mutations=CASES,
)
