from policies.rules.aws_types import ROLE_POLICY
from tests.policies.database import primary
from tests.policies.documents import Statement, document, edited
from tests.policies.given import given
from tests.policies.spec import Case, Spec

PROXY, SERVICE = (ROLE_POLICY, "database-proxy-logs-in"), (ROLE_POLICY, "api-blue-permissions")
LOGINS = "arn:aws:rds-db:eu-west-1:123456789012:dbuser"


def connect(*users: str) -> Statement:
    """What lets in as these."""
    return {"Effect": "Allow", "Action": ["rds-db:connect"], "Resource": [f"{LOGINS}:{user}" for user in users]}


def as_users(*users: str) -> object:
    """A document whose first statement lets in as these instead."""
    return edited(lambda first: first.update(connect(*users)))


CASES = (
    Case(says="any user", change={PROXY: {"policy": as_users("db-ABCDEFGHIJKL01234/*")}}),
    Case(says="any of some users", change={PROXY: {"policy": as_users("db-ABCDEFGHIJKL01234/ap?")}}),
    Case(says="any database", change={PROXY: {"policy": as_users("*/api")}}),
    Case(says="the master", change={PROXY: {"policy": as_users("db-ABCDEFGHIJKL01234/api", "db-ABCDEFGHIJKL01234/switchyard")}}),
)
READ = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::site/*"}

SPEC = Spec(
    compliant=(
        primary(),
        given(*PROXY, {"policy": document(connect("db-ABCDEFGHIJKL01234/api"))}),
        given(*SERVICE, {"policy": document(READ, connect("prx-0123456789abcdef0/api", "db-ABCDEFGHIJKL01234/api"))}),
    ),
    cases=(
        *CASES,
        Case(says="everything", change={SERVICE: {"policy": edited(lambda last: last.update(Resource="*"), -1)}}),
    ),
    undecided=((PROXY, "policy"), (SERVICE, "policy")),
    mutations=CASES,
)
