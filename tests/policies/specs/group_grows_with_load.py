from policies.rules.aws_types import AUTO_SCALING_GROUP, SCALING_POLICY
from tests.policies.given import ELSEWHERE, REMOVED, UNKNOWN, given
from tests.policies.spec import Case, Spec

FLEET, CPU = (AUTO_SCALING_GROUP, "api-blue-group"), (SCALING_POLICY, "api-blue-cpu")
FLEET_GIVEN = given(*FLEET, {"minSize": 2})
TRACKING = {"autoscalingGroupName": UNKNOWN, "targetTrackingConfiguration": {"targetValue": 50}}

SPEC = Spec(
    compliant=(FLEET_GIVEN, given(*CPU, TRACKING, {"autoscalingGroupName": [FLEET_GIVEN]})),
    cases=(
        Case(says="no policy", drop=[CPU], fires_on=[FLEET]),
        Case(says="a policy of another fleet", change={CPU: {"sources.autoscalingGroupName": ELSEWHERE}}, fires_on=[FLEET]),
        Case(says="a policy of steps", change={CPU: {"targetTrackingConfiguration": REMOVED}}, fires_on=[FLEET]),
    ),
    undecided=(),
    mutations=(Case(says="no policy", drop=[(SCALING_POLICY, "api-blue-*")], fires_on=[FLEET]),),
)
