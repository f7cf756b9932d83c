from policies.rules.aws_types import DISTRIBUTION, LISTENER_RULE
from policies.rules.delivery.paths_lead_to_their_services import ALL_VIEWER, METHODS
from tests.policies.given import REMOVED, UNKNOWN, given
from tests.policies.spec import Case, Spec

CDN, TRAFFIC = (DISTRIBUTION, "cdn"), (LISTENER_RULE, "api-traffic")
FILES, API = "orderedCacheBehaviors[0]", "orderedCacheBehaviors[1]"

CASES = (
    Case(says="a path of the site's", change={CDN: {f"{API}.pathPattern": "/other/*"}}),
    Case(
        says="a path that only the load balancer knows", change={TRAFFIC: {"conditions[0].pathPattern.values": ["/new/*"]}}, fires_on=[CDN]
    ),
    Case(says="reading alone", change={CDN: {f"{API}.allowedMethods": ["GET", "HEAD"]}}),
    Case(says="requests without cookies", change={CDN: {f"{API}.originRequestPolicyId": REMOVED}}),
    Case(says="requests without their name", change={CDN: {f"{API}.originRequestPolicyId": "b689b0a8-53d0-40ab-baf2-68738e2966ac"}}),
)

SPEC = Spec(
    compliant=(
        given(
            *CDN,
            {
                "origins": [{"originId": "site"}, {"originId": "services", "vpcOriginConfig": {"vpcOriginId": UNKNOWN}}],
                "orderedCacheBehaviors": [
                    {"pathPattern": "/assets/*", "targetOriginId": "site", "allowedMethods": ["GET", "HEAD"]},
                    {
                        "pathPattern": "/api/*",
                        "targetOriginId": "services",
                        "allowedMethods": sorted(METHODS),
                        "originRequestPolicyId": ALL_VIEWER,
                    },
                ],
            },
        ),
        given(*TRAFFIC, {"conditions": [{"pathPattern": {"values": ["/api/*"]}}], "tags": {"role": "traffic"}}),
    ),
    cases=(*CASES, Case(says="the service as files", change={CDN: {f"{API}.targetOriginId": "site"}})),
    undecided=((CDN, f"{API}.pathPattern"), (CDN, f"{FILES}.targetOriginId"), (TRAFFIC, "conditions"), (TRAFFIC, "tags.role")),
    mutations=CASES,
)
