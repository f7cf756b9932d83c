from tests.policies.front_door import CDN, DISTRIBUTION, WAY_IN
from tests.policies.given import REMOVED
from tests.policies.spec import Case, Spec

FLOOR, METHOD = "viewerCertificate.minimumProtocolVersion", "viewerCertificate.sslSupportMethod"
PROTOCOL, VERSIONS = "vpcOriginEndpointConfig.originProtocolPolicy", "vpcOriginEndpointConfig.originSslProtocols.items"
CASES = (
    Case(says="plain HTTP for pages", change={CDN: {"defaultCacheBehavior.viewerProtocolPolicy": "allow-all"}}),
    Case(says="plain HTTP for a service", change={CDN: {"orderedCacheBehaviors[1].viewerProtocolPolicy": "allow-all"}}),
    Case(says="an old floor", change={CDN: {FLOOR: "TLSv1.2_2019"}}),
    Case(says="AWS's default floor", change={CDN: {FLOOR: REMOVED}}),
    Case(says="addresses of its own", change={CDN: {METHOD: "vip"}}),
    Case(says="plain HTTP inside", change={WAY_IN.key: {PROTOCOL: "match-viewer"}}),
    Case(says="an old version inside", change={WAY_IN.key: {VERSIONS: ["TLSv1.1", "TLSv1.2"]}}),
)

SPEC = Spec(
    compliant=(DISTRIBUTION, WAY_IN),
    cases=CASES,
    also_compliant={"TLS 1.3 alone": {CDN: {FLOOR: "TLSv1.3_2025"}}},
    undecided=((CDN, FLOOR), (CDN, METHOD), (WAY_IN.key, PROTOCOL), (WAY_IN.key, VERSIONS)),
    mutations=CASES,
)
