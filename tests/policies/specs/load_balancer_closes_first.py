from policies.rules.aws_types import LOAD_BALANCER
from tests.policies.given import REMOVED, given
from tests.policies.spec import Case, Spec

BALANCER = (LOAD_BALANCER, "lb")
CASES = (
    Case(says="as late as its targets", change={BALANCER: {"idleTimeout": 75}}),
    Case(says="an hour", change={BALANCER: {"idleTimeout": 3600}}),
)

SPEC = Spec(
    compliant=(given(*BALANCER, {"idleTimeout": 70}),),
    cases=(*CASES, Case(says="at once", change={BALANCER: {"idleTimeout": 0}})),
    also_compliant={"AWS's default": {BALANCER: {"idleTimeout": REMOVED}}},
    undecided=((BALANCER, "idleTimeout"),),
    mutations=CASES,
)
