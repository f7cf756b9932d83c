from policies.rules.aws_types import AUTO_SCALING_GROUP
from tests.policies.given import REMOVED, given
from tests.policies.spec import Case, Spec

GROUP = (AUTO_SCALING_GROUP, "api-blue-group")
METRICS = ["GroupDesiredCapacity", "GroupInServiceCapacity", "GroupInServiceInstances"]
CASES = (
    Case(says="none", change={GROUP: {"enabledMetrics": REMOVED}}),
    Case(says="one too few", change={GROUP: {"enabledMetrics": METRICS[:2]}}),
)

SPEC = Spec(
    compliant=(given(*GROUP, {"enabledMetrics": METRICS}),),
    cases=CASES,
    undecided=((GROUP, "enabledMetrics"),),
    mutations=CASES,
)
