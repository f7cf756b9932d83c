from components.catalogue import SLOW, TARGET_GROUP, TOO_FEW, UNHEALTHY
from policies.rules.aws_types import ALARM
from tests.policies.given import REMOVED, given
from tests.policies.spec import Case, Spec
from tests.policies.watched import inputs_of

SICK, SLOWEST, FEW = (ALARM, "api-blue-sick"), (ALARM, "api-blue-slow"), (ALARM, "api-blue-few")
DIMENSIONS = {"LoadBalancer": "app/lb/1", "TargetGroup": "targetgroup/api/1"}
DEAF = (
    Case(says="a gap is a riddle", change={SICK: {"treatMissingData": "missing"}}),
    Case(says="AWS decides on gaps", change={SICK: {"treatMissingData": REMOVED}}),
    Case(says="a single bad point", change={SICK: {"datapointsToAlarm": 1}}),
    Case(says="two days", change={SICK: {"period": 3600, "evaluationPeriods": 48}}),
    Case(says="no statistic", change={SICK: {"statistic": REMOVED}}),
    Case(says="two statistics", change={SICK: {"extendedStatistic": "p99"}}),
    Case(says="another statistic", change={SICK: {"statistic": "SampleCount"}}),
    Case(says="the fastest hundredth", change={SLOWEST: {"extendedStatistic": "p1"}}),
    Case(says="bad when there are few of them", change={SICK: {"comparisonOperator": "LessThanThreshold"}}),
    Case(says="only when many are sick", change={SICK: {"threshold": 100}}),
    Case(says="never too few", change={FEW: {"threshold": 0}}),
)

SPEC = Spec(
    compliant=tuple(
        given(*key, inputs_of(TARGET_GROUP, signal, DIMENSIONS)) for key, signal in ((SICK, UNHEALTHY), (SLOWEST, SLOW), (FEW, TOO_FEW))
    ),
    cases=(
        *DEAF,
        Case(says="a metric that the load balancer does not have", change={SICK: {"metricName": "UnhealthyHosts"}}),
        Case(says="a namespace that there is not", change={SICK: {"namespace": "AWS/ELBv2"}}),
        Case(says="no dimensions", change={SICK: {"dimensions": REMOVED}}),
        Case(says="a dimension too few", change={SICK: {"dimensions.LoadBalancer": REMOVED}}),
    ),
    also_compliant={"a stricter objective": {SLOWEST: {"threshold": 0.1}}, "a larger fleet": {FEW: {"threshold": 7}}},
    undecided=((SICK, "metricName"), (SICK, "threshold"), (SICK, "period"), (SICK, "treatMissingData")),
    mutations=DEAF,
)
