from policies.rules.aws_types import IP_SET, WEB_ACL, WEB_ACL_RULE
from tests.policies.given import ELSEWHERE, REMOVED, UNKNOWN, given
from tests.policies.spec import Case, Spec

ACL = given(WEB_ACL, "waf-acl", {})
FOUR, SIX = given(IP_SET, "waf-ipv4", {"ipAddressVersion": "IPV4"}), given(IP_SET, "waf-ipv6", {"ipAddressVersion": "IPV6"})
LOCK, OTHER = (WEB_ACL_RULE, "waf-lockdown"), (WEB_ACL_RULE, "waf-requests")
MEMBERS = [{"ipSetReferenceStatement": {"arn": UNKNOWN}}, {"ipSetReferenceStatement": {"arn": UNKNOWN}}]
OUTSIDE = {"notStatement": {"statement": {"orStatement": {"statements": MEMBERS}}}}
CASES = (
    Case(says="a rule that lets in", change={LOCK: {"action": {"allow": {}}}}),
    Case(says="a rule that is asked late", change={LOCK: {"priority": 20_000}}),
    Case(says="networks of somewhere else", change={LOCK: {"sources.statement": ELSEWHERE}}),
    Case(says="the rule of another ACL", change={LOCK: {"sources.webAclArn": ELSEWHERE}}, fires_on=[ACL.key]),
)

SPEC = Spec(
    compliant=(
        ACL,
        FOUR,
        SIX,
        given(*LOCK, {"statement": OUTSIDE, "priority": 0, "action": {"count": {}}}, {"webAclArn": [ACL], "statement": [FOUR, SIX]}),
        given(*OTHER, {"statement": {"rateBasedStatement": {}}, "priority": 100}, {"webAclArn": [ACL]}),
    ),
    cases=(
        *CASES,
        Case(says="no rule", drop=[LOCK], fires_on=[ACL.key]),
        Case(says="one kind of networks", change={LOCK: {"sources.statement": [FOUR.urn]}}),
        Case(says="no action", change={LOCK: {"action": REMOVED}}),
    ),
    also_compliant={"locked down": {LOCK: {"action": {"block": {}}}}},
    undecided=((LOCK, "action"), (LOCK, "priority"), (OTHER, "priority"), (FOUR.key, "ipAddressVersion")),
    mutations=CASES[1:],  # a closed stack that lets everybody in is health_check_asks_as_users_do's too
)
