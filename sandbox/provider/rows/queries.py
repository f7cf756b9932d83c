"""CloudWatch Logs: queries that are kept by name."""

from typing import Any

from sandbox.provider.limits import Limit
from sandbox.provider.names import Naming
from sandbox.provider.row import Call, Facts, Row

NAMING = Naming(255, in_place=True, pattern=r"([^:*/]+/?)*[^:*/]+", says="no : and *, and / only between folders")


def _find(client: Any, facts: Facts) -> dict[str, Any] | None:
    """Return a definition by its id, or by the ARN that an import names: AWS lists them all."""
    for found in client.describe_query_definitions(maxResults=1000)["queryDefinitions"]:
        if found["queryDefinitionId"] == facts["id"].rpartition(":")[2]:
            return {"logGroupNames": None, **found}
    return None


ROWS = (
    Row(
        type="aws.cloudwatch.QueryDefinition",
        service="logs",
        create=Call("put_query_definition"),
        id="queryDefinitionId",
        imports="{arn}",
        read=Call(_find),
        update=Call("put_query_definition", "{queryDefinitionId: queryDefinitionId}", on=("name", "queryString", "logGroupNames")),
        delete=Call("delete_query_definition", "{queryDefinitionId: queryDefinitionId}"),
        computed={"arn": "arn:aws:logs:{region}:{account}:query-definition:{queryDefinitionId}"},
        naming=NAMING,
        limits={"queryString": Limit(1, 10_000), "logGroupNames": Limit(high=50)},
    ),
)
