"""CloudFront: functions at the edge, and the stores that they read."""

import secrets
import time
from collections.abc import Callable, Iterator
from typing import Any

from sandbox.provider.limits import Limit
from sandbox.provider.names import Naming
from sandbox.provider.row import Call, Facts, Row, inside
from sandbox.provider.schema import Failure

CONFIG = ("comment", "runtime", "keyValueStoreAssociations")

NAMING = Naming(64, pattern=r"[A-Za-z0-9_-]+", says="letters, digits, _ and -")

STORE = r"arn:aws:cloudfront::[0-9]{12}:key-value-store/[0-9a-fA-F-]{36}"

TRIES = 50
"""More than a store has keys that one update changes at once."""

KEY_BYTES, VALUE_BYTES, CODE_BYTES = 512, 1024, 10_240
"""https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html"""


def _at_most(most: int) -> Limit:
    """Return the limit for a text that AWS counts in bytes."""
    return Limit(1, test=lambda text: "" if len(text.encode()) <= most else f"{len(text.encode())} bytes are more than {most}")


def _find(client: Any, facts: Facts) -> dict[str, Any]:
    """Describe a function and its code."""
    answer = client.describe_function(Name=facts["id"])
    found = answer["FunctionSummary"]
    stores = (found["FunctionConfig"].get("KeyValueStoreAssociations") or {}).get("Items") or ()
    return {
        **found["FunctionConfig"],
        "Name": found["Name"],
        "Status": found["Status"],
        "ARN": found["FunctionMetadata"]["FunctionARN"],
        "ETag": answer["ETag"],
        "Code": client.get_function(Name=facts["id"])["FunctionCode"].read().decode(),
        "KeyValueStoreAssociations": [store["KeyValueStoreARN"] for store in stores],
    }


def _remake(client: Any, facts: Facts) -> None:
    """Make a function anew under its name: the emulator cannot update one. ARN and tags stay, and no behavior refers to a version."""
    client.delete_function(Name=facts["id"], IfMatch=facts["etag"])
    stores = [{"KeyValueStoreARN": arn} for arn in facts.get("keyValueStoreAssociations") or ()]
    config: dict[str, Any] = {"Comment": facts.get("comment") or "", "Runtime": facts["runtime"]}
    if stores:
        config["KeyValueStoreAssociations"] = {"Quantity": len(stores), "Items": stores}
    client.create_function(Name=facts["id"], FunctionConfig=config, FunctionCode=facts["code"].encode())


def _delete(client: Any, facts: Facts) -> None:
    """Delete a function and its tags, which the emulator would give to the next one of the name."""
    arn = client.describe_function(Name=facts["id"])["FunctionSummary"]["FunctionMetadata"]["FunctionARN"]
    keys = [tag["Key"] for tag in client.list_tags_for_resource(Resource=arn)["Tags"].get("Items", ())]
    client.untag_resource(Resource=arn, TagKeys={"Items": keys})
    client.delete_function(Name=facts["id"], IfMatch=facts["etag"])


def _live(facts: Facts) -> str:
    """Return the version that viewers meet: the newest one, if it was published at all."""
    return str(facts["etag"]) if facts.get("publish", True) else ""


def _failures(inputs: Facts) -> Iterator[Failure]:
    if inputs.get("keyValueStoreAssociations") and inputs.get("runtime") == "cloudfront-js-1.0":
        yield "runtime", "'cloudfront-js-1.0' has no key-value stores: take cloudfront-js-2.0"


def _write(client: Any, write: Callable[..., Any], facts: Facts, **more: str) -> Any:
    """Change a store's keys, which needs the version that is there; the engine changes several keys at once, so the version may move."""
    store = str(facts["keyValueStoreArn"])
    for tries_left in reversed(range(TRIES)):
        etag = client.describe_key_value_store(KvsARN=store)["ETag"]
        try:
            return write(KvsARN=store, Key=facts["key"], IfMatch=etag, **more)
        except client.exceptions.ConflictException:
            if not tries_left:
                raise
            time.sleep(secrets.randbelow(100) / 1000)
    return None


def _put_key(client: Any, facts: Facts) -> Any:
    return _write(client, client.put_key, facts, Value=facts["value"])


def _delete_key(client: Any, facts: Facts) -> Any:
    return _write(client, client.delete_key, facts)


ROWS = (
    Row(
        type="aws.cloudfront.Function",
        create=Call("create_function", "{FunctionConfig: {Comment: comment || ''}}", "FunctionSummary.FunctionMetadata"),
        id="{name}",
        read=Call(_find),
        update=Call(_remake, on=("code", *CONFIG)),
        delete=Call(_delete),
        names={"code": "FunctionCode", **inside("FunctionConfig", *CONFIG)},
        computed={"liveStageEtag": _live},
        defaults={"publish": True},
        kept=("publish",),
        fresh=("etag", "liveStageEtag", "status"),
        naming=NAMING,
        limits={"code": _at_most(CODE_BYTES), "comment": Limit(high=128), "keyValueStoreAssociations": Limit(high=1)},
        check=_failures,
    ),
    Row(
        type="aws.cloudfront.KeyValueStore",
        create=Call("create_key_value_store", take="KeyValueStore"),
        id="{name}",
        read=Call("describe_key_value_store", "{Name: id}", "merge(KeyValueStore, {ETag: ETag})"),
        update=Call("update_key_value_store", "{Name: id, Comment: comment || '', IfMatch: etag}"),
        delete=Call("delete_key_value_store", "{Name: id, IfMatch: etag}"),
        kept=("timeouts",),
        fresh=("etag", "lastModifiedTime"),
        naming=NAMING,
    ),
    Row(
        type="aws.cloudfront.KeyvaluestoreKey",
        service="cloudfront-keyvaluestore",
        create=Call(_put_key, on=("keyValueStoreArn", "key", "value")),
        id="{keyValueStoreArn},{key}",
        read=Call("get_key", "{KvsARN: keyValueStoreArn, Key: key}"),
        update=Call(_put_key, on=("value",)),
        delete=Call(_delete_key),
        replaces=("keyValueStoreArn", "key"),
        fresh=("totalSizeInBytes",),
        limits={
            "key": _at_most(KEY_BYTES),
            "value": _at_most(VALUE_BYTES),
            "keyValueStoreArn": Limit(pattern=STORE, says="the ARN of a key-value store"),
        },
    ),
)
