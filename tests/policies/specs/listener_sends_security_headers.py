from policies.rules.aws_types import LISTENER
from tests.policies.given import REMOVED, given
from tests.policies.spec import Case, Spec

HTTPS, HTTP = (LISTENER, "lb-https"), (LISTENER, "lb-http")
HSTS = "routingHttpResponseStrictTransportSecurityHeaderValue"
NO_SNIFFING = "routingHttpResponseXContentTypeOptionsHeaderValue"
SERVER = "routingHttpResponseServerEnabled"
CASES = (
    Case(says="browsers may come back without TLS", change={HTTPS: {HSTS: REMOVED}}),
    Case(says="browsers may come back without TLS tomorrow", change={HTTPS: {HSTS: "max-age=86400"}}),
    Case(says="browsers guess what they got", change={HTTPS: {NO_SNIFFING: REMOVED}}),
    Case(says="it says what it runs on", change={HTTPS: {SERVER: True}}),
    Case(says="nobody turned that off", change={HTTPS: {SERVER: REMOVED}}),
)

SPEC = Spec(
    compliant=(
        given(*HTTPS, {"protocol": "HTTPS", HSTS: "max-age=31536000; includeSubDomains", NO_SNIFFING: "nosniff", SERVER: False}),
        given(*HTTP, {"protocol": "HTTP"}),
    ),
    cases=CASES,
    undecided=((HTTPS, "protocol"), (HTTPS, HSTS), (HTTPS, NO_SNIFFING), (HTTPS, SERVER)),
    mutations=CASES,
)
