"""CloudFront's key-value stores as their own service `cloudfront-keyvaluestore` serves them: moto knows the stores, this holds their pairs.

https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_Operations_Amazon_CloudFront_KeyValueStore.html
"""

import json
import re
import threading
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote
from weakref import WeakKeyDictionary

from moto.cloudfront.models import cloudfront_backends
from werkzeug.wrappers import Request, Response

KEY_BYTES, VALUE_BYTES, STORE_BYTES = 512, 1024, 5 * 1024 * 1024
"""https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-keyvaluestores"""

PAGE, LARGEST_PAGE = 10, 50
"""Pairs in one answer of ListKeys."""

SIGNED = re.compile(r"Credential=(\d{12})/\d+/cloudfront-keyvaluestore/")
"""How a request to this service is signed: by SigV4A, which names no region."""

PATH = re.compile(r"/key-value-stores/(?P<store>[^/?]+)(?P<keys>/keys(/(?P<key>[^?]+))?)?(\?.*)?")

_lock = threading.Lock()


class RefusalError(Exception):
    """What AWS refuses, by the name of its exception."""

    def __init__(self, name: str, message: str, status: int) -> None:
        super().__init__(message)
        self.name, self.status = name, status


def _new_etag() -> str:
    return uuid.uuid4().hex[:14].upper()


@dataclass
class Pairs:
    """What is in one store."""

    values: dict[str, str] = field(default_factory=dict)
    etag: str = field(default_factory=_new_etag)
    changed: datetime = field(default_factory=lambda: datetime.now(UTC))

    @property
    def size(self) -> int:
        """Bytes of all keys and values."""
        return sum(len(f"{key}{value}".encode()) for key, value in self.values.items())

    @property
    def counted(self) -> dict[str, Any]:
        """What every answer says of the store."""
        return {"ItemCount": len(self.values), "TotalSizeInBytes": self.size}

    def write(self, values: Mapping[str, str]) -> None:
        """Take new pairs, all or none."""
        fresh = Pairs(dict(values))
        if fresh.size > STORE_BYTES:
            raise RefusalError("ServiceQuotaExceededException", f"A key value store holds {STORE_BYTES} bytes.", 402)
        self.values, self.etag, self.changed = fresh.values, fresh.etag, fresh.changed


_pairs: "WeakKeyDictionary[Any, Pairs]" = WeakKeyDictionary()
"""By moto's store, so that what is in one goes when it goes."""


def answer(request: Request, account: str) -> Response:
    """Answer one request of an account."""
    try:
        with _lock:
            return _answered(request, account)
    except RefusalError as error:
        return _json({"Message": str(error)}, error.status, {"x-amzn-ErrorType": error.name})


def _answered(request: Request, account: str) -> Response:
    place = PATH.fullmatch(request.environ["RAW_URI"])
    what = place and ("key" if place["key"] else "keys" if place["keys"] else "store")
    operation = OPERATIONS.get((request.method, what or ""))
    if not place or not operation:
        raise RefusalError("ValidationException", f"There is no {request.method} {request.path}.", 400)
    store = _store(account, unquote(place["store"]))
    return operation(_Call(request, store, _pairs.setdefault(store, Pairs()), unquote(place["key"] or "")))


@dataclass(frozen=True)
class _Call:
    """A request and what it is about."""

    request: Request
    store: Any
    pairs: Pairs
    key: str

    def must_match(self) -> None:
        """Refuse a change of another state than the one that the caller has seen."""
        told = self.request.headers.get("If-Match")
        if not told:
            raise RefusalError("ValidationException", "If-Match is missing: it is the ETag of DescribeKeyValueStore.", 400)
        if told != self.pairs.etag:
            raise RefusalError("ConflictException", "The key value store has changed: its ETag is another one.", 409)

    def written(self, values: Mapping[str, str]) -> Response:
        """Change the store and say how it is afterwards."""
        self.must_match()
        self.pairs.write(values)
        return _json(self.pairs.counted, headers={"ETag": self.pairs.etag})


def _store(account: str, arn: str) -> Any:
    found = [store for store in cloudfront_backends[account]["aws"].key_value_stores.values() if store.arn == arn]
    if not found:
        raise RefusalError("ResourceNotFoundException", f"There is no key value store {arn}.", 404)
    return found[0]


def _described(call: _Call) -> Response:
    told = {"KvsARN": call.store.arn, "Status": call.store.status, **call.pairs.counted}
    times = {"Created": call.store.last_modified_time.timestamp(), "LastModified": call.pairs.changed.timestamp()}
    return _json({**told, **times}, headers={"ETag": call.pairs.etag})


def _got(call: _Call) -> Response:
    if call.key not in call.pairs.values:
        raise RefusalError("ResourceNotFoundException", f"There is no key {call.key}.", 404)
    return _json({"Key": call.key, "Value": call.pairs.values[call.key], **call.pairs.counted})


def _put(call: _Call) -> Response:
    return call.written({**call.pairs.values, **_checked(call.key, call.request.get_json().get("Value"))})


def _deleted(call: _Call) -> Response:
    call.must_match()
    _got(call)
    return call.written({key: value for key, value in call.pairs.values.items() if key != call.key})


def _updated(call: _Call) -> Response:
    body = call.request.get_json()
    gone = {each["Key"] for each in body.get("Deletes") or ()}
    kept = {key: value for key, value in call.pairs.values.items() if key not in gone}
    for each in body.get("Puts") or ():
        kept |= _checked(each["Key"], each.get("Value"))
    return call.written(kept)


def _listed(call: _Call) -> Response:
    """A page of the pairs; the token is the last key of the page before."""
    size = min(int(call.request.args.get("MaxResults", PAGE)), LARGEST_PAGE)
    left = sorted(key for key in call.pairs.values if key > call.request.args.get("NextToken", ""))
    page = {"Items": [{"Key": key, "Value": call.pairs.values[key]} for key in left[:size]]}
    return _json({**page, "NextToken": left[size - 1]} if len(left) > size else page)


def _checked(key: str, value: object) -> dict[str, str]:
    if not isinstance(value, str) or not 1 <= len(key.encode()) <= KEY_BYTES or len(value.encode()) > VALUE_BYTES:
        raise RefusalError("ValidationException", f"A key has 1 to {KEY_BYTES} bytes, a value at most {VALUE_BYTES}.", 400)
    return {key: value}


OPERATIONS: Mapping[tuple[str, str], Callable[[_Call], Response]] = {
    ("GET", "store"): _described,
    ("GET", "keys"): _listed,
    ("POST", "keys"): _updated,
    ("GET", "key"): _got,
    ("PUT", "key"): _put,
    ("DELETE", "key"): _deleted,
}


def _json(body: Mapping[str, Any], status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    return Response(json.dumps(body), status=status, mimetype="application/json", headers=dict(headers or {}))
