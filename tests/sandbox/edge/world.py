"""The production program's own distribution, in front of stand-ins: a balancer that serves a script, a bucket in memory, a clock."""

import copy
import hashlib
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from botocore.exceptions import ClientError, EndpointConnectionError

from components.edge import CACHING_KEY, MAINTENANCE_KEY, TRAFFIC_KEY
from sandbox import front_door
from sandbox.edge.cache import Cache
from sandbox.edge.distribution import Distribution, read
from sandbox.edge.edge import Edge
from sandbox.edge.functions import Functions, Store
from sandbox.edge.messages import Request, Response
from sandbox.edge.origins import Origins
from sandbox.front_door import Answer
from tests.configs import rendered
from tests.rendering import outputs_of

BUCKETS = {"site": "site.s3.eu-west-1.amazonaws.com", "site-copy": "site-copy.s3.eu-central-1.amazonaws.com"}
KEY = "aws:cloudfront/keyvaluestoreKey:KeyvaluestoreKey"
EARLIER = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def resources(**changes: Any) -> list[dict[str, Any]]:
    """What the engine's state holds of production, with some leaves of its config changed; two underscores stand for a dot."""
    found = rendered({name.replace("__", "."): value for name, value in changes.items()}, preview=False).registrations
    made: list[dict[str, Any]] = [
        {
            "type": each.type,
            "id": f"{each.name}-id",
            "inputs": copy.deepcopy(each.inputs),
            "outputs": {"arn": outputs_of(each.type, each.name)["arn"]},
        }
        for each in found
        if each.custom
    ]
    for each in made:
        if each["type"] == "aws:cloudfront/distribution:Distribution":
            origins = [{**origin, "domainName": BUCKETS.get(origin["originId"], "app.example.com")} for origin in each["inputs"]["origins"]]
            each["inputs"] = {**each["inputs"], "origins": origins}
    return made


@dataclass
class Clock:
    """Seconds that pass when a test says so."""

    now: float = 1000.0

    def __call__(self) -> float:
        """The time."""
        return self.now


@dataclass
class Balancer:
    """A load balancer whose only rule leads to one healthy instance."""

    def get_paginator(self, operation: str) -> Any:
        """Pages of one page."""
        tags = [{"Key": key, "Value": value} for key, value in (("service", "api"), ("color", "blue"), ("release", "sha256:1"))]
        instance = {"State": {"Name": "running"}, "Tags": tags}
        rule = {"Priority": "1", "Conditions": [], "Actions": [{"Type": "forward", "TargetGroupArn": "group"}]}
        pages = {"describe_rules": {"Rules": [rule]}, "describe_instances": {"Reservations": [{"Instances": [instance]}]}}
        return type("Pages", (), {"paginate": lambda _self, **_words: [pages[operation]]})()

    def describe_target_health(self, **_words: str) -> Mapping[str, Any]:
        """One healthy target."""
        return {"TargetHealthDescriptions": [{"Target": {"Id": "i-1"}, "TargetHealth": {"State": "healthy"}}]}


@dataclass
class Bucket:
    """A bucket in memory."""

    files: dict[str, tuple[str, str, bytes]] = field(default_factory=dict)
    """Content type, Cache-Control and content by key."""
    fails: str | int = ""
    """The status of every answer, or `unreachable`."""
    asked: list[str] = field(default_factory=list)

    def get_object(self, *, Bucket: str, Key: str, IfNoneMatch: str = "") -> Mapping[str, Any]:  # noqa: N803 -- boto3's names
        """Answer as S3 does."""
        self.asked.append(f"{Bucket}/{Key}{' if changed' if IfNoneMatch else ''}")
        if self.fails == "unreachable":
            raise EndpointConnectionError(endpoint_url="s3")
        kind, caching, content = self.files.get(Key, ("", "", b""))
        tag = f'"{hashlib.md5(content).hexdigest()}"'  # noqa: S324 -- S3's own tag
        status = self.fails or (404 if not kind else 304 if IfNoneMatch == tag else 200)
        if status != 200:
            raise ClientError({"ResponseMetadata": {"HTTPStatusCode": int(status)}, "Error": {}}, "GetObject")
        return {"Body": io.BytesIO(content), "ContentType": kind, "CacheControl": caching, "ETag": tag, "LastModified": EARLIER}


@dataclass
class World:
    """An edge, and what stands around it."""

    functions: Functions
    resources: Sequence[Mapping[str, Any]]
    clock: Clock = field(default_factory=Clock)
    buckets: dict[str, Bucket] = field(default_factory=lambda: {"eu-west-1": Bucket(), "eu-central-1": Bucket()})
    script: Callable[[front_door.Request], Answer] = lambda _: Answer(200, {})
    asked: list[front_door.Request] = field(default_factory=list)
    """What the service was asked."""
    store: dict[str, str] | None = None
    """Takes the place of the keys in the state."""
    store_answers: bool = True
    edge: Edge = field(init=False)

    def __post_init__(self) -> None:
        """Put the edge together."""
        self.edge = Edge(self.distribution, self.keys, Origins(self.client, self._serve), self.functions, Cache(self.clock))

    def distribution(self) -> Distribution:
        """The distribution of the state."""
        return read(self.resources)

    def keys(self) -> Store:
        """The keys of the state."""
        told = {each["inputs"]["key"]: each["inputs"]["value"] for each in self.resources if each["type"] == KEY}
        assert {TRAFFIC_KEY, MAINTENANCE_KEY, CACHING_KEY} == told.keys()
        return (self.store or told) if self.store_answers else None

    def client(self, service: str, region: str) -> Any:
        """A stand-in for a client."""
        return self.buckets[region] if service == "s3" else Balancer()

    def _serve(self, request: front_door.Request, tags: Mapping[str, str]) -> Answer:
        assert tags["color"] == "blue"
        self.asked.append(request)
        return self.script(request)

    def ask(self, path: str, method: str = "GET", cookies: Mapping[str, str] | None = None, **headers: str) -> Response:
        """One request; an underscore in a header's name stands for a dash."""
        place, _, query = path.partition("?")
        spelled = {"host": "127.0.0.1:8090", **{name.replace("_", "-"): value for name, value in headers.items()}}
        return self.edge.answer(Request(method, place, query, spelled, cookies or {}))


def word(response: Response) -> str:
    """What X-Cache says, in short."""
    return re.sub(r" from cloudfront$", "", response.headers["x-cache"])


def serving(*answers: Answer) -> Callable[[front_door.Request], Answer]:
    """A service that answers so, one after the other; the last one for good."""
    left: Iterable[Answer] = iter(answers)
    last = [answers[-1]]

    def serve(_: front_door.Request) -> Answer:
        last[0] = next(iter(left), last[0])
        return last[0]

    return serve
