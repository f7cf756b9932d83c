from policies.rules.aws_types import LOAD_BALANCER
from tests.policies.given import REMOVED, given
from tests.policies.spec import Case, Spec

BALANCER = (LOAD_BALANCER, "lb")
CASES = (
    Case(says="off", change={BALANCER: {"enableDeletionProtection": False}}),
    Case(says="nobody turned it on", change={BALANCER: {"enableDeletionProtection": REMOVED}}),
)

SPEC = Spec(
    compliant=(given(*BALANCER, {"enableDeletionProtection": True}),),
    cases=CASES,
    undecided=((BALANCER, "enableDeletionProtection"),),
    mutations=CASES,
)
