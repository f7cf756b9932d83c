from policies.rules.aws_types import BACKUP_VAULT, TOPIC_POLICY, VAULT_NOTIFICATIONS
from tests.policies.given import ELSEWHERE, UNKNOWN, given
from tests.policies.spec import Case, Spec

VAULT, TOPIC, NEWS = (
    given(BACKUP_VAULT, "backups", {}),
    given(TOPIC_POLICY, "topics-ticket-policy", {}),
    (VAULT_NOTIFICATIONS, "backups-news"),
)
DEPRECATED = ["BACKUP_JOB_FAILED", "COPY_JOB_FAILED", "RESTORE_JOB_FAILED"]
JOBS = ["BACKUP_JOB_COMPLETED", "COPY_JOB_FAILED", "RESTORE_JOB_COMPLETED"]
OBJECTS = ["S3_BACKUP_OBJECT_FAILED", "S3_RESTORE_OBJECT_FAILED"]
CASES = (
    Case(says="events that AWS sends no longer", change={NEWS: {"backupVaultEvents": DEPRECATED}}),
    Case(says="not of objects that are missing", change={NEWS: {"backupVaultEvents": JOBS}}),
    Case(says="a topic of elsewhere", change={NEWS: {"sources.snsTopicArn": ELSEWHERE}}),
)

SPEC = Spec(
    compliant=(
        VAULT,
        TOPIC,
        given(
            *NEWS,
            {"backupVaultEvents": [*JOBS, *OBJECTS], "snsTopicArn": UNKNOWN},
            {"backupVaultName": [VAULT], "snsTopicArn": [TOPIC]},
        ),
    ),
    cases=(*CASES, Case(says="no news", drop=[NEWS], fires_on=[VAULT.key])),
    undecided=((NEWS, "backupVaultEvents"),),
    mutations=(*CASES, Case(says="no news", drop=[(VAULT_NOTIFICATIONS, "backups-copy-news")], fires_on=[(BACKUP_VAULT, "backups-copy")])),
)
