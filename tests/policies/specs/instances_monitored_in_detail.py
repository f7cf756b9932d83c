from policies.rules.aws_types import LAUNCH_TEMPLATE
from tests.policies.given import REMOVED, given
from tests.policies.spec import Case, Spec

TEMPLATE = (LAUNCH_TEMPLATE, "api-blue-boot")
CASES = (
    Case(says="every five minutes", change={TEMPLATE: {"monitoring.enabled": False}}),
    Case(says="AWS's default", change={TEMPLATE: {"monitoring": REMOVED}}),
)

SPEC = Spec(
    compliant=(given(*TEMPLATE, {"monitoring": {"enabled": True}}),),
    cases=CASES,
    undecided=((TEMPLATE, "monitoring"), (TEMPLATE, "monitoring.enabled")),
    mutations=CASES,
)
