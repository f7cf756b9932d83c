from policies.rules.aws_types import TARGET_GROUP
from tests.policies.given import REMOVED, given
from tests.policies.spec import Case, Spec

BLUE, GREEN = ((TARGET_GROUP, f"api-{color}") for color in ("blue", "green"))

SPEC = Spec(
    compliant=(given(*BLUE, {"protocol": "HTTPS", "healthCheck": {"protocol": "HTTPS"}}),),
    cases=(
        Case(says="requests in plain text", change={BLUE: {"protocol": "HTTP"}}),
        Case(says="no protocol", change={BLUE: {"protocol": REMOVED}}),
        Case(says="checks in plain text", change={BLUE: {"healthCheck.protocol": "HTTP"}}),
        Case(says="checks as AWS likes them", change={BLUE: {"healthCheck.protocol": REMOVED}}),
        Case(says="no health check", change={BLUE: {"healthCheck": REMOVED}}),
    ),
    undecided=((BLUE, "protocol"), (BLUE, "healthCheck"), (BLUE, "healthCheck.protocol")),
    mutations=(
        Case(says="requests in plain text", change={key: {"protocol": "HTTP"} for key in (BLUE, GREEN)}),
        Case(says="checks in plain text", change={key: {"healthCheck.protocol": "HTTP"} for key in (BLUE, GREEN)}),
    ),
)
