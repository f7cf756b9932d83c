from components.catalogue import TOPIC as WATCHED
from policies.rules.aws_types import ALARM, KEY, TOPIC, TOPIC_POLICY, TOPIC_SUBSCRIPTION
from tests.policies.documents import document
from tests.policies.given import ELSEWHERE, UNKNOWN, given
from tests.policies.spec import Case, Spec
from tests.policies.watched import inputs_of

NEWS, LISTENS = given(TOPIC, "topics-ticket", {}), (TOPIC_SUBSCRIPTION, "somebody")
CLOUDWATCH = {
    "Effect": "Allow",
    "Principal": {"Service": "cloudwatch.amazonaws.com"},
    "Resource": "*",
    "Condition": {"StringEquals": {"aws:SourceAccount": "123456789012"}},
}
OWN = {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::123456789012:root"}, "Action": "kms:*", "Resource": "*"}
USES = document(OWN, {**CLOUDWATCH, "Action": ["kms:Decrypt", "kms:GenerateDataKey*"]})
NEW_KEY = given(KEY, "encryption-new", {"enableKeyRotation": True, "policy": USES}, options={"protect": True})
NEW = given(TOPIC, "topics-new", {"kmsMasterKeyId": UNKNOWN}, {"kmsMasterKeyId": [NEW_KEY]}, outputs={"name": "topics-new"})
PUBLISHERS = given(TOPIC_POLICY, "topics-new-policy", {"policy": document({**CLOUDWATCH, "Action": "sns:Publish"})}, {"arn": [NEW]})
TOLD = {"alarmActions": [UNKNOWN], "okActions": [UNKNOWN], "alarmDescription": "docs/runbooks/alarms.md#undelivered"}
ALARM_ON_IT = given(
    ALARM,
    "topics-new-undelivered",
    {**inputs_of(WATCHED, WATCHED.signals[0], {"TopicName": "topics-new"}), **TOLD},
    {"dimensions": [NEW], "alarmActions": [PUBLISHERS], "okActions": [PUBLISHERS]},
)

SPEC = Spec(
    compliant=(NEWS, given(*LISTENS, {"topic": UNKNOWN}, {"topic": [NEWS]})),
    cases=(
        Case(says="nobody", drop=[LISTENS], fires_on=[NEWS.key]),
        Case(says="somebody of another topic", change={LISTENS: {"sources.topic": ELSEWHERE}}, fires_on=[NEWS.key]),
    ),
    undecided=(),
    mutations=(Case(says="a topic that nobody listens to", add=[NEW, NEW_KEY, PUBLISHERS, ALARM_ON_IT], fires_on=[NEW.key]),),
)
