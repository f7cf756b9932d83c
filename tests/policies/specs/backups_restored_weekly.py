from policies.rules.aws_types import BACKUP_PLAN, BACKUP_VAULT, RESTORE_TESTING_PLAN, RESTORE_TESTING_SELECTION, ROLE
from tests.policies.given import ELSEWHERE, REMOVED, UNKNOWN, given
from tests.policies.spec import Case, Spec

VAULT, RESTORER = given(BACKUP_VAULT, "backups", {}), given(ROLE, "backups-role-restore", {})
PLAN, TESTS, SITE = (BACKUP_PLAN, "backups-plan"), (RESTORE_TESTING_PLAN, "restore-tests"), (RESTORE_TESTING_SELECTION, "restore-s3")
WEEKLY = given(
    *TESTS,
    {"scheduleExpression": "cron(0 9 ? * WED *)", "recoveryPointSelection": {"includeVaults": [UNKNOWN], "selectionWindowDays": 7}},
    {"recoveryPointSelection": [VAULT]},
)
EQUAL = [
    {"key": f"aws:ResourceTag/{key}", "value": value}
    for key, value in {"backup": "daily", "project": "switchyard", "stack": "test"}.items()
]
CASES = (
    Case(says="once a month", change={TESTS: {"scheduleExpression": "cron(0 9 1 * ? *)"}}),
    Case(says="once a year", change={TESTS: {"scheduleExpression": "cron(0 9 ? 1 WED *)"}}),
    Case(says="last month's backups", change={TESTS: {"recoveryPointSelection.selectionWindowDays": 30}}),
    Case(says="a role of elsewhere", change={SITE: {"sources.iamRoleArn": ELSEWHERE}}),
    Case(says="another tag", change={SITE: {"protectedResourceConditions.stringEquals[0].value": "weekly"}}),
    Case(says="whatever there is", change={SITE: {"protectedResourceConditions": REMOVED}}),
    Case(says="another vault's backups", change={TESTS: {"sources.recoveryPointSelection": ELSEWHERE}}, fires_on=[PLAN]),
)

SPEC = Spec(
    compliant=(
        VAULT,
        RESTORER,
        given(*PLAN, {"rules": []}, {"rules": [VAULT]}),
        WEEKLY,
        given(
            *SITE,
            {"iamRoleArn": UNKNOWN, "protectedResourceConditions": {"stringEquals": EQUAL}},
            {"restoreTestingPlanName": [WEEKLY], "iamRoleArn": [RESTORER]},
        ),
    ),
    cases=(*CASES, Case(says="nothing", drop=[SITE], fires_on=[PLAN]), Case(says="no tests", drop=[TESTS], fires_on=[PLAN])),
    undecided=((TESTS, "scheduleExpression"), (TESTS, "recoveryPointSelection.selectionWindowDays"), (SITE, "protectedResourceConditions")),
    mutations=(*CASES, Case(says="nothing", drop=[(RESTORE_TESTING_SELECTION, "restore-*")], fires_on=[PLAN])),
)
