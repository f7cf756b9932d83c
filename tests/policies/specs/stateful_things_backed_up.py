from policies.rules.aws_types import BUCKET, DATABASE
from tests.policies.given import REMOVED, given
from tests.policies.spec import Case, Spec

SITE, DATA, REPLICA = (BUCKET, "site"), (DATABASE, "database"), (DATABASE, "replica-r1")
TAGS = {"tags": {"backup": "daily"}}
CASES = (
    Case(says="a bucket without the tag", change={SITE: {"tags.backup": REMOVED}}),
    Case(says="a bucket with another word", change={SITE: {"tags.backup": "weekly"}}),
    Case(says="a database without the tag", change={DATA: {"tags.backup": REMOVED}}),
)

SPEC = Spec(
    compliant=(given(*SITE, TAGS), given(*DATA, TAGS), given(*REPLICA, {"replicateSourceDb": "database-1"})),
    cases=(
        *CASES,
        Case(says="a database without tags", change={DATA: {"tags": REMOVED}}),
        Case(says="a replica that was promoted", change={REPLICA: {"replicateSourceDb": REMOVED}}),
    ),
    undecided=((SITE, "tags.backup"), (DATA, "tags.backup")),
    mutations=CASES,
)
