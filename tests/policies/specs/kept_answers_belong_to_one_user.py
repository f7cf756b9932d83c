from components.edge import caching_value
from tests.policies.front_door import CACHING, CDN, DISTRIBUTION, FILES, SERVICES
from tests.policies.given import REMOVED
from tests.policies.spec import Case, Spec

KEY = "parametersInCacheKeyAndForwardedToOrigin"
NAMES, COOKIES, QUERIES = f"{KEY}.headersConfig.headers.items", f"{KEY}.cookiesConfig", f"{KEY}.queryStringsConfig.queryStringBehavior"
NO_STORE = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
FORCED = {"minTtl": 60, "defaultTtl": 60, "maxTtl": 86_400}
CASES = (
    Case(says="a token that is left out", change={SERVICES.key: {NAMES: ["Origin", "x-switchyard-preview"]}}),
    Case(says="a preview that is left out", change={SERVICES.key: {NAMES: ["Authorization", "Origin"]}}),
    Case(says="no header", change={SERVICES.key: {f"{KEY}.headersConfig": {"headerBehavior": "none"}}}),
    Case(says="no session", change={SERVICES.key: {COOKIES: {"cookieBehavior": "none"}}}),
    Case(says="cookies without a name", change={SERVICES.key: {COOKIES: {"cookieBehavior": "whitelist"}}}),
    Case(says="no queries", change={SERVICES.key: {QUERIES: "none"}}),
    Case(says="answers that do not say so", change={SERVICES.key: {"defaultTtl": 60}}),
    Case(says="AWS's default time", change={SERVICES.key: {"defaultTtl": REMOVED}}),
    Case(says="a policy of AWS's", change={CDN: {"orderedCacheBehaviors[1].cachePolicyId": NO_STORE}}),
    Case(says="files by no policy", change={CDN: {"defaultCacheBehavior.cachePolicyId": REMOVED}}),
    Case(
        says="the policy of files",
        change={CDN: {"orderedCacheBehaviors[1].cachePolicyId": f"{FILES.name}-id"}},
        fires_on=[FILES.key],
    ),
    Case(says="cookies in what is kept by force", change={SERVICES.key: FORCED}, fires_on=[CACHING.key]),
    Case(says="no cookies at all", change={CACHING.key: {"value": caching_value(on=True)}}),
)

SPEC = Spec(
    compliant=(DISTRIBUTION, FILES, SERVICES, CACHING),
    cases=CASES,
    also_compliant={
        "every cookie": {SERVICES.key: {COOKIES: {"cookieBehavior": "all"}}},
        "nothing kept": {SERVICES.key: {"maxTtl": 0, COOKIES: {"cookieBehavior": "none"}, QUERIES: "none"}},
        "kept by force, without cookies": {SERVICES.key: FORCED, CACHING.key: {"value": caching_value(on=True)}},
    },
    undecided=(
        (CDN, "orderedCacheBehaviors[1].cachePolicyId"),
        (SERVICES.key, "maxTtl"),
        (SERVICES.key, "minTtl"),
        (SERVICES.key, NAMES),
        (CACHING.key, "value"),
    ),
    mutations=CASES,
)
