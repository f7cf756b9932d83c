from policies.rules.aws_types import KEY
from tests.policies.database import PRIMARY, PROMOTED, REPLICA, RESTORED
from tests.policies.given import ELSEWHERE, REMOVED, UNKNOWN, given
from tests.policies.spec import Case, Spec

DATA = given(KEY, "encryption-data", {})
ON = {"storageEncrypted": True, "performanceInsightsKmsKeyId": UNKNOWN}
LOAD = {"performanceInsightsKmsKeyId": [DATA]}
WRITER = given(*PRIMARY, {**ON, "username": "switchyard", "kmsKeyId": UNKNOWN}, {**LOAD, "kmsKeyId": [DATA]})
CASES = (
    Case(says="no encryption", change={PRIMARY: {"storageEncrypted": False}}),
    Case(says="a replica that does not say so", change={REPLICA: {"storageEncrypted": REMOVED}}),
    Case(says="AWS's key", change={PRIMARY: {"kmsKeyId": REMOVED, "sources.kmsKeyId": []}}),
    Case(says="a key of elsewhere", change={PRIMARY: {"sources.kmsKeyId": ELSEWHERE}}),
    Case(says="a replica of a database of elsewhere", change={REPLICA: {"sources.replicateSourceDb": ELSEWHERE}}),
    Case(says="a key of elsewhere for the load", change={REPLICA: {"sources.performanceInsightsKmsKeyId": ELSEWHERE}}),
)

SPEC = Spec(
    compliant=(
        DATA,
        WRITER,
        given(*REPLICA, {**ON, "replicateSourceDb": UNKNOWN}, {**LOAD, "replicateSourceDb": [WRITER]}),
        given(*PROMOTED, ON, LOAD),
        given(*RESTORED, {**ON, "snapshotIdentifier": "before-the-fault"}, LOAD),
    ),
    cases=(
        *CASES,
        Case(says="a replica by a key of elsewhere", change={REPLICA: {"kmsKeyId": "arn:aws:kms:key", "sources.kmsKeyId": ELSEWHERE}}),
    ),
    also_compliant={
        "a copy of another region's": {
            REPLICA: {"sources.replicateSourceDb": [], "kmsKeyId": UNKNOWN, "sources.kmsKeyId": [DATA.urn]},
        },
    },
    undecided=((PRIMARY, "storageEncrypted"), (PROMOTED, "storageEncrypted")),
    mutations=CASES,
)
