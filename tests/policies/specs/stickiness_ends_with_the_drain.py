from policies.rules.aws_types import LISTENER_RULE, TARGET_GROUP
from tests.policies.given import REMOVED, given
from tests.policies.spec import Case, Spec

BLUE, GREEN = (given(TARGET_GROUP, f"api-{color}", {"deregistrationDelay": 60}) for color in ("blue", "green"))
TRAFFIC = (LISTENER_RULE, "api-traffic")
STICKINESS = "actions[0].forward.stickiness"
STICKS = {STICKINESS: {"enabled": True, "duration": 3600}}

SPEC = Spec(
    compliant=(
        BLUE,
        GREEN,
        given(*TRAFFIC, {"actions": [{"forward": {"stickiness": {"enabled": True, "duration": 60}}}]}, {"actions": [BLUE, GREEN]}),
    ),
    cases=(
        Case(says="an hour", change={TRAFFIC: STICKS}),
        Case(says="one color drains faster", change={GREEN.key: {"deregistrationDelay": 30}}, fires_on=[TRAFFIC]),
        Case(says="no time", change={TRAFFIC: {f"{STICKINESS}.duration": REMOVED}}),
    ),
    also_compliant={
        "not at all": {TRAFFIC: {STICKINESS: REMOVED}},
        "for AWS's default time of draining": {BLUE.key: {"deregistrationDelay": REMOVED}, GREEN.key: {"deregistrationDelay": REMOVED}},
    },
    undecided=((TRAFFIC, "actions"), (TRAFFIC, f"{STICKINESS}.enabled"), (TRAFFIC, f"{STICKINESS}.duration")),
    mutations=(Case(says="an hour", change={TRAFFIC: STICKS}),),
)
