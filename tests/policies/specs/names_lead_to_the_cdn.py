from policies.rules.aws_types import DISTRIBUTION, RECORD
from tests.policies.given import ELSEWHERE, REMOVED, UNKNOWN, given
from tests.policies.spec import Case, Spec

CDN = given(DISTRIBUTION, "cdn", {"aliases": ["app.example.com"], "enabled": True})
FOUR, SIX = (RECORD, "dns-ipv4"), (RECORD, "dns-ipv6")
ALIAS = [{"name": UNKNOWN, "zoneId": UNKNOWN}]
CASES = (
    Case(says="IPv4 alone", change={SIX: {"type": "A"}}, fires_on=[CDN.key]),
    Case(says="another name", change={FOUR: {"name": "other.example.com"}}, fires_on=[CDN.key]),
    Case(says="a way to elsewhere", change={FOUR: {"sources.aliases": ELSEWHERE}}, fires_on=[CDN.key]),
    Case(says="a CDN that is off", change={CDN.key: {"enabled": False}}),
    Case(says="no way", change={SIX: {"aliases": REMOVED}}, fires_on=[CDN.key]),
)

SPEC = Spec(
    compliant=(
        CDN,
        given(*FOUR, {"name": "app.example.com", "type": "A", "aliases": ALIAS}, {"aliases": [CDN]}),
        given(*SIX, {"name": "app.example.com", "type": "AAAA", "aliases": ALIAS}, {"aliases": [CDN]}),
    ),
    cases=(*CASES, Case(says="none", drop=[FOUR, SIX], fires_on=[CDN.key])),
    undecided=((FOUR, "name"), (SIX, "type"), (CDN.key, "aliases"), (CDN.key, "enabled")),
    mutations=CASES,
)
