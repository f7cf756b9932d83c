"""One request through the edge: its behavior, the function before, the cache, the origin, the function after, the headers."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from sandbox.edge import events
from sandbox.edge.cache import ERROR, MISS, Cache, ask
from sandbox.edge.compression import compressed
from sandbox.edge.distribution import Behavior, Distribution
from sandbox.edge.freshness import FIRST_ERROR
from sandbox.edge.functions import Functions, Store
from sandbox.edge.messages import Request, Response
from sandbox.edge.origins import Origins

GENERATED, BROKEN = (f"{word} from cloudfront" for word in ("FunctionGeneratedResponse", "FunctionExecutionError"))
VIA = "1.1 sandbox (CloudFront)"
PLAIN = {"content-type": "text/plain; charset=utf-8"}
FORBIDDEN = Response(403, {**PLAIN, "x-cache": ERROR}, (), b"This distribution is not set to allow the method of this request.\n")
OK, NOT_MODIFIED = 200, 304
ALWAYS_SENT = ("if-none-match", "if-modified-since")
"""What the cache asks of an origin, beside what the viewer says."""
OF_A_BODY = ("content-type", "content-encoding", "content-length")


@dataclass(frozen=True)
class Edge:
    """A distribution that answers."""

    distribution: Callable[[], Distribution]
    """Asked for each request: a change shows at the next one."""
    keys: Callable[[], Store]
    """The key-value store, as it stands now."""
    origins: Origins
    functions: Functions
    cache: Cache = field(default_factory=Cache)

    def answer(self, request: Request) -> Response:
        """Answer a viewer."""
        distribution = self.distribution()
        behavior = distribution.behavior(request.path)
        if request.method not in behavior.methods:
            return _leaving(FORBIDDEN, behavior, request)
        request = replace(request, headers={**request.headers, "host": distribution.domain})
        passed = self._before(distribution, behavior, request)
        if isinstance(passed, Response):
            return _leaving(passed, behavior, request)
        answer = self._after(distribution, behavior, request, self._found(distribution, behavior, passed))
        return _leaving(compressed(answer, behavior.cache.accepted(request)) if behavior.compress else answer, behavior, request)

    def _before(self, distribution: Distribution, behavior: Behavior, request: Request) -> Request | Response:
        """Run the function that sees the request, and let it go on or answer at once."""
        code = behavior.functions.get(events.REQUEST)
        if not code:
            return request
        told = self._run(code, events.request_event(request, distribution.domain))
        if "error" in told:
            return _broken(told["error"])
        if "statusCode" in told["result"]:
            return events.given(told["result"]).having(x_cache=GENERATED)
        return events.passed_on(told["result"], request)

    def _after(self, distribution: Distribution, behavior: Behavior, request: Request, response: Response) -> Response:
        """Run the function that sees the answer; CloudFront runs none on errors."""
        code = behavior.functions.get(events.RESPONSE)
        if not code or response.status >= FIRST_ERROR:
            return response
        told = self._run(code, events.response_event(request, distribution.domain, response))
        return _broken(told["error"]) if "error" in told else events.looked_at(told["result"], response)

    def _run(self, code: str, event: dict[str, Any]) -> dict[str, Any]:
        return self.functions.run(code, [(self.keys(), event)])[0]

    def _found(self, distribution: Distribution, behavior: Behavior, request: Request) -> Response:
        """The answer of the cache or the origin."""

        def fetch(asked: Request) -> Response:
            response = self.origins.ask(distribution, behavior.origin, _sent(distribution, behavior, asked))
            knows_cookies = behavior.forwards_all or behavior.cache.cookies.kind != "none"
            return response if knows_cookies else replace(response, cookies=())

        if request.method in behavior.kept:
            return self.cache.answer(request, behavior.cache, fetch)
        response = ask(fetch, request)
        return response.having(x_cache=ERROR if response.status >= FIRST_ERROR else MISS)


def _sent(distribution: Distribution, behavior: Behavior, request: Request) -> Request:
    """What the origin is asked: everything, or what tells answers apart."""
    policy, everything = behavior.cache, behavior.forwards_all
    headers = dict(request.headers) if everything else {"user-agent": "Amazon CloudFront", **policy.headers.of(request.headers)}
    headers.update({name: request.headers[name] for name in ALWAYS_SENT if name in request.headers})
    if policy.encodings:
        headers["accept-encoding"] = policy.accepted(request)
    before = request.headers.get("x-forwarded-for")
    headers.update({"via": VIA, "x-forwarded-for": f"{before}, {request.address}" if before else request.address})
    path = f"/{distribution.root}" if request.path == "/" and distribution.root else request.path
    cookies = request.cookies if everything else policy.cookies.of(request.cookies)
    return replace(request, path=path, headers=headers, cookies=cookies, query=request.query if everything else policy.queried(request))


def _broken(error: str) -> Response:
    return Response(503, {**PLAIN, "x-cache": BROKEN}, (), f"The function failed: {error}\n".encode())


def _leaving(response: Response, behavior: Behavior, request: Request) -> Response:
    """The answer with its headers, or 304 if the viewer has it already."""
    left = behavior.headers.applied(response).having(via=VIA)
    if left.status == OK and request.method in behavior.kept and _has_it(request, left):
        left = replace(left.without(*OF_A_BODY), status=NOT_MODIFIED, body=b"")
    return left


def _has_it(request: Request, response: Response) -> bool:
    """Whether the viewer names the answer's tag; weak or not makes no difference to one who reads."""
    wanted = [tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")]
    tag = response.headers.get("etag", "").removeprefix("W/")
    return bool(tag) and (tag in wanted or wanted == ["*"])
