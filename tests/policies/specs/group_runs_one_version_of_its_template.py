from policies.rules.aws_types import AUTO_SCALING_GROUP
from tests.policies.given import REMOVED, UNKNOWN, given
from tests.policies.spec import Case, Spec

GROUP = (AUTO_SCALING_GROUP, "api-blue-group")
SPECIFICATION = "mixedInstancesPolicy.launchTemplate.launchTemplateSpecification"
POLICY = {"launchTemplate": {"launchTemplateSpecification": {"launchTemplateId": UNKNOWN, "version": "7"}}}
CASES = (
    Case(says="the newest", change={GROUP: {f"{SPECIFICATION}.version": "$Latest"}}),
    Case(says="the default", change={GROUP: {f"{SPECIFICATION}.version": "$Default"}}),
    Case(says="none", change={GROUP: {f"{SPECIFICATION}.version": REMOVED}}),
    Case(says="no template", change={GROUP: {"mixedInstancesPolicy": REMOVED}}),
    Case(says="a launch configuration", change={GROUP: {"launchConfiguration": "old"}}),
    Case(says="a second template", change={GROUP: {"launchTemplate": {"version": "1"}}}),
)

SPEC = Spec(
    compliant=(given(*GROUP, {"mixedInstancesPolicy": POLICY}),),
    cases=CASES,
    undecided=((GROUP, "mixedInstancesPolicy"), (GROUP, f"{SPECIFICATION}.version")),
    mutations=CASES[:3] + CASES[4:],
)
