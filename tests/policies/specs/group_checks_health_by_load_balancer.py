from policies.rules.aws_types import AUTO_SCALING_GROUP
from tests.policies.given import REMOVED, UNKNOWN, given
from tests.policies.spec import Case, Spec

GROUP = (AUTO_SCALING_GROUP, "api-green-group")
CASES = (
    Case(says="EC2's own word", change={GROUP: {"healthCheckType": "EC2"}}),
    Case(says="AWS's default", change={GROUP: {"healthCheckType": REMOVED}}),
)

SPEC = Spec(
    compliant=(given(*GROUP, {"targetGroupArns": [UNKNOWN], "healthCheckType": "ELB"}),),
    cases=CASES,
    also_compliant={"a group with no targets": {GROUP: {"targetGroupArns": REMOVED, "healthCheckType": "EC2"}}},
    undecided=((GROUP, "healthCheckType"),),
    mutations=CASES,
)
