from policies.rules.aws_types import ALARM, COMPOSITE_ALARM
from tests.policies.given import ELSEWHERE, REMOVED, UNKNOWN, given
from tests.policies.spec import Case, Spec

SICK, BUSY, HURT = (ALARM, "api-blue-sick"), (ALARM, "api-blue-busy"), (COMPOSITE_ALARM, "api-blue-hurt")
BUSY_GIVEN = given(*BUSY, {"metricName": "RequestCount", "alarmActions": []})

SPEC = Spec(
    compliant=(
        given(*SICK, {"metricName": "UnHealthyHostCount", "alarmActions": [UNKNOWN]}),
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
    ),
)
