from policies.rules.aws_types import REDIS_USER, REDIS_USER_GROUP
from tests.policies.given import ELSEWHERE, given
from tests.policies.spec import Case, Spec

GROUP, DEFAULT = (REDIS_USER_GROUP, "redis-users"), (REDIS_USER, "redis-users-default")
NOBODY = given(*DEFAULT, {"userName": "default", "accessString": "off ~* -@all"})
SERVICES = given(REDIS_USER, "redis-users-services", {"userName": "services", "accessString": "on ~* +@all"})
CASES = (
    Case(says="AWS's own default user", change={GROUP: {"sources.userIds": ELSEWHERE}}),
    Case(says="a user of another name", change={DEFAULT: {"userName": "nobody"}}, fires_on=[GROUP]),
    Case(says="it is let in", change={DEFAULT: {"accessString": "on ~* +@all"}}),
    Case(says="nobody says that it is off", change={DEFAULT: {"accessString": "~* -@all"}}),
    Case(says="off, then on", change={DEFAULT: {"accessString": "off ~* +@all on"}}),
)

SPEC = Spec(
    compliant=(NOBODY, SERVICES, given(*GROUP, {}, {"userIds": [NOBODY, SERVICES]})),
    cases=CASES,
    undecided=((DEFAULT, "userName"), (DEFAULT, "accessString")),
    mutations=CASES,
)
