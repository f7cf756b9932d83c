from policies.rules.aws_types import AUTO_SCALING_GROUP
from tests.policies.given import REMOVED, given
from tests.policies.spec import Case, Spec

GROUP = (AUTO_SCALING_GROUP, "api-blue-group")
CASES = (
    Case(says="fewer while one fails", change={GROUP: {"instanceMaintenancePolicy.minHealthyPercentage": 90}}),
    Case(says="AWS's own policy", change={GROUP: {"instanceMaintenancePolicy": REMOVED}}),
    Case(says="fewer while it is refreshed", change={GROUP: {"instanceRefresh.preferences.minHealthyPercentage": 50}}),
    Case(says="no room for one more while one fails", change={GROUP: {"instanceMaintenancePolicy.maxHealthyPercentage": 100}}),
    Case(says="no room for one more in a refresh", change={GROUP: {"instanceRefresh.preferences.maxHealthyPercentage": 100}}),
    Case(says="the provider's own room", change={GROUP: {"instanceRefresh.preferences.maxHealthyPercentage": REMOVED}}),
    Case(says="all at once", change={GROUP: {"instanceRefresh.strategy": "ReplaceRootVolume"}}),
    Case(says="what matches is replaced too", change={GROUP: {"instanceRefresh.preferences.skipMatching": REMOVED}}),
)

SPEC = Spec(
    compliant=(
        given(
            *GROUP,
            {
                "instanceMaintenancePolicy": {"minHealthyPercentage": 100, "maxHealthyPercentage": 150},
                "instanceRefresh": {
                    "strategy": "Rolling",
                    "preferences": {"minHealthyPercentage": 100, "maxHealthyPercentage": 150, "skipMatching": True},
                },
            },
        ),
    ),
    cases=CASES,
    undecided=((GROUP, "instanceMaintenancePolicy"), (GROUP, "instanceRefresh"), (GROUP, "instanceRefresh.strategy")),
    mutations=CASES,
)
