from policies.rules.aws_types import CERTIFICATE
from tests.policies.given import REMOVED, given
from tests.policies.spec import Case, Spec

ISSUED, EDGE = (CERTIFICATE, "certificate"), (CERTIFICATE, "certificate-edge")
SOUND = {"domainName": "www.example.com", "keyAlgorithm": "EC_prime256v1", "validationMethod": "DNS"}
CASES = (
    Case(says="a weak key", change={ISSUED: {"keyAlgorithm": "RSA_1024"}}),
    Case(says="a wildcard", change={key: {"domainName": "*.example.com"} for key in (ISSUED, EDGE)}),
    Case(says="a wildcard beside the name", change={ISSUED: {"subjectAlternativeNames": ["*.example.com"]}}),
    Case(says="renewed by mail", change={ISSUED: {"validationMethod": "EMAIL"}}),
    Case(says="not renewed", change={ISSUED: {"validationMethod": REMOVED}}),
)

SPEC = Spec(
    compliant=(given(*ISSUED, SOUND), given(*EDGE, SOUND)),
    cases=CASES,
    also_compliant={"AWS's default key": {ISSUED: {"keyAlgorithm": REMOVED}}},
    undecided=tuple((each, name) for each in (ISSUED, EDGE) for name in SOUND),
    mutations=CASES,
)
