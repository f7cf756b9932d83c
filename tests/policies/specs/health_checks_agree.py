from tests.policies.given import REMOVED
from tests.policies.spec import Case, Spec
from tests.policies.web_tier import BLUE, GREEN, WEB_TIER

SPEC = Spec(
    compliant=WEB_TIER,
    cases=(
        Case(says="another path", change={GREEN.key: {"healthCheck.path": "/"}}),
        Case(says="another path on blue", change={BLUE.key: {"healthCheck.path": "/"}}, fires_on=[GREEN.key]),
        Case(says="a threshold left to AWS", change={GREEN.key: {"healthCheck.unhealthyThreshold": REMOVED}}),
        Case(says="no health check", change={GREEN.key: {"healthCheck": REMOVED}}),
        Case(says="another protocol", change={GREEN.key: {"protocol": "HTTP"}}),
        Case(says="another port", change={GREEN.key: {"port": 9443}}),
        Case(says="another drain time", change={GREEN.key: {"deregistrationDelay": 90}}),
        Case(says="no color", change={GREEN.key: {"tags.color": REMOVED}}),
    ),
    also_compliant={"colors of two services may differ": {BLUE.key: {"healthCheck.path": "/", "tags.service": "web"}}},
    undecided=(
        (GREEN.key, "healthCheck"),
        (BLUE.key, "healthCheck.path"),
        (GREEN.key, "port"),
        (GREEN.key, "deregistrationDelay"),
        (GREEN.key, "tags.color"),
    ),
    mutations=(
        Case(says="another path", change={GREEN.key: {"healthCheck.path": "/"}}),
        Case(says="another drain time on blue", change={BLUE.key: {"deregistrationDelay": 90}}, fires_on=[GREEN.key]),
    ),
)
