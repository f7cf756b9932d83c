from policies.rules.aws_types import LOAD_BALANCER
from tests.policies.given import REMOVED, given
from tests.policies.spec import Case, Spec

BALANCER = (LOAD_BALANCER, "lb")
CASES = (
    Case(says="malformed headers pass", change={BALANCER: {"dropInvalidHeaderFields": False}}),
    Case(says="nobody turned it on", change={BALANCER: {"dropInvalidHeaderFields": REMOVED}}),
    Case(says="ambiguous requests pass", change={BALANCER: {"desyncMitigationMode": "monitor"}}),
)

SPEC = Spec(
    compliant=(given(*BALANCER, {"dropInvalidHeaderFields": True, "desyncMitigationMode": "defensive"}),),
    cases=CASES,
    also_compliant={
        "the strictest mode": {BALANCER: {"desyncMitigationMode": "strictest"}},
        "AWS's default mode": {BALANCER: {"desyncMitigationMode": REMOVED}},
    },
    undecided=((BALANCER, "dropInvalidHeaderFields"), (BALANCER, "desyncMitigationMode")),
    mutations=CASES,
)
