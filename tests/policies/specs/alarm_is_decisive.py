from policies.rules.aws_types import ALARM
from tests.policies.given import REMOVED, given
from tests.policies.spec import Case, Spec

SICK = (ALARM, "api-blue-sick")
CASES = (
    Case(says="a gap is a riddle", change={SICK: {"treatMissingData": "missing"}}),
    Case(says="AWS decides on gaps", change={SICK: {"treatMissingData": REMOVED}}),
    Case(says="a gap changes nothing", change={SICK: {"treatMissingData": "ignore"}}),
    Case(says="more bad points than points", change={SICK: {"datapointsToAlarm": 9}}),
    Case(says="no bad point", change={SICK: {"datapointsToAlarm": 0}}),
    Case(says="two days", change={SICK: {"period": 3600, "evaluationPeriods": 48}}),
    Case(says="no statistic", change={SICK: {"statistic": REMOVED}}),
    Case(says="two statistics", change={SICK: {"extendedStatistic": "p99"}}),
)

SPEC = Spec(
    compliant=(
        given(
            *SICK,
            {
                "metricName": "UnHealthyHostCount",
                "statistic": "Minimum",
                "period": 60,
                "evaluationPeriods": 3,
                "datapointsToAlarm": 3,
                "treatMissingData": "notBreaching",
            },
        ),
    ),
    cases=CASES,
    also_compliant={"all points": {SICK: {"datapointsToAlarm": REMOVED}}},
    undecided=((SICK, "treatMissingData"), (SICK, "evaluationPeriods"), (SICK, "datapointsToAlarm"), (SICK, "period")),
    mutations=CASES,
)
