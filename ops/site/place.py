"""Where a stack's site is in AWS, from the stack's outputs."""

from collections.abc import Mapping

from ops.deployment import Deployment
from ops.errors import BadInputError
from ops.site import SITE


def place(deployment: Deployment) -> Mapping[str, str]:
    """Its bucket, its distribution, and the store that the edge reads; BadInputError when the stack has not been brought up with one."""
    found: Mapping[str, str] | None = deployment.outputs.get(SITE)
    if not found:
        raise BadInputError(
            f"The stack {deployment.target.name} has no site yet.", f"Bring it up first: `switchyard up {deployment.options}`."
        )
    return found
