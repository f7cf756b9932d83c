"""Answers requests as the load balancer and an instance behind it would: the emulator holds their rules and targets and serves nothing.

What it does is read from the emulator at each request: the listener's rules in their order, the weights of a forward action, the health
of the targets, the release of the instance. What it leaves out: TLS, redirects, stickiness, and the service itself, in whose place an
instance says who it is. It emulates; that a rule works on AWS is seen on AWS.
"""

import html
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import SystemRandom
from threading import Thread
from typing import Any

from components.blue_green import PREVIEW_HEADER, RELEASE_HEADER
from sandbox.loopback import HOST
from sandbox.patterns import fits


@dataclass(frozen=True)
class Request:
    """What rules look at."""

    path: str
    host: str
    headers: Mapping[str, str]
    """By name in lowercase."""
    method: str = "GET"
    query: str = ""
    body: bytes = b""


@dataclass(frozen=True)
class Answer:
    """What the client gets."""

    status: int
    headers: Mapping[str, str]
    body: str = ""
    cookies: Sequence[str] = ()
    """The lines of Set-Cookie."""


Service = Callable[[Request, Mapping[str, str]], Answer]
"""What runs on an instance, given the instance's tags."""

UNAVAILABLE = Answer(HTTPStatus.SERVICE_UNAVAILABLE, {}, "no healthy target")


def introduce(request: Request, tags: Mapping[str, str]) -> Answer:
    """Say who answers, as a page to browsers and as JSON to others; with headers as services send them."""
    told = {**{role: tags.get(role, "") for role in ("service", "color", "release")}, "method": request.method, "path": request.path}
    headers = {"Content-Type": "application/json", "Cache-Control": "no-store", "Server": "sandbox"}
    if "text/html" not in request.headers.get("accept", ""):
        return Answer(HTTPStatus.OK, headers, json.dumps(told))
    title = f"{told['service']} {told['color']}"
    rows = "".join(f"<dt>{name}</dt><dd>{html.escape(value)}</dd>" for name, value in told.items())
    page = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{html.escape(title)}</title><main><dl>{rows}</dl></main></html>'
    return Answer(HTTPStatus.OK, {**headers, "Content-Type": "text/html; charset=utf-8"}, page)


class FrontDoor:
    """One listener of the emulated load balancer, and the instances behind it."""

    def __init__(self, elbv2: Any, ec2: Any, listener: str, service: Service = introduce) -> None:
        self._elbv2, self._ec2, self._listener, self._service = elbv2, ec2, listener, service

    def answer(self, request: Request) -> Answer:
        """Let the first rule that matches decide; 501 where it does something that is not emulated."""
        pages = self._elbv2.get_paginator("describe_rules").paginate(ListenerArn=self._listener)
        for rule in sorted((rule for page in pages for rule in page["Rules"]), key=_order):
            if all(_met(condition, request) for condition in rule["Conditions"]):
                return self._act(rule["Actions"][-1], request)
        return UNAVAILABLE

    def _act(self, action: Mapping[str, Any], request: Request) -> Answer:
        if action["Type"] == "fixed-response":
            told = action["FixedResponseConfig"]
            return Answer(int(told["StatusCode"]), {"Content-Type": told.get("ContentType", "text/plain")}, told.get("MessageBody", ""))
        if action["Type"] != "forward":
            return Answer(HTTPStatus.NOT_IMPLEMENTED, {}, f"{action['Type']} is not emulated")
        groups = action.get("ForwardConfig", {}).get("TargetGroups") or [{"TargetGroupArn": action["TargetGroupArn"], "Weight": 1}]
        weights = [group.get("Weight", 1) for group in groups]
        if not any(weights):
            return UNAVAILABLE
        [group] = SystemRandom().choices(groups, weights)
        return self._forward(group["TargetGroupArn"], request)

    def _forward(self, target_group: str, request: Request) -> Answer:
        """Do what an instance's web server does: only a request with the preview header is told the release."""
        told = self._elbv2.describe_target_health(TargetGroupArn=target_group)["TargetHealthDescriptions"]
        healthy = [target["Target"]["Id"] for target in told if target["TargetHealth"]["State"] == "healthy"]
        running = self._running(healthy)
        if not running:
            return UNAVAILABLE
        tags = {tag["Key"]: tag["Value"] for tag in SystemRandom().choice(running).get("Tags", [])}
        answer = self._service(request, tags)
        told = {RELEASE_HEADER: tags.get("release", "")} if request.headers.get(PREVIEW_HEADER) else {}
        return replace(answer, headers={**answer.headers, **told})

    def _running(self, ids: Sequence[str]) -> list[Mapping[str, Any]]:
        if not ids:
            return []
        pages = self._ec2.get_paginator("describe_instances").paginate(InstanceIds=list(ids))
        instances = [instance for page in pages for reservation in page["Reservations"] for instance in reservation["Instances"]]
        return [instance for instance in instances if instance["State"]["Name"] == "running"]


def _order(rule: Mapping[str, Any]) -> float:
    return float("inf") if rule["Priority"] == "default" else int(rule["Priority"])


def _met(condition: Mapping[str, Any], request: Request) -> bool:
    """Whether a request meets a condition; one of a kind that is not emulated is never met."""
    if condition["Field"] == "path-pattern":
        return fits(_values(condition, "PathPatternConfig"), request.path)
    if condition["Field"] == "host-header":
        return fits(_values(condition, "HostHeaderConfig"), request.host, re.IGNORECASE)
    if condition["Field"] == "http-header":
        name = condition["HttpHeaderConfig"]["HttpHeaderName"].lower()
        return name in request.headers and fits(_values(condition, "HttpHeaderConfig"), request.headers[name], re.IGNORECASE)
    return False


def _values(condition: Mapping[str, Any], config: str) -> Sequence[str]:
    """The patterns of a condition, in either of the two places that AWS knows."""
    return list((condition.get(config) or {}).get("Values") or condition.get("Values") or ())


@contextmanager
def opened(elbv2: Any, ec2: Any, listener: str) -> Iterator[str]:
    """Serve a listener over HTTP on loopback, in threads of this process, and give the base URL; it is gone afterwards."""
    door = FrontDoor(elbv2, ec2, listener)
    with ThreadingHTTPServer((HOST, 0), _handler(door)) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield f"http://{HOST}:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def _handler(door: FrontDoor) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        """Reads a request, asks the front door, and writes its answer."""

        def do_GET(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            path, _, query = self.path.partition("?")
            request = Request(path, headers.get("host", "").partition(":")[0], headers, self.command, query)
            answer = door.answer(request)
            body = answer.body.encode()
            self.send_response(answer.status)
            for name, value in {**answer.headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        def do_HEAD(self) -> None:
            self.do_GET()

        def log_message(self, *_: object) -> None:
            """Say nothing: standard error is the operator's, and a request carries a token."""

    return Handler
