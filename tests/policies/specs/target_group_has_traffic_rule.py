from tests.policies.spec import Case, Spec
from tests.policies.web_tier import BLUE, GREEN, TRAFFIC, WEB_TIER

SPEC = Spec(
    compliant=WEB_TIER,
    cases=(
        Case(says="the traffic rule is gone", drop=[TRAFFIC.key], fires_on=[BLUE.key, GREEN.key]),
        Case(says="green is in no rule", change={TRAFFIC.key: {"sources.actions": [BLUE.urn]}}, fires_on=[GREEN.key]),
        Case(says="the rule is a preview", change={TRAFFIC.key: {"tags.role": "preview"}}, fires_on=[BLUE.key, GREEN.key]),
    ),
    undecided=((TRAFFIC.key, "tags.role"),),
    mutations=(Case(says="the traffic rule is gone", drop=[TRAFFIC.key], fires_on=[BLUE.key, GREEN.key]),),
)
