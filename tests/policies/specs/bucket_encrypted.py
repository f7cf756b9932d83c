from policies.rules.aws_types import BUCKET, BUCKET_ENCRYPTION, KEY
from tests.policies.given import ELSEWHERE, REMOVED, UNKNOWN, given
from tests.policies.spec import Case, Spec

BUCKET_GIVEN, SITE = given(BUCKET, "site", {}), given(KEY, "encryption-site", {})
SIDE = (BUCKET_ENCRYPTION, "site-encrypted")
RULE = {"applyServerSideEncryptionByDefault": {"sseAlgorithm": "aws:kms", "kmsMasterKeyId": UNKNOWN}, "bucketKeyEnabled": True}

SPEC = Spec(
    compliant=(BUCKET_GIVEN, SITE, given(*SIDE, {"bucket": UNKNOWN, "rules": [RULE]}, {"bucket": [BUCKET_GIVEN], "rules": [SITE]})),
    cases=(
        Case(says="none", drop=[SIDE], fires_on=[BUCKET_GIVEN.key]),
        Case(says="S3's own key", change={SIDE: {"rules[0].applyServerSideEncryptionByDefault.sseAlgorithm": "AES256"}}),
        Case(says="a key from elsewhere", change={SIDE: {"sources.rules": ELSEWHERE}}),
        Case(says="a call to KMS for each object", change={SIDE: {"rules[0].bucketKeyEnabled": REMOVED}}),
    ),
    undecided=((SIDE, "rules"), (SIDE, "rules[0].applyServerSideEncryptionByDefault.sseAlgorithm"), (SIDE, "rules[0].bucketKeyEnabled")),
    mutations=(Case(says="none", drop=[(BUCKET_ENCRYPTION, "lb-logs-encrypted")], fires_on=[(BUCKET, "lb-logs")]),),
)
