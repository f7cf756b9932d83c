from typing import Any

from policies.rules.aws_types import AUTO_SCALING_GROUP, DATABASE
from tests.policies.given import REMOVED, given
from tests.policies.spec import Case, Spec
from tests.policies.web_tier import BLUE, BLUE_FLEET, GREEN_FLEET, TRAFFIC, WEB_TIER

SHARES = "actions[0].forward.targetGroups"


def declared_cold(tags: list[Any]) -> list[Any]:
    """What a live color may be, and is not excused by."""
    return [*tags, COLD]


COLD = {"key": "restore-minutes", "value": "15", "propagateAtLaunch": False}
WRITER = given(DATABASE, "database", {})
FOLLOWS = {WRITER.key: {"replicateSourceDb": "arn:aws:rds:eu-west-1:123456789012:db:elsewhere"}}
REPLICA = given(DATABASE, "replica-r1", {"replicateSourceDb": "database-1"})
EMPTY = {"minSize": 0, "tags": [COLD]}

SPEC = Spec(
    compliant=(*WEB_TIER, WRITER),
    cases=(
        Case(says="a floor of none", change={BLUE_FLEET.key: {"minSize": 0}}),
        Case(says="no floor", change={BLUE_FLEET.key: {"minSize": REMOVED}}),
        Case(says="no group", drop=[BLUE_FLEET.key], fires_on=[BLUE.key]),
        Case(
            says="a canary on an empty color",
            change={TRAFFIC.key: {f"{SHARES}[0].weight": 90, f"{SHARES}[1].weight": 10}, GREEN_FLEET.key: {"minSize": 0}},
            fires_on=[GREEN_FLEET.key],
        ),
        Case(says="a cold color of a stack that takes writes", change={BLUE_FLEET.key: EMPTY}),
        Case(says="a cold color beside a replica", change={BLUE_FLEET.key: EMPTY}, add=[REPLICA], fires_on=[BLUE_FLEET.key]),
        Case(
            says="a stack that waits, and has not declared it",
            change={BLUE_FLEET.key: {"minSize": 0}, **FOLLOWS},
            fires_on=[BLUE_FLEET.key],
        ),
    ),
    also_compliant={
        "an idle color that may be empty": {GREEN_FLEET.key: {"minSize": 0}},
        "a stack that waits": {BLUE_FLEET.key: EMPTY, **FOLLOWS},
    },
    undecided=(
        (BLUE_FLEET.key, "minSize"),
        (TRAFFIC.key, f"{SHARES}[0].weight"),
        (TRAFFIC.key, SHARES),
    ),
    mutations=(
        Case(says="a floor of none", change={BLUE_FLEET.key: {"minSize": 0, "tags": declared_cold}}),
        Case(says="a floor of none, of another", change={(AUTO_SCALING_GROUP, "web-blue-group"): {"minSize": 0, "tags": declared_cold}}),
    ),
)
