from policies.rules.aws_types import SCALING_POLICY
from tests.policies.given import REMOVED, given
from tests.policies.spec import Case, Spec

CPU, LOAD = (SCALING_POLICY, "api-blue-cpu"), (SCALING_POLICY, "api-blue-load")
TARGET = "targetTrackingConfiguration.targetValue"
METRIC = "targetTrackingConfiguration.predefinedMetricSpecification.predefinedMetricType"
CASES = (
    Case(says="a CPU that is never so busy", change={CPU: {TARGET: 100}}),
    Case(says="a CPU that is always so busy", change={CPU: {TARGET: 5}}),
    Case(says="no request", change={LOAD: {TARGET: 0}}),
    Case(says="no target", change={LOAD: {TARGET: REMOVED}}),
)


def tracking(metric: str, target: int) -> dict[str, object]:
    """Target tracking of one of AWS's own metrics."""
    return {"targetTrackingConfiguration": {"predefinedMetricSpecification": {"predefinedMetricType": metric}, "targetValue": target}}


SPEC = Spec(
    compliant=(given(*CPU, tracking("ASGAverageCPUUtilization", 50)), given(*LOAD, tracking("ALBRequestCountPerTarget", 1000))),
    cases=CASES,
    also_compliant={"steps": {LOAD: {"targetTrackingConfiguration": REMOVED, "policyType": "StepScaling"}}},
    undecided=((CPU, TARGET), (CPU, METRIC), (LOAD, TARGET), (CPU, "targetTrackingConfiguration")),
    mutations=CASES,
)
