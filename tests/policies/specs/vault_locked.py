from policies.rules.aws_types import BACKUP_VAULT, VAULT_LOCK
from tests.policies.given import ELSEWHERE, REMOVED, given
from tests.policies.spec import Case, Spec

VAULT, LOCK = given(BACKUP_VAULT, "backups", {}), (VAULT_LOCK, "backups-lock")
CASES = (
    Case(says="gone within a day", change={LOCK: {"minRetentionDays": 1}}),
    Case(says="gone at once", change={LOCK: {"minRetentionDays": REMOVED}}),
    Case(says="kept for ever", change={LOCK: {"maxRetentionDays": REMOVED}}),
)

SPEC = Spec(
    compliant=(VAULT, given(*LOCK, {"minRetentionDays": 7, "maxRetentionDays": 400}, {"backupVaultName": [VAULT]})),
    cases=(
        *CASES,
        Case(says="no lock", drop=[LOCK], fires_on=[VAULT.key]),
        Case(says="a lock on another vault", change={LOCK: {"sources.backupVaultName": ELSEWHERE}}, fires_on=[VAULT.key]),
    ),
    undecided=((LOCK, "minRetentionDays"),),
    mutations=(*CASES, Case(says="no lock", drop=[(VAULT_LOCK, "backups-copy-lock")], fires_on=[(BACKUP_VAULT, "backups-copy")])),
)
