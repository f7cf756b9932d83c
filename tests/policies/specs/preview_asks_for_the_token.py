from policies.rules.aws_types import LISTENER_RULE, RANDOM_PASSWORD
from tests.policies.given import ELSEWHERE, REMOVED, UNKNOWN, given
from tests.policies.spec import Case, Spec

TOKEN = given(RANDOM_PASSWORD, "api-blue-token", {})
PREVIEW, TRAFFIC = (LISTENER_RULE, "api-blue-preview"), (LISTENER_RULE, "api-traffic")
HEADER = {"httpHeader": {"httpHeaderName": "x-switchyard-preview", "values": [UNKNOWN]}}
PATHS = {"pathPattern": {"values": ["/api/*"]}}
CASES = (
    Case(says="nothing but a path", change={PREVIEW: {"conditions": [PATHS]}}),
    Case(says="any other header", change={PREVIEW: {"conditions[1].httpHeader.httpHeaderName": "user-agent"}}),
    Case(says="a header of any value", change={PREVIEW: {"conditions[1].httpHeader.values": []}}),
    Case(says="a token that is known", change={PREVIEW: {"sources.conditions": ELSEWHERE}}),
    Case(says="no conditions", change={PREVIEW: {"conditions": REMOVED, "tags.role": "preview"}}),
)

SPEC = Spec(
    compliant=(
        TOKEN,
        given(*PREVIEW, {"conditions": [PATHS, HEADER], "tags": {"role": "preview"}}, {"conditions": [TOKEN]}),
        given(*TRAFFIC, {"conditions": [PATHS], "tags": {"role": "traffic"}}),
    ),
    cases=CASES,
    undecided=((PREVIEW, "conditions"), (PREVIEW, "conditions[1].httpHeader.httpHeaderName"), (PREVIEW, "tags")),
    mutations=CASES,
)
