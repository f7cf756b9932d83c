from policies.rules.aws_types import REDIS_USER, REDIS_USER_GROUP, REPLICATION_GROUP
from tests.policies.given import ELSEWHERE, REMOVED, UNKNOWN, given, secret
from tests.policies.spec import Case, Spec

USERS = given(REDIS_USER_GROUP, "redis-users", {})
REDIS, USER = (REPLICATION_GROUP, "redis-group"), (REDIS_USER, "redis-users-services")
CASES = (
    Case(says="everybody is let in", change={REDIS: {"userGroupIds": REMOVED, "sources.userGroupIds": []}}),
    Case(says="somebody else's users", change={REDIS: {"sources.userGroupIds": ELSEWHERE}}),
    Case(says="a user without a password", change={USER: {"noPasswordRequired": True}}),
    Case(says="a user of whom no password is known", change={USER: {"passwords": REMOVED, "sources.passwords": []}}),
)

SPEC = Spec(
    compliant=(
        USERS,
        given(*REDIS, {"userGroupIds": [UNKNOWN]}, {"userGroupIds": [USERS]}),
        given(*USER, {"noPasswordRequired": False, "passwords": secret([UNKNOWN])}),
    ),
    cases=CASES,
    also_compliant={"nobody said whether it needs one": {USER: {"noPasswordRequired": REMOVED}}},
    undecided=((USER, "noPasswordRequired"),),
    mutations=CASES,
)
