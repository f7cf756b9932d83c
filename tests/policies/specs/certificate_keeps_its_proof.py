from policies.rules.aws_types import CERTIFICATE, RECORD
from tests.policies.given import ELSEWHERE, UNKNOWN, given
from tests.policies.spec import Case, Spec

ISSUED, PROOF = given(CERTIFICATE, "certificate", {"domainName": "app.example.com"}), (RECORD, "certificate-proof")
EDGE = given(CERTIFICATE, "certificate-edge", {"domainName": "app.example.com", "region": "us-east-1"})
BOTH = [ISSUED.key, EDGE.key]
CASES = (
    Case(says="another name", change={PROOF: {"sources.name": ELSEWHERE}}, fires_on=BOTH),
    Case(says="another content", change={PROOF: {"sources.records": ELSEWHERE}}, fires_on=BOTH),
    Case(says="one of another name", change={ISSUED.key: {"domainName": "other.example.com"}}, fires_on=[EDGE.key]),
)

SPEC = Spec(
    compliant=(ISSUED, EDGE, given(*PROOF, {"name": UNKNOWN, "records": [UNKNOWN]}, {"name": [ISSUED], "records": [ISSUED]})),
    cases=(*CASES, Case(says="none", drop=[PROOF], fires_on=BOTH)),
    undecided=((ISSUED.key, "domainName"), (EDGE.key, "domainName")),
    mutations=CASES,
)
