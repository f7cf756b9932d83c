"""The key-value store at the edge, as AWS has it: which release of the site users see, and the emergency measures."""

from ops.deployment import Deployment
from ops.errors import BadInputError
from ops.site import SITE


def read(deployment: Deployment, key: str) -> str:
    """The value of a key; BadInputError when the stack has no store yet.

    Raises botocore's errors: ResourceNotFoundException where the store has no such key.
    """
    where = deployment.outputs.get(SITE)
    if not where:
        hint = f"Bring it up first: `switchyard up {deployment.options}`."
        raise BadInputError(f"The stack {deployment.target.name} has no site yet.", hint)
    stores = deployment.target.client("cloudfront-keyvaluestore")
    return str(stores.get_key(KvsARN=where["store"], Key=key)["Value"])
