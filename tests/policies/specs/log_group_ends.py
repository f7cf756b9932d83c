from policies.rules.aws_types import LOG_GROUP
from tests.policies.given import REMOVED, given
from tests.policies.spec import Case, Spec

RECORDS = (LOG_GROUP, "flow-records")
CASES = (
    Case(says="never", change={RECORDS: {"retentionInDays": REMOVED}}),
    Case(says="never, by a number", change={RECORDS: {"retentionInDays": 0}}),
    Case(says="not with its stack", change={RECORDS: {"skipDestroy": True}}),
)

SPEC = Spec(
    compliant=(given(*RECORDS, {"retentionInDays": 365}),),
    cases=CASES,
    undecided=((RECORDS, "retentionInDays"),),
    mutations=CASES,
)
