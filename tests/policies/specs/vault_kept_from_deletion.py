import json

from policies.rules.aws_types import BACKUP_VAULT, PROVIDER, VAULT_POLICY
from tests.policies.documents import document, edited
from tests.policies.given import ELSEWHERE, given
from tests.policies.spec import Case, Spec

ROLES = "arn:aws:iam::123456789012:role/"
ITSELF = f"{ROLES}aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup"
UNLESS = {"ArnNotLike": {"aws:PrincipalArn": [ITSELF, f"{ROLES}ops/break-glass"]}}
ENDING = ["backup:DeleteRecoveryPoint", "backup:DisassociateRecoveryPoint", "backup:UpdateRecoveryPointLifecycle"]
REFUSAL = {"Effect": "Deny", "Principal": {"AWS": "*"}, "Action": ENDING, "Resource": "*", "Condition": UNLESS}

VAULT, KEPT = given(BACKUP_VAULT, "backups", {}), (VAULT_POLICY, "backups-policy")
ALLOWING = edited(lambda statement: statement.update(Effect="Allow"))
NOT_ALL = edited(lambda statement: statement.update(Action=ENDING[:1]))
ANYBODY = edited(lambda statement: statement.update(Condition={"ArnNotLike": {"aws:PrincipalArn": [f"{ROLES}*"]}}))
SOME = edited(lambda statement: statement.update(Condition={"ArnLike": {"aws:PrincipalArn": [ITSELF]}}))
STRANGERS = edited(lambda statement: statement.update(Condition=json.loads(json.dumps(UNLESS).replace("1234", "4321"))))
CASES = tuple(
    Case(says=says, change={KEPT: {"policy": change}}, fires_on=[VAULT.key])
    for says, change in {
        "allowed": ALLOWING,
        "its time alone": NOT_ALL,
        "all roles but": ANYBODY,
        "one role alone": SOME,
        "another account's": STRANGERS,
    }.items()
)

SPEC = Spec(
    compliant=(
        given(PROVIDER, "aws", {"allowedAccountIds": json.dumps(["123456789012"])}),
        VAULT,
        given(*KEPT, {"policy": document(REFUSAL)}, {"backupVaultName": [VAULT]}),
    ),
    cases=(
        *CASES,
        Case(says="no policy", drop=[KEPT], fires_on=[VAULT.key]),
        Case(says="another vault's policy", change={KEPT: {"sources.backupVaultName": ELSEWHERE}}, fires_on=[VAULT.key]),
    ),
    undecided=((KEPT, "policy"),),
    mutations=(*CASES, Case(says="no policy", drop=[(VAULT_POLICY, "backups-copy-policy")], fires_on=[(BACKUP_VAULT, "backups-copy")])),
)
