"""The edge's cache: one place that keeps answers, asks again when they are old, and gives old ones while the origin fails.

What it leaves out: ranges, the joining of equal requests that come at once, eviction, invalidations, `stale-while-revalidate`.
"""

import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from threading import Lock

from sandbox.edge.freshness import ERROR_SECONDS, FIRST_ERROR, FIRST_FAILURE, life
from sandbox.edge.messages import Request, Response, UnreachableError
from sandbox.edge.policies import CachePolicy

Fetch = Callable[[Request], Response]
"""Asks an origin; UnreachableError when it gives no answer."""
HIT, MISS, REFRESHED, ERROR = (f"{word} from cloudfront" for word in ("Hit", "Miss", "RefreshHit", "Error"))
CONDITIONS = ("if-none-match", "if-modified-since", "if-match", "if-unmodified-since", "if-range", "range")
NOT_MODIFIED = 304
BAD_GATEWAY = Response(502, {"content-type": "text/plain; charset=utf-8"}, (), b"The origin gives no answer.\n")


@dataclass(frozen=True)
class Kept:
    """An answer in the cache."""

    response: Response
    since: float
    """When it came, or was last found to be still true."""
    fresh_until: float
    stale_until: float
    """Until when it is given while the origin fails."""


@dataclass
class Cache:
    """Answers by key, for as long as the process lives."""

    clock: Callable[[], float] = time.monotonic
    _kept: dict[Hashable, Kept] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def answer(self, request: Request, policy: CachePolicy, fetch: Fetch) -> Response:
        """Answer GET or HEAD from what is kept, or by the origin."""
        key = (request.method, policy.key(request))
        found, now = self._find(*key), self.clock()
        if found and now < found.fresh_until:
            return self._given(found, ERROR if found.response.status >= FIRST_ERROR else HIT)
        asked = replace(request, headers={**_unconditional(request), **(_conditions(found) if found else {})})
        response = ask(fetch, asked)
        if found and response.status == NOT_MODIFIED:
            return self._given(self._keep(key, _renewed(found.response, response), policy), REFRESHED)
        if found and response.status >= FIRST_FAILURE and found.response.status < FIRST_ERROR and now < found.stale_until:
            return self._given(self._put_off(key, found), HIT)
        self._keep(key, response, policy)
        return response.having(x_cache=ERROR if response.status >= FIRST_ERROR else MISS)

    def _find(self, method: str, key: Hashable) -> Kept | None:
        """What is kept; that for GET answers HEAD, too."""
        methods = ("GET", "HEAD") if method == "HEAD" else ("GET",)
        with self._lock:
            return next((self._kept[each, key] for each in methods if (each, key) in self._kept), None)

    def _keep(self, key: Hashable, response: Response, policy: CachePolicy) -> Kept:
        now, span = self.clock(), life(response, policy)
        if span is None:
            kept = Kept(response, now, now, now)
            with self._lock:
                self._kept.pop(key, None)
            return kept
        kept = Kept(response, now, now + span.fresh, now + span.fresh + span.stale)
        with self._lock:
            self._kept[key] = kept
        return kept

    def _put_off(self, key: Hashable, found: Kept) -> Kept:
        """Give the old answer without asking again for as long as an error would be kept."""
        kept = replace(found, fresh_until=min(self.clock() + ERROR_SECONDS, found.stale_until))
        with self._lock:
            self._kept[key] = kept
        return kept

    def _given(self, kept: Kept, word: str) -> Response:
        return kept.response.having(x_cache=word, age=str(int(self.clock() - kept.since)))


def ask(fetch: Fetch, request: Request) -> Response:
    """Ask an origin; 502 when it gives no answer."""
    try:
        return fetch(request)
    except UnreachableError:
        return BAD_GATEWAY


def _unconditional(request: Request) -> dict[str, str]:
    """The headers without the viewer's conditions: those are held against the answer when it leaves."""
    return {name: value for name, value in request.headers.items() if name not in CONDITIONS}


def _conditions(kept: Kept) -> dict[str, str]:
    """Ask whether what is kept is still true."""
    told = {"if-none-match": kept.response.headers.get("etag"), "if-modified-since": kept.response.headers.get("last-modified")}
    return {name: value for name, value in told.items() if value and kept.response.status < FIRST_ERROR}


def _renewed(old: Response, confirmation: Response) -> Response:
    """The old answer with what its confirmation says anew."""
    said = {
        name: value for name, value in confirmation.headers.items() if name not in {"content-length", "content-type", "content-encoding"}
    }
    return replace(old, headers={**old.headers, **said}, cookies=confirmation.cookies or old.cookies)
