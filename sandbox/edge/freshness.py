"""How long CloudFront keeps an answer, by its status, its headers and the cache policy. Pure.

https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/Expiration.html and HTTPStatusCodes.html there.
"""

import calendar
import email.utils
import time
from collections.abc import Mapping
from dataclasses import dataclass

from sandbox.edge.messages import Response, directives, seconds
from sandbox.edge.policies import CachePolicy

ERROR_SECONDS = 10
"""How long an error is kept at least where the distribution says nothing of it."""
KEPT_ERRORS = frozenset({404, 405, 410, 414, 500, 501, 502, 503, 504})
"""Errors that are kept whatever they say, but for the next two."""
SHY_ERRORS = frozenset({404, 410})
"""Errors that `no-store` keeps out."""
ASKING_ERRORS = frozenset({400, 403, 412, 415})
"""Errors that are kept only where they say how long."""
FORBIDDING = frozenset({"no-cache", "no-store", "private"})
FIRST_ERROR, FIRST_FAILURE = 400, 500
NEVER_KEPT = frozenset({206, 304})


@dataclass(frozen=True)
class Life:
    """How long an answer may be given again, from when it came."""

    fresh: int
    """Seconds without asking the origin."""
    stale: float
    """Seconds beyond that, while the origin fails."""


def life(response: Response, policy: CachePolicy) -> Life | None:
    """The life of an answer to GET or HEAD; None if it is not kept. What is kept for no second can be revalidated, and served on errors."""
    said = directives(response.headers.get("cache-control", ""))
    if response.status >= FIRST_ERROR:
        kept = _error_seconds(response, said)
        return Life(kept, 0) if kept else None
    if policy.most == 0 or response.status in NEVER_KEPT:
        return None
    if FORBIDDING & said.keys():
        return Life(policy.least, _stale(said, policy)) if policy.least else None
    told = _told_seconds(response, said)
    fresh = max(policy.least, policy.default) if told is None else min(max(told, policy.least), policy.most)
    return Life(fresh, _stale(said, policy))


def _told_seconds(response: Response, said: Mapping[str, str]) -> int | None:
    """What the answer itself says; s-maxage is meant for the likes of us, and both are worth more than Expires."""
    for name in ("s-maxage", "max-age"):
        found = seconds(said.get(name))
        if found is not None:
            return found
    expires = email.utils.parsedate(response.headers.get("expires", ""))
    return max(0, int(calendar.timegm(expires) - time.time())) if expires else None


def _stale(said: Mapping[str, str], policy: CachePolicy) -> float:
    """Seconds by `stale-if-error`, at most the policy's most; for ever where the answer does not say."""
    told = seconds(said.get("stale-if-error"))
    return float("inf") if told is None else min(told, policy.most)


def _error_seconds(response: Response, said: Mapping[str, str]) -> int:
    told = _told_seconds(response, said)
    if response.status in ASKING_ERRORS:
        return max(told, ERROR_SECONDS) if told is not None else 0
    if response.status not in KEPT_ERRORS or (response.status in SHY_ERRORS and "no-store" in said):
        return 0
    return max(told or 0, ERROR_SECONDS)
