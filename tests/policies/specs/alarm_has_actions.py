from components.catalogue import TARGET_GROUP, TRAFFIC, UNHEALTHY
from policies.rules.aws_types import ALARM, COMPOSITE_ALARM
from tests.policies.given import ELSEWHERE, REMOVED, UNKNOWN, given
from tests.policies.spec import Case, Spec
from tests.policies.watched import inputs_of

SICK, BUSY, HURT = (ALARM, "api-blue-sick"), (ALARM, "api-blue-busy"), (COMPOSITE_ALARM, "api-blue-hurt")
DIMENSIONS = {"LoadBalancer": UNKNOWN, "TargetGroup": UNKNOWN}
BUSY_GIVEN = given(*BUSY, {**inputs_of(TARGET_GROUP, TRAFFIC, DIMENSIONS), "alarmActions": []})

SPEC = Spec(
    compliant=(
        given(*SICK, {**inputs_of(TARGET_GROUP, UNHEALTHY, DIMENSIONS), "alarmActions": [UNKNOWN]}),
        BUSY_GIVEN,
        given(*HURT, {"alarmRule": UNKNOWN, "alarmActions": [UNKNOWN]}, {"alarmRule": [BUSY_GIVEN]}),
    ),
    cases=(
        Case(says="an empty list", change={SICK: {"alarmActions": []}}),
        Case(says="no list", change={SICK: {"alarmActions": REMOVED}}),
        Case(says="actions switched off", change={SICK: {"actionsEnabled": False}}),
        Case(says="a composite alarm that tells nobody", change={HURT: {"alarmActions": []}}),
        Case(says="a composite alarm made of others", change={HURT: {"sources.alarmRule": ELSEWHERE}}, fires_on=[BUSY]),
        Case(says="the composite alarm is gone", drop=[HURT], fires_on=[BUSY]),
    ),
    also_compliant={"actions switched on": {SICK: {"actionsEnabled": True}}},
    undecided=((SICK, "alarmActions"), (SICK, "actionsEnabled"), (HURT, "alarmActions")),
    mutations=(
        Case(says="a composite alarm that tells nobody", change={HURT: {"alarmActions": []}}),
        Case(says="the composite alarm is gone", drop=[HURT], fires_on=[BUSY]),
        Case(says="actions switched off", change={(ALARM, "lb-5xx"): {"actionsEnabled": False}}),
        Case(says="a sick target is nobody's business", change={SICK: {"alarmActions": [], "okActions": []}}),
    ),
)
