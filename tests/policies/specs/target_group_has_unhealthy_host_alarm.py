from policies.rules.aws_types import ALARM, TARGET_GROUP
from tests.policies.given import REMOVED, UNKNOWN, given
from tests.policies.spec import Case, Spec
from tests.policies.web_tier import BLUE, GREEN

PLAIN, MATH = (ALARM, "api-blue-sick"), (ALARM, "api-green-sick")
DIMENSIONS = {"LoadBalancer": UNKNOWN, "TargetGroup": UNKNOWN}
METRIC = {"namespace": "AWS/ApplicationELB", "metricName": "UnHealthyHostCount", "stat": "Minimum", "dimensions": DIMENSIONS}
QUERIES = [{"id": "sick", "metric": METRIC}, {"id": "page", "expression": "IF(sick > 0, 1, 0)"}]

SPEC = Spec(
    compliant=(
        BLUE,
        GREEN,
        given(*PLAIN, {"metricName": "UnHealthyHostCount", "dimensions": DIMENSIONS}, {"dimensions": [BLUE]}),
        given(*MATH, {"metricQueries": QUERIES}, {"metricQueries": [GREEN]}),
        given(ALARM, "api-blue-busy", {"metricName": "RequestCount", "dimensions": DIMENSIONS}, {"dimensions": [BLUE]}),
    ),
    cases=(
        Case(says="no alarm", drop=[PLAIN], fires_on=[BLUE.key]),
        Case(says="an alarm on another metric", change={PLAIN: {"metricName": "HealthyHostCount"}}, fires_on=[BLUE.key]),
        Case(says="an alarm on no metric", change={PLAIN: {"metricName": REMOVED}}, fires_on=[BLUE.key]),
        Case(says="a dimension too few", change={PLAIN: {"dimensions": {"TargetGroup": UNKNOWN}}}, fires_on=[BLUE.key]),
        Case(says="an alarm on another group", change={PLAIN: {"sources.dimensions": [GREEN.urn]}}, fires_on=[BLUE.key]),
        Case(says="math on another metric", change={MATH: {"metricQueries[0].metric.metricName": "RequestCount"}}, fires_on=[GREEN.key]),
        Case(
            says="math with a dimension too few",
            change={MATH: {"metricQueries[0].metric.dimensions": {"LoadBalancer": UNKNOWN}}},
            fires_on=[GREEN.key],
        ),
        Case(
            says="one figure for two groups",
            change={MATH: {"sources.metricQueries": [BLUE.urn, GREEN.urn]}},
            drop=[PLAIN],
            fires_on=[BLUE.key, GREEN.key],
        ),
    ),
    undecided=((PLAIN, "metricName"), (PLAIN, "dimensions"), (MATH, "metricQueries"), (MATH, "metricQueries[0].metric.metricName")),
    mutations=(
        Case(says="no alarm", drop=[PLAIN], fires_on=[(TARGET_GROUP, "api-blue")]),
        Case(
            says="an alarm on another metric",
            change={(ALARM, "web-green-sick"): {"metricName": "HealthyHostCount"}},
            fires_on=[(TARGET_GROUP, "web-green")],
        ),
    ),
)
