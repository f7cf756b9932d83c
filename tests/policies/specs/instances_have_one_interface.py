from policies.rules.aws_types import LAUNCH_TEMPLATE
from tests.policies.given import REMOVED, given
from tests.policies.spec import Case, Spec

TEMPLATE = (LAUNCH_TEMPLATE, "api-blue-boot")
CASES = (Case(says="two", change={TEMPLATE: {"networkInterfaces": [{"deviceIndex": 0}, {"deviceIndex": 1}]}}),)

SPEC = Spec(
    compliant=(given(*TEMPLATE, {"networkInterfaces": [{"deviceIndex": 0}]}),),
    cases=CASES,
    also_compliant={"none listed, which is one": {TEMPLATE: {"networkInterfaces": REMOVED}}},
    undecided=((TEMPLATE, "networkInterfaces"),),
    mutations=CASES,
)
