"""Searches of the database's log, kept where people look for them: CloudWatch Logs Insights, under the stack's name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

ENTRY = r"""filter @message like /LOG:  duration: /
| parse @message /:(?<service>[^:@]*)@[^:]*:\[\d+\]:LOG:  duration: (?<ms>[0-9.]+) ms  (?:statement|execute [^:]*): (?<text>[\s\S]+)/
"""
"""An entry of a statement, after the prefix that RDS gives each: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/
USER_LogAccess.Concepts.PostgreSQL.overview.parameter-groups.html (time, client, user@database, process)."""

SEARCHES: Mapping[str, tuple[str, str]] = {
    "slowest": (
        "slowest statements",
        ENTRY
        + "| stats count(*) as times, sum(ms) as total_ms, max(ms) as max_ms, avg(ms) as mean_ms"
        + " by service, substr(text, 0, 200) as statement\n| sort total_ms desc\n| limit 20\n",
    ),
    "plans": (
        "plans",
        r"""filter @message like /ms  plan:/
| parse @message /:(?<service>[^:@]*)@[^:]*:\[\d+\]:LOG:  duration: (?<ms>[0-9.]+) ms  plan:\s+(?<plan>[\s\S]+)/
| display @timestamp, service, ms, plan
| sort ms desc
| limit 20
""",
    ),
    "repeated": (
        "same statement per minute",
        ENTRY
        + "| stats count(*) as times by service, substr(text, 0, 200) as statement, bin(1m) as minute\n"
        + "| sort times desc\n| limit 20\n",
    ),
    "locks": (
        "waits for locks",
        r"""filter @message like /still waiting for .* on / or @message like /deadlock detected/
| parse @message /:(?<service>[^:@]*)@[^:]*:\[\d+\]:(?<text>[\s\S]+)/
| stats count(*) as times by service, bin(5m) as minutes
| sort times desc
""",
    ),
}
"""By role: what people call it, and the search; docs/runbooks/slow-queries.md shows the same, and a test reads a real log with them."""


@dataclass(frozen=True, kw_only=True)
class LogSearchesArgs:
    """What is searched."""

    log_group_names: Sequence[pulumi.Input[str]]
    """The log groups of the database and of its replicas."""


class LogSearches(pulumi.ComponentResource):
    """Saved searches: the slowest statements, their plans, an N+1, waits for locks. Not stateful, and free until somebody searches."""

    def __init__(self, name: str, args: LogSearchesArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("switchyard:data:LogSearches", name, None, opts)
        for role, (called, text) in SEARCHES.items():
            self._search(f"{name}-{role}", called, text, args)
        self.register_outputs({})

    def _search(self, name: str, called: str, text: str, args: LogSearchesArgs) -> aws.cloudwatch.QueryDefinition:
        return aws.cloudwatch.QueryDefinition(
            name,
            name=f"{pulumi.get_project()}/{pulumi.get_stack()}/database/{called}",
            log_group_names=args.log_group_names,
            query_string=text,
            opts=pulumi.ResourceOptions(parent=self),
        )
