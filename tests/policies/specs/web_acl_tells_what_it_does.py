from policies.rules.aws_types import WEB_ACL, WEB_ACL_RULE
from tests.policies.given import REMOVED, given
from tests.policies.spec import Case, Spec

ACL, RULE = (WEB_ACL, "waf-acl"), (WEB_ACL_RULE, "waf-common")
SEEN = {"visibilityConfig": {"cloudwatchMetricsEnabled": True, "sampledRequestsEnabled": True, "metricName": "waf"}}
CASES = (
    Case(says="an ACL without figures", change={ACL: {"visibilityConfig.cloudwatchMetricsEnabled": False}}),
    Case(says="a rule without figures", change={RULE: {"visibilityConfig.cloudwatchMetricsEnabled": False}}),
    Case(says="a rule without samples", change={RULE: {"visibilityConfig.sampledRequestsEnabled": False}}),
    Case(says="a rule that says nothing of it", change={RULE: {"visibilityConfig": REMOVED}}),
)

SPEC = Spec(
    compliant=(given(*ACL, SEEN), given(*RULE, SEEN)),
    cases=CASES,
    undecided=tuple((each, f"visibilityConfig.{flag}") for each in (ACL, RULE) for flag in list(SEEN["visibilityConfig"])[:2]),
    mutations=CASES,
)
