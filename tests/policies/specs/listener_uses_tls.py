from policies.rules.aws_types import LISTENER
from tests.policies.given import REMOVED, UNKNOWN, given
from tests.policies.spec import Case, Spec

HTTPS = (LISTENER, "lb-https")
REDIRECT = {"type": "redirect", "redirect": {"protocol": "HTTPS", "port": "443", "statusCode": "HTTP_301"}}
PLAIN = {"protocol": "HTTP", "port": 80, "defaultActions": [REDIRECT]}

SPEC = Spec(
    compliant=(
        given(
            *HTTPS,
            {"protocol": "HTTPS", "port": 443, "sslPolicy": "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09", "certificateArn": UNKNOWN},
        ),
    ),
    cases=(
        Case(says="the policy of 2016", change={HTTPS: {"sslPolicy": "ELBSecurityPolicy-2016-08"}}),
        Case(says="a policy with TLS 1.0", change={HTTPS: {"sslPolicy": "ELBSecurityPolicy-TLS13-1-0-2021-06"}}),
        Case(says="no policy, so AWS's old default", change={HTTPS: {"sslPolicy": REMOVED}}),
        Case(says="no certificate", change={HTTPS: {"certificateArn": REMOVED}}),
        Case(says="no protocol", change={HTTPS: {"protocol": REMOVED}}),
        Case(says="another protocol", change={HTTPS: {"protocol": "TCP"}}),
        Case(says="plain HTTP", change={HTTPS: {"protocol": "HTTP"}}),
        Case(says="plain HTTP that redirects", add=[given(LISTENER, "lb-http", PLAIN)]),
        Case(says="a port that nobody reaches", change={HTTPS: {"port": 8443}}),
        Case(says="no port", change={HTTPS: {"port": REMOVED}}),
    ),
    also_compliant={"TLS 1.3 only": {HTTPS: {"sslPolicy": "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09"}}},
    undecided=((HTTPS, "protocol"), (HTTPS, "sslPolicy"), (HTTPS, "port")),
    mutations=(
        Case(says="the policy of 2016", change={HTTPS: {"sslPolicy": "ELBSecurityPolicy-2016-08"}}),
        Case(says="plain HTTP", change={HTTPS: {"protocol": "HTTP"}}),
        Case(says="a port that nobody reaches", change={HTTPS: {"port": 8443}}),
    ),
)
