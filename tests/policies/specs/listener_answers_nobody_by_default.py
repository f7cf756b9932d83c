from policies.rules.aws_types import LISTENER
from tests.policies.given import given
from tests.policies.spec import Case, Spec

HTTPS = (LISTENER, "lb-https")
CASES = (
    Case(says="a service", change={HTTPS: {"defaultActions[0].type": "forward"}}),
    Case(says="nothing at all", change={HTTPS: {"defaultActions": []}}),
)

SPEC = Spec(
    compliant=(given(*HTTPS, {"defaultActions": [{"type": "fixed-response", "fixedResponse": {"statusCode": "404"}}]}),),
    cases=CASES,
    also_compliant={"a redirect": {HTTPS: {"defaultActions[0]": {"type": "redirect"}}}},
    undecided=((HTTPS, "defaultActions"), (HTTPS, "defaultActions[0].type")),
    mutations=CASES,
)
