"""The database logs what is slow, and neither every statement nor the values that statements are given."""

import re
from collections.abc import Iterator

from policies.rules.aws_types import DATABASE_PARAMETERS, DATABASE_PROXY
from policies.rules.databases import parameters
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource

SILENT = ("log_parameter_max_length", "log_parameter_max_length_on_error")
EXPLAINED = "auto_explain.log_parameter_max_length"
EXPLAINED_FROM = 16
"""The first major that has the parameter; by default it logs values in full."""
MOST_SAMPLED = 0.01
"""The share of transactions of which every statement may be logged."""
ALL_MS = 0
"""As the shortest duration: every statement is longer."""


def check(resource: Resource) -> Iterator[Problem]:
    """Find parameters by which what users have typed stands in a log, and a proxy that logs the statements that pass."""
    if resource.type == DATABASE_PROXY:
        if resource.value("debugLogging", default=False):
            yield resource.problem("debugLogging", "is on, so that statements are logged")
        return
    told, major = parameters(resource), int(re.sub(r"\D", "", resource.value("family")))
    silent = (*SILENT, EXPLAINED) if major >= EXPLAINED_FROM and "auto_explain" in told.get("shared_preload_libraries", "") else SILENT
    if any(told.get(name) != "0" for name in silent):
        yield resource.problem("parameters", "let the values of statements into the log")
    sampled = float(told.get("log_transaction_sample_rate", "0"))
    if told.get("log_statement", "none") != "none" or int(told.get("log_min_duration_statement", "-1")) == ALL_MS or sampled > MOST_SAMPLED:
        yield resource.problem("parameters", "let every statement into the log")


RULE = ResourceRule(
    name="database_logs_no_values",
    applies_to=(DATABASE_PARAMETERS, DATABASE_PROXY),
    check=check,
)
