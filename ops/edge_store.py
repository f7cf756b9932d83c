"""The key-value store at the edge, as AWS has it: which release of the site users see, and the emergency measures."""

from ops.deployment import Deployment
from ops.site.place import place


def read(deployment: Deployment, key: str) -> str:
    """The value of a key; BadInputError when the stack has no store yet.

    Raises botocore's errors: ResourceNotFoundException where the store has no such key.
    """
    stores = deployment.target.client("cloudfront-keyvaluestore")
    return str(stores.get_key(KvsARN=place(deployment)["store"], Key=key)["Value"])
