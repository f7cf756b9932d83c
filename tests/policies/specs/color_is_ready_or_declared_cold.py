from policies.rules.aws_types import AUTO_SCALING_GROUP
from tests.policies.given import REMOVED, given
from tests.policies.spec import Case, Spec

FLEET, COLD = (AUTO_SCALING_GROUP, "web-green-group"), (AUTO_SCALING_GROUP, "api-green-group")
TAG = {"key": "restore-minutes", "value": "15", "propagateAtLaunch": False}

SPEC = Spec(
    compliant=(given(*FLEET, {"minSize": 2}), given(*COLD, {"minSize": 0, "tags": [{"key": "color", "value": "green"}, TAG]})),
    cases=(
        Case(says="empty, and nobody said so", change={FLEET: {"minSize": 0}}),
        Case(says="no least size", change={FLEET: {"minSize": REMOVED}}),
        Case(says="cold without a time", change={COLD: {"tags[1].value": REMOVED}}),
        Case(says="cold by another tag", change={COLD: {"tags[1].key": "cold"}}),
    ),
    undecided=((FLEET, "minSize"), (COLD, "tags")),
    mutations=(
        Case(
            says="the idle color may be empty, and nobody said so", change={FLEET: {"minSize": 0}}, others_wait=["live_color_has_capacity"]
        ),
    ),
)
