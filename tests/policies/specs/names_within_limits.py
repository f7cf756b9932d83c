from policies.rules.aws_types import LOAD_BALANCER, ROLE, TARGET_GROUP
from tests.policies.given import given
from tests.policies.spec import Case, Spec

BALANCER, BLUE, INSTANCE = (LOAD_BALANCER, "lb"), (TARGET_GROUP, "api-blue"), (ROLE, "api-blue-role")
LONG = given(ROLE, "instances-of-one-color-of-one-service-with-a-very-long-name", {})
CASES = (
    Case(says="a load balancer's", change={BALANCER: {"name": "l" * 33}}),
    Case(says="a target group's", change={BLUE: {"name": "t" * 33}}),
    Case(says="a role's", change={INSTANCE: {"name": "r" * 65}}),
)

SPEC = Spec(
    compliant=(given(*BALANCER, {}), given(*BLUE, {"name": "t" * 32}), given(*INSTANCE, {})),
    cases=(*CASES, Case(says="one that auto-naming makes too long", add=[LONG])),
    undecided=((BLUE, "name"),),
    mutations=CASES,
)
