from policies.rules.aws_types import BUCKET, BUCKET_REPLICATION, BUCKET_VERSIONING, KEY, ROLE
from tests.policies.given import ELSEWHERE, REMOVED, UNKNOWN, given
from tests.policies.spec import Case, Spec

SITE, COPY = given(BUCKET, "site", {}), given(BUCKET, "site-copy", {"region": "eu-central-1"})
HERE, THERE = (given(BUCKET_VERSIONING, f"{each.name}-versioned", {}, {"bucket": [each]}) for each in (SITE, COPY))
COPIER, OTHER_KEY, COPIES = given(ROLE, "site-copier", {}), given(KEY, "encryption-site-copy", {}), (BUCKET_REPLICATION, "site-copies")
RULE = {
    "status": "Enabled",
    "filter": {"prefix": ""},
    "deleteMarkerReplication": {"status": "Disabled"},
    "sourceSelectionCriteria": {"sseKmsEncryptedObjects": {"status": "Enabled"}},
    "destination": {"bucket": UNKNOWN},
}
CASES = (
    Case(says="a copy of something else", change={COPIES: {"sources.bucket": ELSEWHERE}}, fires_on=[SITE.key]),
    Case(says="a copy to elsewhere", change={COPIES: {"sources.rules": [OTHER_KEY.urn]}}),
    Case(says="a role of elsewhere", change={COPIES: {"sources.role": ELSEWHERE}}),
    Case(says="off", change={COPIES: {"rules[0].status": "Disabled"}}),
    Case(says="a part", change={COPIES: {"rules[0].filter.prefix": "releases/"}}),
    Case(says="nothing that is encrypted", change={COPIES: {"rules[0].sourceSelectionCriteria": REMOVED}}),
    Case(says="deletions too", change={COPIES: {"rules[0].deleteMarkerReplication.status": "Enabled"}}),
)

SPEC = Spec(
    compliant=(
        SITE,
        HERE,
        THERE,
        COPIER,
        OTHER_KEY,
        given(*COPIES, {"rules": [RULE]}, {"bucket": [HERE], "rules": [THERE, OTHER_KEY], "role": [COPIER]}),
        COPY,
    ),
    cases=(
        *CASES,
        Case(says="none", drop=[COPIES], fires_on=[SITE.key]),
        Case(says="a copy beside it", change={COPY.key: {"region": REMOVED}}, fires_on=[COPIES]),
        Case(says="a key of elsewhere", change={COPIES: {"sources.rules": [THERE.urn]}}),
    ),
    undecided=((COPIES, "rules[0].status"), (COPIES, "rules[0].filter.prefix")),
    mutations=CASES,
)
