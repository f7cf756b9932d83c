from policies.rules.aws_types import BUCKET, BUCKET_VERSIONING
from tests.policies.given import ELSEWHERE, UNKNOWN, given
from tests.policies.spec import Case, Spec

BUCKET_GIVEN = given(BUCKET, "lb-logs", {})
SIDE = (BUCKET_VERSIONING, "lb-logs-versioned")
CASES = (
    Case(says="none", drop=[SIDE], fires_on=[BUCKET_GIVEN.key]),
    Case(says="one of another bucket", change={SIDE: {"sources.bucket": ELSEWHERE}}, fires_on=[BUCKET_GIVEN.key]),
    Case(says="no longer", change={SIDE: {"versioningConfiguration.status": "Suspended"}}),
)

SPEC = Spec(
    compliant=(
        BUCKET_GIVEN,
        given(*SIDE, {"bucket": UNKNOWN, "versioningConfiguration": {"status": "Enabled"}}, {"bucket": [BUCKET_GIVEN]}),
    ),
    cases=CASES,
    undecided=((SIDE, "versioningConfiguration"), (SIDE, "versioningConfiguration.status")),
    mutations=CASES,
)
