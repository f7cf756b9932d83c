from policies.rules.aws_types import LOG_GROUP
from tests.policies.given import given
from tests.policies.spec import Case, Spec

RECORDS = (LOG_GROUP, "flow-records")
CASES = (Case(says="a month", change={RECORDS: {"retentionInDays": 30}}),)

SPEC = Spec(
    compliant=(given(*RECORDS, {"retentionInDays": 365}),),
    cases=CASES,
    also_compliant={"for ever, which another rule minds": {RECORDS: {"retentionInDays": 0}}},
    undecided=((RECORDS, "retentionInDays"),),
    mutations=CASES,
)
