from policies.rules.aws_types import EVENT_RULE, EVENT_TARGET, ROLE, STATE_MACHINE, TOPIC_POLICY
from tests.policies.given import ELSEWHERE, REMOVED, UNKNOWN, given
from tests.policies.spec import Case, Spec

SNAPSHOTS, EVENTS = given(EVENT_RULE, "archive-snapshots", {"state": "ENABLED"}), given(EVENT_RULE, "database-events", {})
WORKFLOW, STARTER, NEWS = given(STATE_MACHINE, "archive-export", {}), given(ROLE, "archive-starter", {}), given(TOPIC_POLICY, "topics", {})
START, MAIL = (EVENT_TARGET, "archive-start"), (EVENT_TARGET, "database-events-mail")
IDLE = Case(says="a rule that nothing follows", add=[given(EVENT_RULE, "idle", {"eventPattern": "{}"})])

SPEC = Spec(
    compliant=(
        *(SNAPSHOTS, EVENTS, WORKFLOW, STARTER, NEWS),
        given(*START, {"rule": UNKNOWN}, {"rule": [SNAPSHOTS], "arn": [WORKFLOW], "roleArn": [STARTER]}),
        given(*MAIL, {"rule": UNKNOWN}, {"rule": [EVENTS], "arn": [NEWS]}),
    ),
    cases=(
        IDLE,
        Case(says="no target", drop=[START], fires_on=[SNAPSHOTS.key]),
        Case(says="a rule that is off", change={SNAPSHOTS.key: {"state": "DISABLED"}}),
        Case(says="a rule that is off, said the older way", change={SNAPSHOTS.key: {"isEnabled": False}}),
        Case(says="a workflow of elsewhere", change={START: {"sources.arn": ELSEWHERE}}),
        Case(says="a topic of elsewhere", change={MAIL: {"sources.arn": ELSEWHERE}}),
        Case(says="a role of elsewhere", change={START: {"sources.roleArn": ELSEWHERE}}),
    ),
    also_compliant={"a rule that says nothing of it": {SNAPSHOTS.key: {"state": REMOVED}}},
    undecided=((SNAPSHOTS.key, "state"),),
    mutations=(IDLE,),
)
