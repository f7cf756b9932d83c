from policies.rules.aws_types import LOAD_BALANCER
from tests.policies.given import REMOVED, given
from tests.policies.spec import Case, Spec

BALANCER = (LOAD_BALANCER, "lb")
CASES = (
    Case(says="off", change={BALANCER: {"enableZonalShift": False}}),
    Case(says="AWS's default", change={BALANCER: {"enableZonalShift": REMOVED}}),
)

SPEC = Spec(
    compliant=(given(*BALANCER, {"enableZonalShift": True}),),
    cases=CASES,
    undecided=((BALANCER, "enableZonalShift"),),
    mutations=CASES,
)
