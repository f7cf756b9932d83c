from policies.rules.aws_types import WEB_ACL, WEB_ACL_LOGGING
from tests.policies.given import ELSEWHERE, REMOVED, given
from tests.policies.spec import Case, Spec

ACL = given(WEB_ACL, "waf-acl", {})
LOG = (WEB_ACL_LOGGING, "waf-logging")
REDACTED = [{"singleHeader": {"name": name}} for name in ("authorization", "cookie", "x-switchyard-preview")]
CASES = (
    Case(says="the log of another one", change={LOG: {"sources.resourceArn": ELSEWHERE}}, fires_on=[ACL.key]),
    Case(says="sessions in the log", change={LOG: {"redactedFields": [REDACTED[0], REDACTED[2]]}}),
    Case(says="everything in the log", change={LOG: {"redactedFields": REMOVED}}),
    Case(
        says="some requests left out",
        change={LOG: {"loggingFilter": {"defaultBehavior": "DROP", "filters": []}}},
    ),
)

SPEC = Spec(
    compliant=(ACL, given(*LOG, {"redactedFields": REDACTED}, {"resourceArn": [ACL]})),
    cases=(*CASES, Case(says="no log", drop=[LOG], fires_on=[ACL.key])),
    undecided=((LOG, "redactedFields"),),
    mutations=CASES,
)
