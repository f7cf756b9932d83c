from policies.rules.aws_types import CERTIFICATE, CERTIFICATE_VALIDATION, DISTRIBUTION
from tests.policies.given import ELSEWHERE, REMOVED, UNKNOWN, given
from tests.policies.spec import Case, Spec

CDN, EDGE = (DISTRIBUTION, "cdn"), given(CERTIFICATE, "certificate-edge", {"domainName": "app.example.com", "region": "us-east-1"})
ISSUED = given(CERTIFICATE_VALIDATION, "certificate-edge-issued", {"certificateArn": UNKNOWN}, {"certificateArn": [EDGE]})
CASES = (
    Case(says="a certificate of elsewhere", change={CDN: {"sources.viewerCertificate": ELSEWHERE}}),
    Case(says="one that nobody here renews", change={ISSUED.key: {"sources.certificateArn": ELSEWHERE}}, fires_on=[CDN]),
)

SPEC = Spec(
    compliant=(
        EDGE,
        ISSUED,
        given(
            *CDN,
            {"aliases": ["app.example.com"], "viewerCertificate": {"acmCertificateArn": UNKNOWN}},
            {"viewerCertificate": [ISSUED]},
        ),
    ),
    cases=(
        *CASES,
        Case(says="AWS's own certificate", change={CDN: {"viewerCertificate": {"cloudfrontDefaultCertificate": True}}}),
        Case(says="AWS's own name", change={CDN: {"aliases": REMOVED}}),
        Case(says="a name that it does not cover", change={CDN: {"aliases": ["app.example.com", "www.example.com"]}}),
        Case(says="a wildcard of another level", change={EDGE.key: {"domainName": "*.com"}}, fires_on=[CDN]),
        Case(says="a certificate of the stack's region", change={EDGE.key: {"region": "eu-west-1"}}),
    ),
    also_compliant={
        "another name that it covers": {
            CDN: {"aliases": ["app.example.com", "www.example.com"]},
            EDGE.key: {"subjectAlternativeNames": ["www.example.com"]},
        },
        "a wildcard, which is another rule's": {EDGE.key: {"domainName": "*.example.com"}},
    },
    undecided=((CDN, "aliases"), (EDGE.key, "domainName"), (EDGE.key, "region")),
    mutations=CASES,
)
