from policies.rules.aws_types import KEY, TOPIC, TOPIC_SUBSCRIPTION
from tests.policies.documents import document
from tests.policies.given import ELSEWHERE, UNKNOWN, given
from tests.policies.spec import Case, Spec

NEWS, LISTENS = given(TOPIC, "topics-ticket", {}), (TOPIC_SUBSCRIPTION, "somebody")
OWN = document({"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::123456789012:root"}, "Action": "kms:*", "Resource": "*"})
NEW_KEY = given(KEY, "encryption-new", {"enableKeyRotation": True, "policy": OWN}, options={"protect": True})
NEW = given(TOPIC, "topics-new", {"kmsMasterKeyId": UNKNOWN}, {"kmsMasterKeyId": [NEW_KEY]})

SPEC = Spec(
    compliant=(NEWS, given(*LISTENS, {"topic": UNKNOWN}, {"topic": [NEWS]})),
    cases=(
        Case(says="nobody", drop=[LISTENS], fires_on=[NEWS.key]),
        Case(says="somebody of another topic", change={LISTENS: {"sources.topic": ELSEWHERE}}, fires_on=[NEWS.key]),
    ),
    undecided=(),
    mutations=(Case(says="a topic that nobody listens to", add=[NEW, NEW_KEY], fires_on=[NEW.key]),),
)
