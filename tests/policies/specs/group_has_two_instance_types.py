from policies.rules.aws_types import AUTO_SCALING_GROUP
from tests.policies.given import REMOVED, given
from tests.policies.spec import Case, Spec

GROUP = (AUTO_SCALING_GROUP, "api-blue-group")
OVERRIDES = "mixedInstancesPolicy.launchTemplate.overrides"
CASES = (
    Case(says="one", change={GROUP: {OVERRIDES: [{"instanceType": "m8g.large"}]}}),
    Case(says="one, twice", change={GROUP: {OVERRIDES: [{"instanceType": "m8g.large"}, {"instanceType": "m8g.large"}]}}),
    Case(says="none", change={GROUP: {OVERRIDES: REMOVED}}),
)

SPEC = Spec(
    compliant=(
        given(
            *GROUP,
            {"mixedInstancesPolicy": {"launchTemplate": {"overrides": [{"instanceType": "m8g.large"}, {"instanceType": "m7g.large"}]}}},
        ),
    ),
    cases=CASES,
    undecided=((GROUP, "mixedInstancesPolicy"), (GROUP, OVERRIDES), (GROUP, f"{OVERRIDES}[0].instanceType")),
    mutations=CASES,
)
