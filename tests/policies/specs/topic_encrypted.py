from policies.rules.aws_types import KEY, TOPIC
from tests.policies.given import REMOVED, UNKNOWN, given
from tests.policies.spec import Case, Spec

ALARMS, NEWS = given(KEY, "encryption-alarms", {}), (TOPIC, "topics-page")
CASES = (
    Case(says="no key", change={NEWS: {"kmsMasterKeyId": REMOVED, "sources.kmsMasterKeyId": []}}),
    Case(
        says="AWS's own key, with which no alarm is told", change={NEWS: {"kmsMasterKeyId": "alias/aws/sns", "sources.kmsMasterKeyId": []}}
    ),
)

SPEC = Spec(
    compliant=(ALARMS, given(*NEWS, {"kmsMasterKeyId": UNKNOWN}, {"kmsMasterKeyId": [ALARMS]})),
    cases=CASES,
    undecided=(),
    mutations=CASES,
)
