from tests.policies.database import PARAMETERS, PROXY, telling, told
from tests.policies.given import REMOVED, given
from tests.policies.spec import Case, Spec

QUIET = {
    "auto_explain.log_parameter_max_length": "0",
    "log_min_duration_statement": "500",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_transaction_sample_rate": "0.001",
    "shared_preload_libraries": "pg_stat_statements,auto_explain",
}


def tells(name: str, value: str | None) -> dict[tuple[str, str], dict[str, object]]:
    """Another value of one parameter."""
    return {PARAMETERS: {"parameters": telling(name, value)}}


CASES = (
    Case(says="values in full", change=tells("log_parameter_max_length", "-1")),
    Case(says="PostgreSQL's default", change=tells("log_parameter_max_length", None)),
    Case(says="values of what failed", change=tells("log_parameter_max_length_on_error", "1024")),
    Case(says="values in plans", change=tells("auto_explain.log_parameter_max_length", None)),
    Case(says="every statement", change=tells("log_statement", "all")),
    Case(says="every statement, by its time", change=tells("log_min_duration_statement", "0")),
    Case(says="half of all transactions", change=tells("log_transaction_sample_rate", "0.5")),
    Case(says="every statement at the proxy", change={PROXY: {"debugLogging": True}}),
)

SPEC = Spec(
    compliant=(given(*PARAMETERS, {"family": "postgres17", "parameters": told(QUIET)}), given(*PROXY, {"debugLogging": False})),
    cases=CASES,
    also_compliant={
        "no plans": {
            PARAMETERS: {"parameters": told(dict.fromkeys(("log_parameter_max_length", "log_parameter_max_length_on_error"), "0"))},
        },
        "a version whose plans hold no values": {
            PARAMETERS: {"family": "postgres15", "parameters": telling("auto_explain.log_parameter_max_length", None)},
        },
        "a proxy that says nothing": {PROXY: {"debugLogging": REMOVED}},
    },
    undecided=((PARAMETERS, "family"), (PARAMETERS, "parameters"), (PROXY, "debugLogging")),
    mutations=CASES,
)
