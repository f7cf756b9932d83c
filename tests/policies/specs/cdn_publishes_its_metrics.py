from policies.rules.aws_types import DISTRIBUTION, METRICS_SUBSCRIPTION
from tests.policies.given import ELSEWHERE, given
from tests.policies.spec import Case, Spec

CDN, METRICS = given(DISTRIBUTION, "cdn", {}), (METRICS_SUBSCRIPTION, "cdn-metrics")
STATUS = "monitoringSubscription.realtimeMetricsSubscriptionConfig.realtimeMetricsSubscriptionStatus"
CASES = (
    Case(says="off", change={METRICS: {STATUS: "Disabled"}}),
    Case(says="those of another one", change={METRICS: {"sources.distributionId": ELSEWHERE}}, fires_on=[CDN.key]),
)

SPEC = Spec(
    compliant=(
        CDN,
        given(
            *METRICS,
            {"monitoringSubscription": {"realtimeMetricsSubscriptionConfig": {"realtimeMetricsSubscriptionStatus": "Enabled"}}},
            {"distributionId": [CDN]},
        ),
    ),
    cases=(*CASES, Case(says="none", drop=[METRICS], fires_on=[CDN.key])),
    undecided=((METRICS, STATUS),),
    mutations=CASES,
)
