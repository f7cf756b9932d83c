from policies.rules.aws_types import AUTO_SCALING_GROUP, TARGET_GROUP
from tests.policies.given import ELSEWHERE, REMOVED, UNKNOWN, given
from tests.policies.spec import Case, Spec

GREEN, FLEET = given(TARGET_GROUP, "api-green", {"targetType": "instance"}), (AUTO_SCALING_GROUP, "api-green-group")

SPEC = Spec(
    compliant=(GREEN, given(*FLEET, {"targetGroupArns": [UNKNOWN]}, {"targetGroupArns": [GREEN]})),
    cases=(
        Case(says="none", drop=[FLEET], fires_on=[GREEN.key]),
        Case(says="one of another target group", change={FLEET: {"sources.targetGroupArns": ELSEWHERE}}, fires_on=[GREEN.key]),
        Case(says="addresses instead of instances", change={GREEN.key: {"targetType": "ip"}}),
    ),
    also_compliant={"AWS's default": {GREEN.key: {"targetType": REMOVED}}},
    undecided=((GREEN.key, "targetType"),),
    mutations=(Case(says="addresses instead of instances", change={GREEN.key: {"targetType": "ip"}}),),
)
