from policies.rules.aws_types import BACKUP_VAULT, KEY
from tests.policies.given import ELSEWHERE, REMOVED, UNKNOWN, given
from tests.policies.spec import Case, Spec

OURS, THEIRS = given(KEY, "encryption-backup", {}), given(KEY, "encryption-backup-copy", {"region": "eu-central-1"})
VAULT, COPY = (BACKUP_VAULT, "backups"), (BACKUP_VAULT, "backups-copy")
CASES = (
    Case(says="AWS's own key", change={VAULT: {"kmsKeyArn": REMOVED, "sources.kmsKeyArn": []}}),
    Case(says="a key of elsewhere", change={COPY: {"sources.kmsKeyArn": ELSEWHERE}}),
)

SPEC = Spec(
    compliant=(
        OURS,
        THEIRS,
        given(*VAULT, {"kmsKeyArn": UNKNOWN}, {"kmsKeyArn": [OURS]}),
        given(*COPY, {"kmsKeyArn": UNKNOWN, "region": "eu-central-1"}, {"kmsKeyArn": [THEIRS]}),
    ),
    cases=(*CASES, Case(says="a key that does not serve there", change={COPY: {"sources.kmsKeyArn": [OURS.urn]}})),
    undecided=((COPY, "region"),),
    mutations=CASES,
)
