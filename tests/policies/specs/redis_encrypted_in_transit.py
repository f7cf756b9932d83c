from policies.rules.aws_types import REPLICATION_GROUP
from tests.policies.given import REMOVED, given
from tests.policies.spec import Case, Spec

REDIS = (REPLICATION_GROUP, "redis-group")
CASES = (
    Case(says="plain text", change={REDIS: {"transitEncryptionEnabled": False}}),
    Case(says="plain text by default", change={REDIS: {"transitEncryptionEnabled": REMOVED}}),
    Case(says="as the client likes", change={REDIS: {"transitEncryptionMode": "preferred"}}),
    Case(says="as AWS likes", change={REDIS: {"transitEncryptionMode": REMOVED}}),
)

SPEC = Spec(
    compliant=(given(*REDIS, {"transitEncryptionEnabled": True, "transitEncryptionMode": "required"}),),
    cases=CASES,
    undecided=((REDIS, "transitEncryptionEnabled"), (REDIS, "transitEncryptionMode")),
    mutations=CASES,
)
