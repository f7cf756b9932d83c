from tests.policies.given import ELSEWHERE, REMOVED, UNKNOWN
from tests.policies.spec import Case, Spec
from tests.policies.web_tier import BLUE, GREEN, TRAFFIC, WEB_TIER

GROUPS = "actions[0].forward.targetGroups"
RULE = TRAFFIC.key
ONE_SHARE = [{"arn": UNKNOWN, "weight": 100}]

SPEC = Spec(
    compliant=WEB_TIER,
    cases=(
        Case(says="90 percent in all", change={RULE: {f"{GROUPS}[0].weight": 90}}),
        Case(says="none at all, which AWS answers with errors", change={RULE: {f"{GROUPS}[0].weight": 0}}),
        Case(says="a weight below zero", change={RULE: {f"{GROUPS}[0].weight": 150, f"{GROUPS}[1].weight": -50}}),
        Case(says="a weight left to AWS", change={RULE: {f"{GROUPS}[1].weight": REMOVED}}),
        Case(says="one group", change={RULE: {GROUPS: ONE_SHARE}}),
        Case(says="no action", change={RULE: {"actions": []}}),
        Case(says="two actions", change={RULE: {"actions": [{"type": "forward"}, {"type": "fixed-response"}]}}),
        Case(says="an answer of its own", change={RULE: {"actions[0].type": "fixed-response"}}),
        Case(says="the short form beside the long one", change={RULE: {"actions[0].targetGroupArn": UNKNOWN}}),
        Case(says="the same color twice", change={RULE: {"sources.actions": [BLUE.urn]}}),
        Case(says="a group of another service", change={GREEN.key: {"tags.service": "web"}}, fires_on=[RULE]),
        Case(says="two blue groups", change={GREEN.key: {"tags.color": "blue"}}, fires_on=[RULE]),
        Case(says="groups from nowhere", change={RULE: {"sources.actions": ELSEWHERE}}),
        Case(says="no role", change={RULE: {"tags.role": REMOVED}}),
    ),
    also_compliant={"a canary": {RULE: {f"{GROUPS}[0].weight": 90, f"{GROUPS}[1].weight": 10}}},
    undecided=((RULE, "actions"), (RULE, "actions[0].type"), (RULE, GROUPS), (RULE, f"{GROUPS}[1].weight"), (RULE, "tags.role")),
    mutations=(
        Case(says="90 percent in all", change={RULE: {f"{GROUPS}[0].weight": 90}}),
        Case(says="a weight left to AWS", change={RULE: {f"{GROUPS}[1].weight": REMOVED}}),
        Case(says="the short form beside the long one", change={RULE: {"actions[0].targetGroupArn": UNKNOWN}}),
    ),
)
