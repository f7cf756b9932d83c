from policies.rules.aws_types import DISTRIBUTION, WEB_ACL, WEB_ACL_RULE
from tests.policies.given import ELSEWHERE, REMOVED, UNKNOWN, given
from tests.policies.spec import Case, Spec

CDN = (DISTRIBUTION, "cdn")
ACL, LAST = given(WEB_ACL, "waf-acl", {}), given(WEB_ACL_RULE, "waf-bots", {})
CASES = (
    Case(says="none", change={CDN: {"webAclId": REMOVED}}),
    Case(says="one of elsewhere", change={CDN: {"sources.webAclId": ELSEWHERE}}),
)

SPEC = Spec(
    compliant=(ACL, LAST, given(*CDN, {"webAclId": UNKNOWN}, {"webAclId": [LAST]})),
    cases=CASES,
    also_compliant={"the ACL itself": {CDN: {"sources.webAclId": [ACL.urn]}}},
    undecided=(),
    mutations=CASES,
)
