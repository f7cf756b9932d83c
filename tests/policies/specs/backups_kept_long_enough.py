from policies.rules.aws_types import BACKUP_PLAN
from tests.policies.given import REMOVED, given
from tests.policies.spec import Case, Spec

PLAN = (BACKUP_PLAN, "backups-plan")
RULES = [{"lifecycle": {"deleteAfter": days}, "copyActions": [{"lifecycle": {"deleteAfter": days}}]} for days in (7, 35)]
CASES = (
    Case(says="a day", change={PLAN: {"rules[0].lifecycle.deleteAfter": 1}}),
    Case(says="a copy for a day", change={PLAN: {"rules[0].copyActions[0].lifecycle.deleteAfter": 1}}),
    Case(says="for ever", change={PLAN: {"rules[0].lifecycle.deleteAfter": REMOVED}}),
)

SPEC = Spec(
    compliant=(given(*PLAN, {"rules": RULES}),),
    cases=(*CASES, Case(says="no month", change={PLAN: {"rules[1].lifecycle.deleteAfter": 30}})),
    also_compliant={"no copies": {PLAN: {"rules[0].copyActions": REMOVED, "rules[1].copyActions": REMOVED}}},
    undecided=((PLAN, "rules[0].lifecycle.deleteAfter"), (PLAN, "rules[1].copyActions[0].lifecycle.deleteAfter")),
    mutations=CASES,
)
