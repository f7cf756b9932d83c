"""Specs of Systems Manager."""

from typing import Any

from tests.sandbox.provider.world import Spec, World


def _parameter(world: World) -> dict[str, Any]:
    return {
        "name": f"/switchyard/{world.name()}/env/LOG_LEVEL",
        "type": "String",
        "tier": "Standard",
        "value": "info",
        "allowedPattern": "[a-z]+",
        "tags": {"service": "api"},
    }


SPECS = (
    Spec(
        type="aws.ssm.Parameter",
        inputs=_parameter,
        change={"value": "debug", "description": "How much it says", "tags": {}},
        replace={"name": "/switchyard/another"},
    ),
)
