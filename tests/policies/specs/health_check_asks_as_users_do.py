from typing import Any

from policies.rules.aws_types import DISTRIBUTION, HEALTH_CHECK, WEB_ACL_RULE
from tests.policies.given import REMOVED, given
from tests.policies.spec import Case, Spec

CDN, ASKED, LOCK = (DISTRIBUTION, "cdn"), (HEALTH_CHECK, "dns-health"), (WEB_ACL_RULE, "waf-lockdown")
OUTSIDE: dict[str, Any] = {"notStatement": {"statement": {"orStatement": {"statements": []}}}}
CASES = (
    Case(says="plain HTTP", change={ASKED: {"type": "HTTP"}}),
    Case(says="another port", change={ASKED: {"port": 8443}}),
    Case(says="no name in the handshake", change={ASKED: {"enableSni": False}}),
    Case(says="another name", change={ASKED: {"fqdn": "other.example.com"}}, fires_on=[CDN]),
    Case(says="an address", change={ASKED: {"fqdn": REMOVED}}, fires_on=[CDN]),
)

SPEC = Spec(
    compliant=(
        given(*CDN, {"aliases": ["app.example.com"]}),
        given(*ASKED, {"fqdn": "app.example.com", "type": "HTTPS", "port": 443, "enableSni": True, "disabled": False}),
        given(*LOCK, {"statement": OUTSIDE, "action": {"count": {}}}),
    ),
    cases=(
        *CASES,
        Case(says="none", drop=[ASKED], fires_on=[CDN]),
        Case(says="rest while everybody may come", change={ASKED: {"disabled": True}}),
    ),
    also_compliant={"rest while the public is kept out": {ASKED: {"disabled": True}, LOCK: {"action": {"block": {}}}}},
    undecided=((CDN, "aliases"), (ASKED, "fqdn"), (ASKED, "disabled"), (ASKED, "type")),
    mutations=CASES,
)
