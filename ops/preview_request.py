"""One request to a color through its preview rule, live or not: which release answers at the load balancer's own door."""

import ssl
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import SplitResult, urlsplit

import urllib3

from components.blue_green import PREVIEW_HEADER, RELEASE_HEADER
from ops.deployment import Deployment
from ops.errors import BadInputError
from ops.traffic import listener_of, rules_of, wiring
from ops.via import host_and_port
from settings_types import Color

TIMEOUT = urllib3.Timeout(connect=5, read=15)
"""Seconds; longer than any release may take for a request of no work."""

SHORT = len("sha256:") + 12
"""Characters of a digest that people are shown."""


class Verdict(StrEnum):
    """Which release answered."""

    PINNED = "the pinned release"
    OTHER = "another release"
    UNDECIDED = "nobody"
    """No instance was reached, or what answered is none."""


@dataclass(frozen=True)
class Answer:
    """What came back of a preview request."""

    verdict: Verdict
    told: str
    """The digest that answered; else why nobody can say."""

    def __str__(self) -> str:
        return self.told if self.verdict is Verdict.UNDECIDED else f"{self.told[:SHORT]} answered, {self.verdict}"


def ask(deployment: Deployment, service: str, color: Color, via: str = "") -> Answer:
    """Send one request to a color and hold the release that answers against the pinned one.

    `via` is `HOST:PORT`, a port forwarding to the internal load balancer: the connection goes there, while TLS and the request are meant
    for the domain as ever, and its certificate has to prove it. Without it the request goes to the domain. BadInputError for a `via` that
    is none, or in the sandbox, whose front door needs none. Raises botocore's errors when AWS cannot be asked for the rule.
    """
    settings = deployment.target.file.settings()
    config = settings.services[service]
    rules = rules_of(deployment.target.client("elbv2"), listener_of(wiring(deployment, service).rule))
    token = _token(rules, wiring(deployment, service).target_groups[color])
    if not token:
        return Answer(Verdict.UNDECIDED, f"the load balancer has no preview rule for {color}")
    path = _path(config.paths[0])
    with _door(deployment, service, via) as base:
        return _judged(_sent(base, path, settings.domain.name, token), config.pins(color).image.partition("@")[2])


def _door(deployment: Deployment, service: str, via: str) -> AbstractContextManager[str]:
    """Where to connect: the target's own door, or a port forwarding to it."""
    if not via:
        return deployment.target.front_door(listener_of(wiring(deployment, service).rule))
    if deployment.target.sandboxed:
        raise BadInputError("In the sandbox --via leads nowhere.", "Leave it out: the sandbox opens a door of its own.")
    host_and_port(via, "localhost:8443")
    return nullcontext(f"https://{via}")


def _token(rules: list[Mapping[str, Any]], target_group: str) -> str:
    """The secret word of the rule that sends its holders to the target group; empty when there is no such rule."""
    for rule in rules:
        groups = [group for action in rule["Actions"] for group in action.get("ForwardConfig", {}).get("TargetGroups", [])]
        headers = [condition["HttpHeaderConfig"] for condition in rule["Conditions"] if condition["Field"] == "http-header"]
        if [group["TargetGroupArn"] for group in groups] != [target_group]:
            continue
        for header in headers:
            if header["HttpHeaderName"].lower() == PREVIEW_HEADER and header["Values"]:
                return str(header["Values"][0])
    return ""


def _path(pattern: str) -> str:
    """A path that a pattern of the load balancer fits."""
    return pattern.replace("*", "").replace("?", "-")


def _sent(base: str, path: str, domain: str, token: str) -> urllib3.BaseHTTPResponse | str:
    """The answer to the request, or why there is none; no message holds the token, for it goes into a header alone."""
    place, headers = urlsplit(base), {"Host": domain, PREVIEW_HEADER: token, "User-Agent": "switchyard"}
    with _pool(place, domain) as pool:
        try:
            return pool.request("HEAD", path, headers=headers, redirect=False, retries=False)
        except urllib3.exceptions.HTTPError as error:
            return f"{domain}{'' if place.hostname == domain else f' by way of {place.netloc}'} is not reachable: {error}"


def _pool(place: SplitResult, domain: str) -> urllib3.HTTPConnectionPool:
    """Connections to a place, over TLS only to one that proves to be the domain."""
    host = str(place.hostname)
    if place.scheme == "http":
        return urllib3.HTTPConnectionPool(host, place.port, timeout=TIMEOUT)
    trusted = ssl.create_default_context()
    return urllib3.HTTPSConnectionPool(
        host, place.port, timeout=TIMEOUT, ssl_context=trusted, server_hostname=domain, assert_hostname=domain
    )


def _judged(answer: urllib3.BaseHTTPResponse | str, pinned: str) -> Answer:
    if isinstance(answer, str):
        return Answer(Verdict.UNDECIDED, answer)
    release = answer.headers.get(RELEASE_HEADER, "")
    if not release:
        return Answer(Verdict.UNDECIDED, f"the answer was {answer.status}, and none of an instance: it names no release")
    return Answer(Verdict.PINNED if release == pinned else Verdict.OTHER, release)
