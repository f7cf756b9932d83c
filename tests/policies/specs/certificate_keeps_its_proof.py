from policies.rules.aws_types import CERTIFICATE, RECORD
from tests.policies.given import ELSEWHERE, UNKNOWN, given
from tests.policies.spec import Case, Spec

ISSUED, PROOF = given(CERTIFICATE, "certificate", {"validationMethod": "DNS"}), (RECORD, "certificate-proof")
CASES = (
    Case(says="another name", change={PROOF: {"sources.name": ELSEWHERE}}, fires_on=[ISSUED.key]),
    Case(says="another content", change={PROOF: {"sources.records": ELSEWHERE}}, fires_on=[ISSUED.key]),
)

SPEC = Spec(
    compliant=(ISSUED, given(*PROOF, {"name": UNKNOWN, "records": [UNKNOWN]}, {"name": [ISSUED], "records": [ISSUED]})),
    cases=(*CASES, Case(says="none", drop=[PROOF], fires_on=[ISSUED.key])),
    undecided=(),
    mutations=CASES,
)
