from components.managed_rules import BASELINE
from policies.rules.aws_types import WEB_ACL, WEB_ACL_RULE
from tests.policies.given import ELSEWHERE, Given, given
from tests.policies.spec import Case, Spec

ACL = given(WEB_ACL, "waf-acl", {})
ROLES = ("common", "bad-inputs", "sqli", "ip-reputation")
REQUESTS = (WEB_ACL_RULE, "waf-requests")
COMMON = (WEB_ACL_RULE, "waf-common")
RATE = {"rateBasedStatement": {"aggregateKeyType": "IP", "limit": 2000}}


def _managed(role: str, group: str) -> Given:
    statement = {"managedRuleGroupStatement": {"vendorName": "AWS", "name": group}}
    return given(WEB_ACL_RULE, f"waf-{role}", {"statement": statement, "overrideAction": {"none": {}}}, {"webAclArn": [ACL]})


CASES = (
    Case(says="a group that only counts", change={COMMON: {"overrideAction": {"count": {}}}}, fires_on=[ACL.key]),
    Case(
        says="another group",
        change={COMMON: {"statement.managedRuleGroupStatement.name": "AWSManagedRulesPHPRuleSet"}},
        fires_on=[ACL.key],
    ),
    Case(says="somebody else's group", change={COMMON: {"statement.managedRuleGroupStatement.vendorName": "Fortinet"}}, fires_on=[ACL.key]),
    Case(says="a group of another ACL", change={COMMON: {"sources.webAclArn": ELSEWHERE}}, fires_on=[ACL.key]),
    Case(says="too much is counted", change={REQUESTS: {"action": {"count": {}}}}, fires_on=[ACL.key]),
    Case(
        says="a limit for some requests",
        change={REQUESTS: {"statement.rateBasedStatement.scopeDownStatement": {"labelMatchStatement": {"key": "k", "scope": "LABEL"}}}},
        fires_on=[ACL.key],
    ),
    Case(
        says="a limit for all together",
        change={REQUESTS: {"statement.rateBasedStatement.aggregateKeyType": "CONSTANT"}},
        fires_on=[ACL.key],
    ),
)

SPEC = Spec(
    compliant=(
        ACL,
        *map(_managed, ROLES, BASELINE),
        given(*REQUESTS, {"statement": RATE, "action": {"block": {}}}, {"webAclArn": [ACL]}),
    ),
    cases=(*CASES, Case(says="no limit", drop=[REQUESTS], fires_on=[ACL.key]), Case(says="no group", drop=[COMMON], fires_on=[ACL.key])),
    undecided=((COMMON, "overrideAction"), (COMMON, "statement.managedRuleGroupStatement.name")),
    mutations=[case for case in CASES if case.says not in {"another group", "somebody else's group"}],
)
