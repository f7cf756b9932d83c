from policies.rules.aws_types import LOAD_BALANCER
from tests.policies.given import REMOVED, UNKNOWN, given
from tests.policies.spec import Case, Spec

BALANCER = (LOAD_BALANCER, "lb")
CASES = (
    Case(says="requests are not recorded", change={BALANCER: {"accessLogs.enabled": False}}),
    Case(says="connections are not recorded", change={BALANCER: {"connectionLogs": REMOVED}}),
)

SPEC = Spec(
    compliant=(given(*BALANCER, {"accessLogs": {"enabled": True, "bucket": UNKNOWN}, "connectionLogs": {"enabled": True}}),),
    cases=CASES,
    undecided=((BALANCER, "accessLogs"), (BALANCER, "accessLogs.enabled"), (BALANCER, "connectionLogs.enabled")),
    mutations=CASES,
)
