from policies.rules.aws_types import HEALTH_CHECK
from tests.policies.front_door import CDN, DISTRIBUTION, HEADERS
from tests.policies.given import REMOVED, given
from tests.policies.spec import Case, Spec

ASKED = (HEALTH_CHECK, "dns-health")
AGE = "securityHeadersConfig.strictTransportSecurity.accessControlMaxAgeSec"
CONTENT = "securityHeadersConfig.contentSecurityPolicy"
REPORTED = {"customHeadersConfig.items[4].header": "Content-Security-Policy-Report-Only"}
CASES = (
    Case(says="a path with AWS's headers", change={CDN: {"orderedCacheBehaviors[1].responseHeadersPolicyId": "67f7725c"}}),
    Case(says="a path without headers", change={CDN: {"defaultCacheBehavior.responseHeadersPolicyId": REMOVED}}),
    *(
        Case(says=f"no {name}", change={HEADERS.key: {f"securityHeadersConfig.{name}": REMOVED}})
        for name in ("contentSecurityPolicy", "contentTypeOptions", "frameOptions", "referrerPolicy")
    ),
    Case(
        says="plain HTTP for other names below",
        change={HEADERS.key: {"securityHeadersConfig.strictTransportSecurity.includeSubdomains": False}},
    ),
    Case(says="cameras for everybody", change={HEADERS.key: {"customHeadersConfig.items[0].header": "Feature-Policy"}}),
    Case(says="no other header", change={HEADERS.key: {"customHeadersConfig": REMOVED}}),
    Case(says="a server that says its name", change={HEADERS.key: {"removeHeadersConfig": REMOVED}}),
    Case(says="a service that may say otherwise", change={HEADERS.key: {"securityHeadersConfig.strictTransportSecurity.override": False}}),
)

SPEC = Spec(
    compliant=(DISTRIBUTION, HEADERS, given(*ASKED, {"disabled": False})),
    cases=(
        *CASES,
        Case(says="a month of TLS", change={HEADERS.key: {AGE: 2_592_000}}),
        Case(says="an empty policy", change={HEADERS.key: {f"{CONTENT}.contentSecurityPolicy": ""}}),
    ),
    also_compliant={
        "a month where the public is kept out": {HEADERS.key: {AGE: 2_592_000}, ASKED: {"disabled": True}},
        "a policy that is tried first": {HEADERS.key: {CONTENT: REMOVED, **REPORTED}},
    },
    undecided=((CDN, "defaultCacheBehavior.responseHeadersPolicyId"), (HEADERS.key, AGE), (ASKED, "disabled")),
    mutations=CASES,
)
