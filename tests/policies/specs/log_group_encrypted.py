from policies.rules.aws_types import KEY, LOG_GROUP
from tests.policies.given import ELSEWHERE, REMOVED, UNKNOWN, given
from tests.policies.spec import Case, Spec

LOGS, RECORDS = given(KEY, "encryption-logs", {}), (LOG_GROUP, "flow-records")
CASES = (
    Case(says="CloudWatch's own key", change={RECORDS: {"kmsKeyId": REMOVED, "sources.kmsKeyId": []}}),
    Case(says="a key from elsewhere", change={RECORDS: {"sources.kmsKeyId": ELSEWHERE}}),
)

SPEC = Spec(
    compliant=(LOGS, given(*RECORDS, {"kmsKeyId": UNKNOWN}, {"kmsKeyId": [LOGS]})),
    cases=CASES,
    undecided=(),
    mutations=CASES,
)
