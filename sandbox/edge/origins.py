"""Where answers come from: the site's buckets in the emulator, and the services behind the emulated load balancer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC
from email.utils import format_datetime
from typing import Any
from urllib.parse import unquote

from botocore.exceptions import BotoCoreError, ClientError

from sandbox import front_door
from sandbox.edge.distribution import Bucket, Distribution, Group, Listener, Origin
from sandbox.edge.messages import Request, Response, UnreachableError
from sandbox.front_door import FrontDoor, Service, introduce

READ = ("GET", "HEAD")
SAFE = (*READ, "OPTIONS")
"""What a group of origins is asked."""
KEPT_BY_S3 = {"CacheControl": "cache-control", "ContentEncoding": "content-encoding", "ContentType": "content-type", "ETag": "etag"}
NOT_ALLOWED, NOT_FOUND, NOT_MODIFIED = 405, 404, 304
PAGES = {
    304: b"",
    403: b"<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>",
    404: b"<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>",
}

Client = Callable[[str, str], Any]
"""A boto3 client by service and region (empty: the stack's own)."""


@dataclass(frozen=True)
class Origins:
    """The origins of a distribution."""

    client: Client
    service: Service = introduce
    """What runs on the instances."""

    def ask(self, distribution: Distribution, name: str, request: Request) -> Response:
        """Ask an origin by its name; UnreachableError when it gives no answer."""
        origin: Origin = distribution.origins[name]
        if isinstance(origin, Group):
            return self._either(distribution, origin, request)
        return self._file(origin, request) if isinstance(origin, Bucket) else self._service(origin, request)

    def _either(self, distribution: Distribution, group: Group, request: Request) -> Response:
        """Ask the second member when the first fails."""
        first, second = group.members
        try:
            response = self.ask(distribution, first, request)
        except UnreachableError:
            response = None
        if response and (response.status not in group.codes or request.method not in SAFE):
            return response
        return self.ask(distribution, second, request)

    def _file(self, bucket: Bucket, request: Request) -> Response:
        """Ask S3, which decodes the path once."""
        if request.method not in READ:
            return Response(NOT_ALLOWED, {"content-type": "application/xml", "allow": "GET, HEAD"})
        conditions: dict[str, str] = {"IfNoneMatch": request.headers["if-none-match"]} if "if-none-match" in request.headers else {}
        try:
            found = self.client("s3", bucket.region).get_object(Bucket=bucket.name, Key=unquote(request.path[1:]), **conditions)
            body = found["Body"].read()
        except ClientError as error:
            return _refusal(int(error.response["ResponseMetadata"]["HTTPStatusCode"]), request)
        except BotoCoreError as error:
            raise UnreachableError(str(error)) from error
        headers = {name: str(found[key]) for key, name in KEPT_BY_S3.items() if found.get(key)}
        return Response(200, {**headers, "last-modified": format_datetime(found["LastModified"].astimezone(UTC), usegmt=True)}, (), body)

    def _service(self, listener: Listener, request: Request) -> Response:
        """Ask the load balancer, by the name that viewers type."""
        try:
            door = FrontDoor(self.client("elbv2", ""), self.client("ec2", ""), listener.arn, self.service)
            headers = {**request.headers, **_cookie_header(request.cookies)}
            asked = front_door.Request(request.path, listener.host, headers, request.method, request.query, request.body)
            answer = door.answer(asked)
        except (BotoCoreError, ClientError) as error:
            raise UnreachableError(str(error)) from error
        headers = {name.lower(): value for name, value in answer.headers.items()}
        return Response(answer.status, headers, tuple(answer.cookies), answer.body.encode())


def _refusal(status: int, request: Request) -> Response:
    body = PAGES.get(status, f"<Error><Code>{status}</Code></Error>".encode())
    tag = {"etag": request.headers["if-none-match"]} if status == NOT_MODIFIED else {"content-type": "application/xml"}
    return Response(status, tag, (), body)


def _cookie_header(cookies: Mapping[str, str]) -> dict[str, str]:
    return {"cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())} if cookies else {}
