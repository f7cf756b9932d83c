from typing import Any

from policies.rules.aws_types import (
    BUCKET,
    BUCKET_ENCRYPTION,
    BUCKET_LIFECYCLE,
    BUCKET_LOGGING,
    BUCKET_OWNERSHIP,
    BUCKET_POLICY,
    BUCKET_PUBLIC_ACCESS_BLOCK,
    BUCKET_VERSIONING,
    KEY,
)
from tests.policies.documents import document
from tests.policies.given import ELSEWHERE, UNKNOWN, given
from tests.policies.spec import Case, Spec

SITE = given(BUCKET, "site", {}, options={"protect": True})
SIDE = (BUCKET_LOGGING, "site-logged")
OWN = document({"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::123456789012:root"}, "Action": "kms:*", "Resource": "*"})
NEW_KEY = given(KEY, "encryption-site", {"enableKeyRotation": True, "policy": OWN}, options={"protect": True})
EXPIRY = {"noncurrentVersionExpiration": {"noncurrentDays": 30}, "abortIncompleteMultipartUpload": {"daysAfterInitiation": 7}}
BY_KMS = {"applyServerSideEncryptionByDefault": {"sseAlgorithm": "aws:kms"}, "bucketKeyEnabled": True}
TLS_ONLY = {
    "Effect": "Deny",
    "Principal": "*",
    "Action": "s3:*",
    "Resource": ["arn:aws:s3:::site", "arn:aws:s3:::site/*"],
    "Condition": {"Bool": {"aws:SecureTransport": "false"}},
}
FLAGS = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")
SIDES: dict[str, dict[str, Any]] = {
    BUCKET_PUBLIC_ACCESS_BLOCK: dict.fromkeys(FLAGS, True),
    BUCKET_OWNERSHIP: {"rule": {"objectOwnership": "BucketOwnerEnforced"}},
    BUCKET_VERSIONING: {"versioningConfiguration": {"status": "Enabled"}},
    BUCKET_LIFECYCLE: {"rules": [{"status": "Enabled", **EXPIRY}]},
    BUCKET_POLICY: {"policy": document(TLS_ONLY)},
}
ALL_BUT_LOGGING = (
    SITE,
    NEW_KEY,
    *(given(kind, "site-side", inputs, {"bucket": [SITE]}) for kind, inputs in SIDES.items()),
    given(BUCKET_ENCRYPTION, "site-encrypted", {"rules": [BY_KMS]}, {"bucket": [SITE], "rules": [NEW_KEY]}),
)

SPEC = Spec(
    compliant=(SITE, given(*SIDE, {"bucket": UNKNOWN}, {"bucket": [SITE]})),
    cases=(
        Case(says="none", drop=[SIDE], fires_on=[SITE.key]),
        Case(says="one of another bucket", change={SIDE: {"sources.bucket": ELSEWHERE}}, fires_on=[SITE.key]),
    ),
    undecided=(),
    mutations=(Case(says="a new bucket that lacks nothing else", add=[*ALL_BUT_LOGGING], fires_on=[SITE.key]),),
)
