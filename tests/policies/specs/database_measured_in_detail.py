from typing import Any

from policies.rules.aws_types import ROLE
from tests.policies.database import PRIMARY, REPLICA
from tests.policies.given import ELSEWHERE, REMOVED, UNKNOWN, Given, Key, given
from tests.policies.spec import Case, Spec

MEASURES = given(ROLE, "database-measures", {})


def measured(key: Key, **more: Any) -> Given:
    """An instance as it is measured."""
    seen = {
        "monitoringInterval": 60,
        "monitoringRoleArn": UNKNOWN,
        "performanceInsightsEnabled": True,
        "performanceInsightsRetentionPeriod": 7,
    }
    return given(*key, {**seen, **more}, {"monitoringRoleArn": [MEASURES]})


CASES = (
    Case(says="no measures", change={PRIMARY: {"monitoringInterval": 0}}),
    Case(says="RDS's default", change={REPLICA: {"monitoringInterval": REMOVED}}),
    Case(says="a role of elsewhere", change={PRIMARY: {"sources.monitoringRoleArn": ELSEWHERE}}),
    Case(says="no record of the load", change={REPLICA: {"performanceInsightsEnabled": False}}),
    Case(says="a record of AWS's length", change={PRIMARY: {"performanceInsightsRetentionPeriod": REMOVED}}),
    Case(says="a record of no length", change={PRIMARY: {"performanceInsightsRetentionPeriod": 0}}),
    Case(says="a mode of AWS's choice", change={PRIMARY: {"databaseInsightsMode": REMOVED}}),
)

SPEC = Spec(
    compliant=(MEASURES, measured(PRIMARY, databaseInsightsMode="standard"), measured(REPLICA, replicateSourceDb="database")),
    cases=(*CASES, Case(says="a replica that was promoted", change={REPLICA: {"replicateSourceDb": REMOVED}})),
    undecided=(
        (PRIMARY, "monitoringInterval"),
        (PRIMARY, "performanceInsightsEnabled"),
        (PRIMARY, "performanceInsightsRetentionPeriod"),
    ),
    mutations=CASES,
)
