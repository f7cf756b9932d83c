from policies.rules.aws_types import LAUNCH_TEMPLATE
from tests.policies.given import given
from tests.policies.spec import Case, Spec

TEMPLATE = (LAUNCH_TEMPLATE, "api-blue-boot")
CASES = (Case(says="a key pair", change={TEMPLATE: {"keyName": "operators"}}),)

SPEC = Spec(compliant=(given(*TEMPLATE, {"imageId": "ami-1"}),), cases=CASES, undecided=(), mutations=CASES)
