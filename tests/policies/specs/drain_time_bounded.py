from policies.rules.aws_types import TARGET_GROUP
from tests.policies.given import REMOVED, given
from tests.policies.spec import Case, Spec

BLUE, GREEN = ((TARGET_GROUP, f"api-{color}") for color in ("blue", "green"))

SPEC = Spec(
    compliant=(given(*BLUE, {"deregistrationDelay": 60}),),
    cases=(
        Case(says="requests are cut off", change={BLUE: {"deregistrationDelay": 0}}),
        Case(says="before an instance has stopped", change={BLUE: {"deregistrationDelay": 20}}),
        Case(says="longer than AWS takes", change={BLUE: {"deregistrationDelay": 7200}}),
        Case(says="clients stick to an instance", change={BLUE: {"stickiness": {"enabled": True, "type": "lb_cookie"}}}),
    ),
    also_compliant={"AWS's default": {BLUE: {"deregistrationDelay": REMOVED}}},
    undecided=((BLUE, "deregistrationDelay"),),
    mutations=(
        Case(says="requests are cut off", change={key: {"deregistrationDelay": 0} for key in (BLUE, GREEN)}),
        Case(says="clients stick to an instance", change={key: {"stickiness": {"enabled": True}} for key in (BLUE, GREEN)}),
    ),
)
