from policies.rules.aws_types import BACKUP_PLAN, BACKUP_VAULT
from tests.policies.given import REMOVED, given
from tests.policies.spec import Case, Spec

HERE = given(BACKUP_VAULT, "backups", {}, outputs={"arn": "arn:aws:backup:eu-west-1:123456789012:backup-vault:backups"})
THERE = given(
    BACKUP_VAULT,
    "backups-copy",
    {"region": "eu-central-1"},
    outputs={"arn": "arn:aws:backup:eu-central-1:123456789012:backup-vault:backups-copy"},
)
PLAN = (BACKUP_PLAN, "backups-plan")
RULES = [{"ruleName": name, "copyActions": [{"destinationVaultArn": THERE.outputs["arn"]}]} for name in ("daily", "monthly")]
CASES = (
    Case(says="no daily copy", change={PLAN: {"rules[0].copyActions": REMOVED}}),
    Case(says="a copy to elsewhere", change={PLAN: {"rules[1].copyActions[0].destinationVaultArn": "arn:aws:backup:eu-west-1:1:vault:x"}}),
)

SPEC = Spec(
    compliant=(HERE, THERE, given(*PLAN, {"rules": RULES}, {"rules": [HERE, THERE]})),
    cases=(
        *CASES,
        Case(says="a copy beside it", change={PLAN: {"rules[0].copyActions[0].destinationVaultArn": HERE.outputs["arn"]}}),
        Case(says="a vault in the same region", change={THERE.key: {"region": REMOVED}}, fires_on=[PLAN]),
    ),
    undecided=((PLAN, "rules[0].copyActions"), (PLAN, "rules[1].copyActions[0].destinationVaultArn")),
    mutations=CASES,
)
