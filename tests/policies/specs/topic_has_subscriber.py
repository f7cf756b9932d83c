from components.worth_reading import WORTH_READING
from policies.rules.aws_types import TOPIC, TOPIC_SUBSCRIPTION
from tests.policies.given import ELSEWHERE, UNKNOWN, given
from tests.policies.spec import Case, Spec

NEWS, LISTENS = given(TOPIC, "topics-ticket", {}), (TOPIC_SUBSCRIPTION, "somebody")
WORTH, RESTORES = {"filterPolicy": WORTH_READING}, '{"EventType": ["RESTORE_JOB"]}'

SPEC = Spec(
    compliant=(NEWS, given(*LISTENS, {"topic": UNKNOWN}, {"topic": [NEWS]})),
    cases=(
        Case(says="nobody", drop=[LISTENS], fires_on=[NEWS.key]),
        Case(says="somebody who hears of restores alone", change={LISTENS: {"filterPolicy": RESTORES}}, fires_on=[NEWS.key]),
        Case(says="somebody whom no alarm reaches", change={LISTENS: {**WORTH, "filterPolicyScope": "MessageBody"}}, fires_on=[NEWS.key]),
        Case(says="somebody of another topic", change={LISTENS: {"sources.topic": ELSEWHERE}}, fires_on=[NEWS.key]),
    ),
    also_compliant={"all but backups that went well": {LISTENS: WORTH}},
    undecided=(),
    mutations=(Case(says="nobody listens", drop=[(TOPIC_SUBSCRIPTION, "topics-page-*")], fires_on=[(TOPIC, "topics-page")]),),
)
