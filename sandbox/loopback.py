"""Plain HTTP to a process on this machine; no proxy that the user has set is ever asked."""

import http.client
import json
import re
from typing import Any

HOST = "127.0.0.1"
"""An address, not a name: with a name the S3 clients put the bucket into it."""


class NoAnswerError(Exception):
    """Nothing answers at that port, or not with JSON."""


def call(port: int, method: str, path: str, *, body: object = None, timeout_seconds: float) -> tuple[int, dict[str, Any]]:
    """Status and JSON object of one request to `port`; a NoAnswerError when there is no such answer in time."""
    connection = http.client.HTTPConnection(HOST, port, timeout=timeout_seconds)
    try:
        connection.request(method, path, body=None if body is None else json.dumps(body), headers={"Content-Type": "application/json"})
        response = connection.getresponse()
        answer = json.loads(response.read())
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise NoAnswerError(str(error)) from error
    finally:
        connection.close()
    if not isinstance(answer, dict):
        raise NoAnswerError(f"port {port} answers with something else")
    return response.status, answer


def keep_address(session: Any) -> None:
    """Let the clients of a boto3 session find `HOST` for every service.

    For key-value stores botocore puts the account's id before the host, also of an endpoint that it is given: that name leads nowhere.
    """
    session.events.register("before-call.cloudfront-keyvaluestore", _without_account)


def _without_account(params: dict[str, Any], **_: object) -> None:
    params["url"] = re.sub(rf"^(https?://)\d{{12}}\.(?={re.escape(HOST)}\b)", r"\1", params["url"])
