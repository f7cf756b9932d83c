from tests.policies.database import PARAMETERS, PRIMARY, PROXY, REPLICA, telling, told
from tests.policies.given import ELSEWHERE, REMOVED, UNKNOWN, given
from tests.policies.spec import Case, Spec

GROUP = given(*PARAMETERS, {"family": "postgres17", "parameters": told({"log_connections": "1", "rds.force_ssl": "1"})})
CASES = (
    Case(says="a choice", change={PARAMETERS: {"parameters": telling("rds.force_ssl", "0")}}),
    Case(says="AWS's default", change={PARAMETERS: {"parameters": telling("rds.force_ssl", None)}}),
    Case(says="another group", change={PRIMARY: {"sources.parameterGroupName": ELSEWHERE}}),
    Case(says="AWS's group", change={REPLICA: {"parameterGroupName": REMOVED, "sources.parameterGroupName": []}}),
    Case(says="a proxy's choice", change={PROXY: {"requireTls": False}}),
)

SPEC = Spec(
    compliant=(
        GROUP,
        *(given(*key, {"parameterGroupName": UNKNOWN}, {"parameterGroupName": [GROUP]}) for key in (PRIMARY, REPLICA)),
        given(*PROXY, {"requireTls": True}),
    ),
    cases=(*CASES, Case(says="a proxy that says nothing", change={PROXY: {"requireTls": REMOVED}})),
    undecided=((PARAMETERS, "parameters"), (PARAMETERS, "parameters[0].value"), (PROXY, "requireTls")),
    mutations=CASES,
)
