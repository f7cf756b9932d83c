from policies.rules.aws_types import AUTO_SCALING_GROUP
from tests.policies.given import REMOVED, given
from tests.policies.spec import Case, Spec

GROUP = (AUTO_SCALING_GROUP, "api-blue-group")
DISTRIBUTION = "mixedInstancesPolicy.instancesDistribution"
SHARE = f"{DISTRIBUTION}.onDemandPercentageAboveBaseCapacity"
CASES = (
    Case(says="all on spot", change={GROUP: {SHARE: 0}}),
    Case(says="half on spot", change={GROUP: {SHARE: 50}}),
)

SPEC = Spec(
    compliant=(given(*GROUP, {"mixedInstancesPolicy": {"instancesDistribution": {"onDemandPercentageAboveBaseCapacity": 100}}}),),
    cases=CASES,
    also_compliant={"AWS's default": {GROUP: {DISTRIBUTION: REMOVED}}, "AWS's default share": {GROUP: {SHARE: REMOVED}}},
    undecided=((GROUP, SHARE), (GROUP, DISTRIBUTION)),
    mutations=CASES,
)
