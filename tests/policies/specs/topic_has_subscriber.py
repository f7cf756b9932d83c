from policies.rules.aws_types import TOPIC, TOPIC_SUBSCRIPTION
from tests.policies.given import ELSEWHERE, UNKNOWN, given
from tests.policies.spec import Case, Spec

NEWS, LISTENS = given(TOPIC, "topics-ticket", {}), (TOPIC_SUBSCRIPTION, "somebody")

SPEC = Spec(
    compliant=(NEWS, given(*LISTENS, {"topic": UNKNOWN}, {"topic": [NEWS]})),
    cases=(
        Case(says="nobody", drop=[LISTENS], fires_on=[NEWS.key]),
        Case(says="somebody of another topic", change={LISTENS: {"sources.topic": ELSEWHERE}}, fires_on=[NEWS.key]),
    ),
    undecided=(),
    mutations=(Case(says="nobody listens", drop=[(TOPIC_SUBSCRIPTION, "topics-page-*")], fires_on=[(TOPIC, "topics-page")]),),
)
