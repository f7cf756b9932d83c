from policies.rules.aws_types import CERTIFICATE, CERTIFICATE_VALIDATION, LISTENER
from tests.policies.given import ELSEWHERE, REMOVED, UNKNOWN, given
from tests.policies.spec import Case, Spec

HTTPS = (LISTENER, "lb-https")
ISSUED, CERTIFICATE_GIVEN = given(CERTIFICATE_VALIDATION, "certificate-issued", {}), given(CERTIFICATE, "certificate", {})
CASES = (
    Case(says="one of elsewhere", change={HTTPS: {"sources.certificateArn": ELSEWHERE}}),
    Case(says="one by its ARN", change={HTTPS: {"certificateArn": "arn:aws:acm:eu-west-1:123456789012:a", "sources.certificateArn": []}}),
)

SPEC = Spec(
    compliant=(ISSUED, CERTIFICATE_GIVEN, given(*HTTPS, {"certificateArn": UNKNOWN}, {"certificateArn": [ISSUED]})),
    cases=CASES,
    also_compliant={
        "one that is not waited for": {HTTPS: {"sources.certificateArn": [CERTIFICATE_GIVEN.urn]}},
        "none, which another rule minds": {HTTPS: {"certificateArn": REMOVED, "sources.certificateArn": []}},
    },
    undecided=(),
    mutations=CASES,
)
