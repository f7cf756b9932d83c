import json
import re

from policies.rules.aws_types import EVENT_RULE, EVENT_TARGET, TOPIC_POLICY
from tests.policies.database import PRIMARY, REPLICA, primary, replica
from tests.policies.given import ELSEWHERE, UNKNOWN, given
from tests.policies.spec import Case, Spec

INSTANCE, OF_PRIMARY = re.compile(r'"(switchyard-[^"]+)"'), re.compile(r"-database-[0-9a-f]{5}")
NAMES = ["switchyard-prod-database-d6f92", "switchyard-prod-database-r1-e58ff"]


def listening(*names: str) -> str:
    """What a rule wants to know."""
    return json.dumps({"source": ["aws.rds"], "detail-type": ["RDS DB Instance Event"], "detail": {"SourceIdentifier": names}})


def deaf_to_the_primary(pattern: object) -> str:
    """The same of all others, whatever the pattern is."""
    return listening(*(name for name in INSTANCE.findall(str(pattern)) if not OF_PRIMARY.search(name)))


RULE, MAIL, NEWS = (EVENT_RULE, "database-events"), (EVENT_TARGET, "database-events-mail"), given(TOPIC_POLICY, "topics-ticket-policy", {})
EVENTS = given(*RULE, {"eventPattern": listening(*NAMES)})
CASES = (Case(says="the primary's are left out", change={RULE: {"eventPattern": deaf_to_the_primary}}, fires_on=[PRIMARY]),)

SPEC = Spec(
    compliant=(
        primary(identifier=NAMES[0]),
        replica(identifier=NAMES[1]),
        EVENTS,
        given(EVENT_RULE, "archive-snapshots", {"eventPattern": json.dumps({"detail-type": ["RDS DB Snapshot Event"]})}),
        given(EVENT_RULE, "nightly", {}),
        NEWS,
        given(*MAIL, {"rule": UNKNOWN, "arn": UNKNOWN}, {"rule": [EVENTS], "arn": [NEWS]}),
    ),
    cases=(
        *CASES,
        Case(says="a rule that is off", change={RULE: {"state": "DISABLED"}}, fires_on=[PRIMARY, REPLICA]),
        Case(says="a topic of elsewhere", change={MAIL: {"sources.arn": ELSEWHERE}}, fires_on=[PRIMARY, REPLICA]),
        Case(says="nobody", drop=[MAIL], fires_on=[PRIMARY, REPLICA]),
    ),
    undecided=((RULE, "eventPattern"), (PRIMARY, "identifier")),
    mutations=CASES,
)
