from tests.policies.given import ELSEWHERE, REMOVED, changed
from tests.policies.spec import Case, Spec
from tests.policies.web_tier import BLUE, GREEN, PREVIEW, TRAFFIC, WEB_TIER

SHARES = "actions[0].forward.targetGroups"
WITH_ORDER = changed(WEB_TIER, {PREVIEW.key: {"priority": 1}, TRAFFIC.key: {"priority": 3}})
CASES = (
    Case(says="nobody's target group", change={PREVIEW.key: {"tags.role": "preview", "sources.actions": ELSEWHERE}}),
    Case(says="a target group that takes nothing", change={PREVIEW.key: {f"{SHARES}[0].weight": 0}}),
    Case(says="an answer of the load balancer's own", change={PREVIEW.key: {"actions": [{"type": "fixed-response"}]}}),
    Case(says="behind the traffic rule", change={PREVIEW.key: {"priority": 300}}),
    Case(says="wherever AWS puts it", change={PREVIEW.key: {"priority": REMOVED}}),
)

SPEC = Spec(
    compliant=WITH_ORDER,
    cases=(
        *CASES,
        Case(says="the other color", change={PREVIEW.key: {"sources.actions": [GREEN.urn]}}),
        Case(says="both colors", change={PREVIEW.key: {"sources.actions": [BLUE.urn, GREEN.urn]}}),
        Case(says="a traffic rule wherever AWS puts it", change={TRAFFIC.key: {"priority": REMOVED}}),
    ),
    undecided=(
        (PREVIEW.key, "actions"),
        (PREVIEW.key, f"{SHARES}[0].weight"),
        (PREVIEW.key, "priority"),
        (PREVIEW.key, "tags.color"),
        (TRAFFIC.key, "priority"),
        (BLUE.key, "tags.color"),
    ),
    mutations=CASES,
)
