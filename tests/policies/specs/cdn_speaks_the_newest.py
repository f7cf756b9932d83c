from tests.policies.front_door import CDN, DISTRIBUTION, SERVICES
from tests.policies.given import REMOVED
from tests.policies.spec import Case, Spec

KEY = "parametersInCacheKeyAndForwardedToOrigin"
BROTLI, GZIP = f"{KEY}.enableAcceptEncodingBrotli", f"{KEY}.enableAcceptEncodingGzip"
CASES = (
    Case(says="no HTTP/3", change={CDN: {"httpVersion": "http2"}}),
    Case(says="AWS's default version", change={CDN: {"httpVersion": REMOVED}}),
    Case(says="no IPv6", change={CDN: {"isIpv6Enabled": False}}),
    Case(says="pages as they are", change={CDN: {"defaultCacheBehavior.compress": False}}),
    Case(says="answers as they are", change={CDN: {"orderedCacheBehaviors[1].compress": REMOVED}}),
    Case(says="no Brotli", change={SERVICES.key: {BROTLI: False}}),
    Case(says="no gzip", change={SERVICES.key: {GZIP: REMOVED}}),
)

SPEC = Spec(
    compliant=(DISTRIBUTION, SERVICES),
    cases=CASES,
    also_compliant={"nothing kept": {SERVICES.key: {"maxTtl": 0, BROTLI: False, GZIP: False}}},
    undecided=((CDN, "httpVersion"), (CDN, "isIpv6Enabled"), (SERVICES.key, BROTLI), (SERVICES.key, "maxTtl")),
    mutations=CASES,
)
