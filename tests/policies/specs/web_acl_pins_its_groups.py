from policies.rules.aws_types import WEB_ACL_RULE
from tests.policies.given import REMOVED, given
from tests.policies.spec import Case, Spec

COMMON, REPUTATION = (WEB_ACL_RULE, "waf-common"), (WEB_ACL_RULE, "waf-ip-reputation")
GROUP = "statement.managedRuleGroupStatement"
PINNED = {"vendorName": "AWS", "name": "AWSManagedRulesCommonRuleSet", "version": "Version_1.23"}
CASES = (Case(says="whatever AWS has today", change={COMMON: {f"{GROUP}.version": REMOVED}}),)

SPEC = Spec(
    compliant=(
        given(*COMMON, {"statement": {"managedRuleGroupStatement": PINNED}}),
        given(
            *REPUTATION,
            {"statement": {"managedRuleGroupStatement": {"vendorName": "AWS", "name": "AWSManagedRulesAmazonIpReputationList"}}},
        ),
        given(WEB_ACL_RULE, "waf-requests", {"statement": {"rateBasedStatement": {}}}),
    ),
    cases=(
        *CASES,
        Case(says="a group that nobody knows", change={COMMON: {f"{GROUP}.name": "AWSManagedRulesFutureRuleSet"}}),
        Case(says="somebody else's group of a name of AWS's", change={COMMON: {f"{GROUP}.vendorName": "Fortinet"}}),
    ),
    undecided=((COMMON, f"{GROUP}.name"), (COMMON, f"{GROUP}.vendorName")),
    mutations=CASES,
)
