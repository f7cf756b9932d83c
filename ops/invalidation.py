"""What the CDN keeps of a service's answers, thrown away: after a way back nobody is to see what the release that was left has said."""

import re
import time
from collections.abc import Sequence

from botocore.exceptions import BotoCoreError, ClientError

from ops.console import done, warn
from ops.deployment import Deployment
from ops.site import SITE

BY_ITSELF = "what users still see of them ends after cdn.service_ttl_seconds"


def forget(deployment: Deployment, patterns: Sequence[str]) -> None:
    """Ask for it, and do not wait: it takes AWS a minute or so. What goes wrong is told and stops nothing: traffic has moved already."""
    distribution = deployment.outputs.get(SITE, {}).get("distribution")
    if not patterns or not distribution:
        return
    paths = sorted({_prefix(pattern) for pattern in patterns})
    batch = {"Paths": {"Quantity": len(paths), "Items": paths}, "CallerReference": f"rollback-{time.time_ns()}"}
    try:
        deployment.target.client("cloudfront").create_invalidation(DistributionId=distribution, InvalidationBatch=batch)
    except (BotoCoreError, ClientError) as error:
        warn(f"the CDN was not told to forget {', '.join(paths)}: {error}; {BY_ITSELF}")
    else:
        done(f"the CDN forgets {', '.join(paths)}")


def _prefix(pattern: str) -> str:
    """What an invalidation can say of a path pattern: it takes `*` at the end alone, and `?` as itself."""
    return re.sub(r"[*?].*", "*", pattern)
