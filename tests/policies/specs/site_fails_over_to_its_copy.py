from tests.policies.front_door import CDN, COPY, DISTRIBUTION, SITE
from tests.policies.given import REMOVED
from tests.policies.spec import Case, Spec

CODES = "originGroups[0].failoverCriteria.statusCodes"
CASES = (
    Case(says="pages of one bucket", change={CDN: {"defaultCacheBehavior.targetOriginId": "site"}}),
    Case(says="assets of one bucket", change={CDN: {"orderedCacheBehaviors[0].targetOriginId": "site-copy"}}),
    Case(says="a bucket that is overloaded", change={CDN: {CODES: [500, 502, 504]}}),
)

SPEC = Spec(
    compliant=(DISTRIBUTION, SITE, COPY),
    cases=(*CASES, Case(says="one region", change={COPY.key: {"region": REMOVED}}, fires_on=[CDN])),
    undecided=((CDN, "defaultCacheBehavior.targetOriginId"), (CDN, CODES), (COPY.key, "region")),
    mutations=CASES,
)
