"""Questions to the database's log that are asked again and again, saved where logs are read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.naming import stack_path

LINE = "parse @message /:(?<user>[^:@]*)@(?<database>[^:]*):\\[(?<process>\\d+)\\]:/"
"""RDS begins every line so (`log_line_prefix`): time, address, user@database, process."""
STATEMENT = r"parse @message /duration: (?<ms>[\d.]+) ms\s+(?:statement|execute [^:]*): (?<statement>[\s\S]+)/"
WAIT = (
    r"parse @message /process (?<waits>\d+) (?<outcome>still waiting for|acquired) (?<lock>\w+) on (?<what>.+?) "
    r"after (?<ms>[\d.]+) ms/"
)
QUERIES: Mapping[str, Sequence[str]] = {
    "slowest statements": (
        r"filter @message like /duration: [\d.]+ ms\s+(statement|execute)/",
        LINE,
        STATEMENT,
        "stats count(*) as times, max(ms) as slowest_ms, avg(ms) as mean_ms, sum(ms) as total_ms by user, statement",
        "sort total_ms desc",
        "limit 50",
    ),
    "same statement many times a minute": (
        r"filter @message like /duration: [\d.]+ ms\s+(statement|execute)/",
        LINE,
        STATEMENT,
        "stats count(*) as times, count_distinct(process) as connections, sum(ms) as total_ms by bin(1m) as minute, user, statement",
        "filter times > 10 * connections",
        "sort times desc",
        "limit 50",
    ),
    "lock waits": (
        "filter @message like /still waiting for|acquired .* after/",
        LINE,
        WAIT,
        "stats count(*) as times, max(ms) as longest_ms by bin(5m) as minutes, user, lock, what, outcome",
        "sort longest_ms desc",
        "limit 50",
    ),
}
"""By name, in the language of CloudWatch Logs Insights. The log has every statement that is slow, and all of one transaction in a thousand:
one that comes many times from the same connection within a minute is asked in a loop."""


@dataclass(frozen=True, kw_only=True)
class DatabaseQueriesArgs:
    """Where the statements are logged."""

    log_group_names: Sequence[pulumi.Input[str]]
    """A log group of each instance."""


class DatabaseQueries(pulumi.ComponentResource):
    """Saved queries of CloudWatch Logs Insights. Not stateful; a query costs about 0.006 USD for each GB of log that it reads."""

    def __init__(self, name: str, args: DatabaseQueriesArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("switchyard:database:DatabaseQueries", name, None, opts)
        for called, lines in QUERIES.items():
            self._query(f"{name}-{called.split(' ', maxsplit=1)[0]}", called, lines, args)
        self.register_outputs({})

    def _query(self, name: str, called: str, lines: Sequence[str], args: DatabaseQueriesArgs) -> aws.cloudwatch.QueryDefinition:
        return aws.cloudwatch.QueryDefinition(
            name,
            name=f"{stack_path('database').lstrip('/')}/{called}",
            query_string="\n| ".join(lines),
            log_group_names=args.log_group_names,
            opts=pulumi.ResourceOptions(parent=self),
        )
