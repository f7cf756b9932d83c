"""The stack's distribution, from the engine's state: whose a path is, where it is answered, what is kept of the answer, what runs on it."""

import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from components.cdn_behaviors import ALL_VIEWER
from ops.errors import BadInputError, SwitchyardError
from sandbox.edge.policies import CachePolicy, HeadersPolicy
from sandbox.patterns import fits

CLOUDFRONT = "aws:cloudfront/"
BUCKET = re.compile(r"(?P<bucket>[^/]+)\.s3[.-](?P<region>[a-z0-9-]+)\.amazonaws\.com|(?P<global>[^/]+)\.s3\.amazonaws\.com")
PLAIN = re.compile(r"%(2D|2E|5F|7E|3[0-9]|[46][1-9A-F]|[57][0-9A])", re.IGNORECASE)
"""What is written as an escape and need not be: RFC 3986, 2.3."""

Resource = Mapping[str, Any]


@dataclass(frozen=True)
class Bucket:
    """An origin that is a bucket."""

    name: str
    region: str


@dataclass(frozen=True)
class Listener:
    """An origin that is a listener of the load balancer, behind a VPC origin."""

    arn: str
    host: str


@dataclass(frozen=True)
class Group:
    """Two origins, the second for when the first one fails."""

    members: Sequence[str]
    codes: Sequence[int]


Origin = Bucket | Listener | Group


@dataclass(frozen=True, kw_only=True)
class Behavior:
    """What applies to the paths of a pattern."""

    pattern: str
    origin: str
    methods: Sequence[str]
    kept: Sequence[str]
    """The methods whose answers may be kept."""
    compress: bool
    cache: CachePolicy
    forwards_all: bool
    """Whether the origin sees every header, cookie and query, and not only what tells answers apart."""
    headers: HeadersPolicy
    functions: Mapping[str, str]
    """The code by event."""


@dataclass(frozen=True, kw_only=True)
class Distribution:
    """One distribution, resolved."""

    domain: str
    root: str
    """The object that `/` means."""
    behaviors: Sequence[Behavior]
    """In the order in which they are tried; the last one fits every path."""
    origins: Mapping[str, Origin]

    def behavior(self, path: str) -> Behavior:
        """The first behavior whose pattern fits the path; CloudFront compares it in RFC 3986's normal form."""
        plain = normal(path)
        return next(each for each in self.behaviors if fits([each.pattern], plain))


def read(resources: Sequence[Resource]) -> Distribution:
    """The distribution of the resources of a state; BadInputError where there is none yet."""
    stack = _Stack(resources)
    found = stack.all(f"{CLOUDFRONT}distribution:Distribution")
    if not found:
        raise BadInputError("The stack has no distribution yet.", "Bring it up first: `switchyard up --sandbox`, with the same `-s`.")
    inputs = found[0]["inputs"]
    groups = inputs.get("originGroups") or ()
    return Distribution(
        domain=inputs["aliases"][0],
        root=inputs.get("defaultRootObject") or "",
        behaviors=[
            *(stack.behavior(each, each["pathPattern"]) for each in inputs.get("orderedCacheBehaviors") or ()),
            stack.behavior(inputs["defaultCacheBehavior"], "*"),
        ],
        origins={
            **{each["originId"]: stack.origin(each) for each in inputs["origins"]},
            **{each["originId"]: _group(each) for each in groups},
        },
    )


def normal(path: str) -> str:
    """A path without dot segments and needless escapes."""
    plain = PLAIN.sub(lambda escape: chr(int(escape[1], 16)), path)
    if not re.search(r"/\.{1,2}(/|$)", plain):
        return plain
    resolved = posixpath.normpath(plain)
    return f"{resolved}/" if plain.endswith(("/", "/.", "/..")) and resolved != "/" else resolved


class _Stack:
    """The resources of a state, by what other resources call them."""

    def __init__(self, resources: Sequence[Resource]) -> None:
        self._resources = [each for each in resources if each.get("id") and not each.get("delete")]

    def all(self, kind: str) -> list[Resource]:
        """The resources of a type."""
        return [each for each in self._resources if each["type"] == kind]

    def one(self, kind: str, by: str, value: str) -> Resource:
        """The resource whose id or output is the value."""
        for each in self.all(kind):
            if value in (each["id"] if by == "id" else None, (each.get("outputs") or {}).get(by), each["inputs"].get(by)):
                return each
        raise SwitchyardError(f"The stack's state has no {kind.rpartition(':')[2]} whose {by} is {value}.", "Run `switchyard up`.")

    def behavior(self, given: Resource, pattern: str) -> Behavior:
        """A behavior with what it refers to."""
        functions = {each["eventType"]: each["functionArn"] for each in given.get("functionAssociations") or ()}
        forwards = given.get("originRequestPolicyId")
        if forwards not in (None, "", ALL_VIEWER):
            raise SwitchyardError(f"The sandbox's edge does not know the origin request policy {forwards}.", "It knows Managed-AllViewer.")
        return Behavior(
            pattern=pattern,
            origin=given["targetOriginId"],
            methods=given["allowedMethods"],
            kept=given["cachedMethods"],
            compress=bool(given.get("compress")),
            cache=CachePolicy.read(self.one(f"{CLOUDFRONT}cachePolicy:CachePolicy", "id", given["cachePolicyId"])["inputs"]),
            forwards_all=bool(forwards),
            headers=HeadersPolicy.read(self._headers(given["responseHeadersPolicyId"])),
            functions={event: self.one(f"{CLOUDFRONT}function:Function", "arn", arn)["inputs"]["code"] for event, arn in functions.items()},
        )

    def _headers(self, policy: str) -> Resource:
        inputs: Resource = self.one(f"{CLOUDFRONT}responseHeadersPolicy:ResponseHeadersPolicy", "id", policy)["inputs"]
        return inputs

    def origin(self, given: Resource) -> Origin:
        """An origin by where it leads in the emulator."""
        if given.get("vpcOriginConfig"):
            way = self.one(f"{CLOUDFRONT}vpcOrigin:VpcOrigin", "id", given["vpcOriginConfig"]["vpcOriginId"])
            balancer = way["inputs"]["vpcOriginEndpointConfig"]["arn"]
            return Listener(str(self.one("aws:lb/listener:Listener", "loadBalancerArn", balancer)["id"]), given["domainName"])
        found = BUCKET.fullmatch(given["domainName"])
        if not found:
            raise SwitchyardError(f"The sandbox's edge knows no origin {given['domainName']}.", "It knows buckets and VPC origins.")
        return Bucket(found["bucket"] or found["global"], found["region"] or "us-east-1")


def _group(given: Resource) -> Group:
    codes = [int(code) for code in given["failoverCriteria"]["statusCodes"]]
    return Group([member["originId"] for member in given["members"]], codes)
