from policies.rules.aws_types import AUTO_SCALING_GROUP
from tests.policies.given import REMOVED, given
from tests.policies.spec import Case, Spec

GROUP = (AUTO_SCALING_GROUP, "api-blue-group")
CASES = (
    Case(says="the engine waits", change={GROUP: {"waitForCapacityTimeout": "10m"}}),
    Case(says="the engine waits by default", change={GROUP: {"waitForCapacityTimeout": REMOVED}}),
    Case(says="instances are not drained", change={GROUP: {"forceDelete": True}}),
    Case(says="a boot counts as sick", change={GROUP: {"healthCheckGracePeriod": REMOVED}}),
    Case(says="a boot is sick at once", change={GROUP: {"healthCheckGracePeriod": 0}}),
    Case(says="a day for a boot that fails", change={GROUP: {"healthCheckGracePeriod": 86400}}),
    Case(says="a boot counts as idle", change={GROUP: {"defaultInstanceWarmup": REMOVED}}),
    Case(says="a boot is ready at once", change={GROUP: {"defaultInstanceWarmup": 0}}),
    Case(says="hours until an instance counts", change={GROUP: {"defaultInstanceWarmup": 12000}}),
)

SPEC = Spec(
    compliant=(given(*GROUP, {"waitForCapacityTimeout": "0", "healthCheckGracePeriod": 900, "defaultInstanceWarmup": 120}),),
    cases=CASES,
    undecided=((GROUP, "waitForCapacityTimeout"), (GROUP, "healthCheckGracePeriod"), (GROUP, "defaultInstanceWarmup")),
    mutations=CASES,
)
