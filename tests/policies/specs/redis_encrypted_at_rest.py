from policies.rules.aws_types import KEY, REPLICATION_GROUP
from tests.policies.given import ELSEWHERE, REMOVED, UNKNOWN, given
from tests.policies.spec import Case, Spec

DATA = given(KEY, "encryption-data", {})
REDIS = (REPLICATION_GROUP, "redis-group")
CASES = (
    Case(says="not encrypted", change={REDIS: {"atRestEncryptionEnabled": False}}),
    Case(says="the default of the engine redis", change={REDIS: {"atRestEncryptionEnabled": REMOVED}}),
    Case(says="AWS's own key", change={REDIS: {"kmsKeyId": REMOVED, "sources.kmsKeyId": []}}),
    Case(says="somebody else's key", change={REDIS: {"sources.kmsKeyId": ELSEWHERE}}),
)

SPEC = Spec(
    compliant=(DATA, given(*REDIS, {"atRestEncryptionEnabled": True, "kmsKeyId": UNKNOWN}, {"kmsKeyId": [DATA]})),
    cases=CASES,
    undecided=((REDIS, "atRestEncryptionEnabled"),),
    mutations=CASES,
)
