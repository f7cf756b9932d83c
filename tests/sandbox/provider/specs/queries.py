"""Specs of queries that CloudWatch Logs keeps by name."""

from tests.sandbox.provider.world import Spec

SPECS = (
    Spec(
        type="aws.cloudwatch.QueryDefinition",
        inputs=lambda world: {"name": f"switchyard/{world.name()}", "queryString": "fields @message", "logGroupNames": ["/a", "/b"]},
        change={"name": "switchyard/another", "queryString": "fields @timestamp, @message | limit 20", "logGroupNames": ["/a"]},
    ),
)
