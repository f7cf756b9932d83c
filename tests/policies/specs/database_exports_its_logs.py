from policies.rules.aws_types import LOG_GROUP
from tests.policies.database import PARAMETERS, PRIMARY, PROXY, REPLICA, primary, telling, told
from tests.policies.given import REMOVED, given
from tests.policies.spec import Case, Spec

LOGS = ["iam-db-auth-error", "postgresql", "upgrade"]
STATEMENTS, PROXY_LOG = (LOG_GROUP, "database-statements"), (LOG_GROUP, "database-proxy-log")
RECORDED = {
    "log_connections": "1",
    "log_disconnections": "1",
    "log_lock_waits": "1",
    "log_min_duration_statement": "500",
    "shared_preload_libraries": "pg_stat_statements,auto_explain",
}
CASES = (
    Case(says="nobody who connects", change={PARAMETERS: {"parameters": telling("log_connections", None)}}),
    Case(says="nobody who waits", change={PARAMETERS: {"parameters": telling("log_lock_waits", "0")}}),
    Case(says="nothing that is slow", change={PARAMETERS: {"parameters": telling("log_min_duration_statement", "-1")}}),
    Case(says="no plans", change={PARAMETERS: {"parameters": telling("shared_preload_libraries", "pg_stat_statements")}}),
    Case(says="no statements", change={PRIMARY: {"enabledCloudwatchLogsExports": ["iam-db-auth-error", "upgrade"]}}),
    Case(says="no logs", change={REPLICA: {"enabledCloudwatchLogsExports": REMOVED}}),
    Case(says="a group of another instance's", change={STATEMENTS: {"name": "/aws/rds/instance/other/postgresql"}}, fires_on=[PRIMARY]),
    Case(says="no group for the proxy", change={PROXY_LOG: {"name": REMOVED}}, fires_on=[PROXY]),
)
GROUPS = {STATEMENTS[1]: "postgresql", "database-upgrades": "upgrade", "database-logins": "iam-db-auth-error"}

SPEC = Spec(
    compliant=(
        primary(identifier="own", enabledCloudwatchLogsExports=LOGS),
        given(*PROXY, {"name": "pool"}),
        given(*PARAMETERS, {"parameters": told(RECORDED)}),
        *(given(LOG_GROUP, name, {"name": f"/aws/rds/instance/own/{log}"}) for name, log in GROUPS.items()),
        given(*PROXY_LOG, {"name": "/aws/rds/proxy/pool"}),
        given(LOG_GROUP, "api-blue-log", {}),
    ),
    cases=(
        Case(says="nothing", change={PRIMARY: {"enabledCloudwatchLogsExports": REMOVED}}),
        *(case for case in CASES if REPLICA not in case.change),
        Case(says="no group at all", drop=[(LOG_GROUP, "database-upgrades")], fires_on=[PRIMARY]),
        Case(says="another identifier", change={PRIMARY: {"identifier": "other"}}),
    ),
    undecided=(
        (PRIMARY, "identifier"),
        (PRIMARY, "enabledCloudwatchLogsExports"),
        (PROXY, "name"),
        (STATEMENTS, "name"),
        (PARAMETERS, "parameters"),
    ),
    mutations=CASES,
)
