from policies.rules.aws_types import ALARM, COMPOSITE_ALARM, TOPIC_POLICY
from tests.policies.given import ELSEWHERE, UNKNOWN, given
from tests.policies.spec import Case, Spec

PAGE = given(TOPIC_POLICY, "topics-page-policy", {})
SICK, HURT = (ALARM, "api-blue-5xx"), (COMPOSITE_ALARM, "api-blue-hurt")
TOLD = {"alarmActions": [UNKNOWN], "okActions": [UNKNOWN]}
FROM = {"alarmActions": [PAGE], "okActions": [PAGE]}
CASES = (
    Case(says="a topic of elsewhere", change={SICK: {"sources.alarmActions": ELSEWHERE}}),
    Case(says="a topic of elsewhere, of a composite", change={HURT: {"sources.okActions": ELSEWHERE}}),
    Case(says="the end is not told", change={SICK: {"okActions": [], "sources.okActions": []}}),
)

SPEC = Spec(
    compliant=(PAGE, given(*SICK, TOLD, FROM), given(*HURT, TOLD, FROM), given(ALARM, "api-blue-busy", {"alarmActions": []})),
    cases=CASES,
    undecided=((SICK, "alarmActions"), (SICK, "okActions")),
    mutations=CASES,
)
