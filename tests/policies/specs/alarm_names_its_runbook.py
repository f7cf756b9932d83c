from policies.rules.aws_types import ALARM, COMPOSITE_ALARM
from tests.policies.given import REMOVED, given
from tests.policies.spec import Case, Spec

SICK, HURT = (ALARM, "api-blue-sick"), (COMPOSITE_ALARM, "api-blue-hurt")
CASES = (
    Case(says="nothing is said", change={SICK: {"alarmDescription": REMOVED}}),
    Case(says="no runbook", change={HURT: {"alarmDescription": "A target is unhealthy."}}),
    Case(says="a page and no section", change={SICK: {"alarmDescription": "Read docs/runbooks/alarms.md."}}),
    Case(says="a section that is not there", change={SICK: {"alarmDescription": "Read docs/runbooks/alarms.md#sunspots."}}),
    Case(says="a page that is not there", change={HURT: {"alarmDescription": "Read docs/runbooks/sunspots.md#sick."}}),
)

SPEC = Spec(
    compliant=(
        given(*SICK, {"alarmDescription": "A target is unhealthy: docs/runbooks/alarms.md#sick."}),
        given(*HURT, {"alarmDescription": "Users are hurt: docs/runbooks/alarms.md#hurt."}),
    ),
    cases=CASES,
    undecided=((SICK, "alarmDescription"),),
    mutations=CASES,
)
