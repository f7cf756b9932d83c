from policies.rules.aws_types import BACKUP_PLAN, BACKUP_SELECTION, ROLE
from tests.policies.given import ELSEWHERE, UNKNOWN, given
from tests.policies.spec import Case, Spec

PLAN = given(BACKUP_PLAN, "backups-plan", {"rules": [{"schedule": "cron(0 1 * * ? *)"}]})
BACKUPPER, TAGGED = given(ROLE, "backups-role", {}), (BACKUP_SELECTION, "backups-tagged")
EQUAL = [
    {"key": f"aws:ResourceTag/{key}", "value": value}
    for key, value in {"backup": "daily", "project": "switchyard", "stack": "test"}.items()
]
CASES = (
    Case(says="on Sundays", change={PLAN.key: {"rules[0].schedule": "cron(0 1 ? * SUN *)"}}),
    Case(says="another tag", change={TAGGED: {"conditions[0].stringEquals[0].value": "weekly"}}),
    Case(says="another stack's things", change={TAGGED: {"conditions[0].stringEquals[2].value": "elsewhere"}}),
    Case(says="another stack's things too", change={TAGGED: {"conditions[0].stringEquals": EQUAL[:1]}}),
    Case(says="some buckets", change={TAGGED: {"resources": ["arn:aws:s3:::site-*"]}}),
    Case(says="all but some", change={TAGGED: {"notResources": ["arn:aws:rds:*:*:db:*"]}}),
    Case(says="a role of elsewhere", change={TAGGED: {"sources.iamRoleArn": ELSEWHERE}}),
)

SPEC = Spec(
    compliant=(
        PLAN,
        BACKUPPER,
        given(
            *TAGGED,
            {"resources": ["*"], "conditions": [{"stringEquals": EQUAL}], "iamRoleArn": UNKNOWN},
            {"planId": [PLAN], "iamRoleArn": [BACKUPPER]},
        ),
    ),
    cases=(*CASES, Case(says="nothing", drop=[TAGGED], fires_on=[PLAN.key])),
    undecided=((PLAN.key, "rules"), (TAGGED, "resources"), (TAGGED, "conditions[0].stringEquals[0].value")),
    mutations=(*CASES, Case(says="nothing", drop=[TAGGED], fires_on=[PLAN.key])),
)
