"""The service of CloudFront's key-value stores, as boto3 sees it: signed as on AWS, by the account's own address that leads here."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from sandbox.account import Sandbox
from sandbox.seed import AccountFacts

FACTS, OTHERS = (AccountFacts(account_id=account, region="eu-west-1") for account in ("111122223333", "444455556666"))


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    """Start an emulator."""
    made = Sandbox(Path(tmp_path_factory.mktemp("stores")))
    made.emulator.start()
    yield made
    made.remove()


@pytest.fixture(scope="module")
def stores(sandbox: Sandbox) -> Any:
    """Speak to the service."""
    return sandbox.client("cloudfront-keyvaluestore", FACTS)


@pytest.fixture
def store(sandbox: Sandbox, request: pytest.FixtureRequest) -> Iterator[str]:
    """Make a store of the test's own."""
    client = sandbox.client("cloudfront", FACTS)
    made = client.create_key_value_store(Name=re.sub(r"\W", "-", request.node.name)[:60], Comment="")
    yield made["KeyValueStore"]["ARN"]
    client.delete_key_value_store(Name=made["KeyValueStore"]["Name"], IfMatch=made["ETag"])


def put(stores: Any, store: str, key: str, value: str) -> Any:
    """Write a pair over what is there."""
    return stores.put_key(KvsARN=store, Key=key, Value=value, IfMatch=stores.describe_key_value_store(KvsARN=store)["ETag"])


def refused(call: Any, **parameters: Any) -> str:
    """The name of the exception with which a call ends."""
    with pytest.raises(ClientError) as caught:
        call(**parameters)
    assert caught.value.response["Error"]["Message"]
    return str(caught.value.response["Error"]["Code"])


@pytest.mark.parametrize("key", ["traffic", "a/b", "ü?&=%2F +", "x" * 512])
def test_a_pair_lives_its_life(stores: Any, store: str, key: str) -> None:
    """Written, read back, counted, written over, deleted."""
    put(stores, store, key, "one")
    written = put(stores, store, key, "zwölf")
    found = stores.get_key(KvsARN=store, Key=key)
    assert (found["Key"], found["Value"], found["ItemCount"]) == (key, "zwölf", 1)
    assert found["TotalSizeInBytes"] == written["TotalSizeInBytes"] == len(key.encode()) + 6
    stores.delete_key(KvsARN=store, Key=key, IfMatch=written["ETag"])
    assert refused(stores.get_key, KvsARN=store, Key=key) == "ResourceNotFoundException"
    described = stores.describe_key_value_store(KvsARN=store)
    assert (described["ItemCount"], described["Status"], described["KvsARN"]) == (0, "READY", store)


def test_a_change_names_the_state_that_it_has_seen(stores: Any, store: str) -> None:
    """Who comes second with the same ETag is told so, and has changed nothing."""
    etag = stores.describe_key_value_store(KvsARN=store)["ETag"]
    assert stores.put_key(KvsARN=store, Key="a", Value="1", IfMatch=etag)["ETag"] != etag
    assert refused(stores.put_key, KvsARN=store, Key="a", Value="2", IfMatch=etag) == "ConflictException"
    assert refused(stores.delete_key, KvsARN=store, Key="a", IfMatch=etag) == "ConflictException"
    assert refused(stores.update_keys, KvsARN=store, Deletes=[{"Key": "a"}], IfMatch=etag) == "ConflictException"
    assert stores.get_key(KvsARN=store, Key="a")["Value"] == "1"


def test_several_pairs_change_at_once(stores: Any, store: str) -> None:
    """In one call, after which they are listed, page by page."""
    pairs = [{"Key": f"k{number:02}", "Value": str(number)} for number in range(25)]
    etag = stores.update_keys(KvsARN=store, Puts=pairs, IfMatch=stores.describe_key_value_store(KvsARN=store)["ETag"])["ETag"]
    stores.update_keys(KvsARN=store, Puts=[{"Key": "k01", "Value": "one"}], Deletes=[{"Key": "k00"}], IfMatch=etag)
    pages = list(stores.get_paginator("list_keys").paginate(KvsARN=store))
    items = [item for page in pages for item in page["Items"]]
    assert len(pages) == 3
    assert items == [{"Key": "k01", "Value": "one"}, *pairs[2:]]


def test_a_store_belongs_to_an_account(sandbox: Sandbox, stores: Any, store: str) -> None:
    """Another account has no such store, and one that was never made nobody has."""
    put(stores, store, "a", "1")
    elsewhere = sandbox.client("cloudfront-keyvaluestore", OTHERS)
    assert refused(elsewhere.get_key, KvsARN=store, Key="a") == "ResourceNotFoundException"
    unknown = f"{store[:-36]}{'0' * 36}"
    assert refused(stores.describe_key_value_store, KvsARN=unknown) == "ResourceNotFoundException"


def test_what_is_in_a_store_goes_with_it(sandbox: Sandbox, stores: Any) -> None:
    """The next one of the name is empty."""
    client = sandbox.client("cloudfront", FACTS)
    for _ in range(2):
        made = client.create_key_value_store(Name="again", Comment="")
        arn = made["KeyValueStore"]["ARN"]
        assert stores.describe_key_value_store(KvsARN=arn)["ItemCount"] == 0
        put(stores, arn, "a", "1")
        client.delete_key_value_store(Name="again", IfMatch=made["ETag"])
        assert refused(stores.get_key, KvsARN=arn, Key="a") == "ResourceNotFoundException"


@pytest.mark.parametrize(("key", "value"), [("ü" * 257, "a"), ("a", "x" * 1025)], ids=["key", "value"])
def test_what_is_too_large_is_refused(stores: Any, store: str, key: str, value: str) -> None:
    """By the limits of CloudFront, which count bytes."""
    etag = stores.describe_key_value_store(KvsARN=store)["ETag"]
    assert refused(stores.put_key, KvsARN=store, Key=key, Value=value, IfMatch=etag) == "ValidationException"
    assert refused(stores.update_keys, KvsARN=store, Puts=[{"Key": key, "Value": value}], IfMatch=etag) == "ValidationException"


def test_writers_at_once_lose_nothing(stores: Any, store: str) -> None:
    """Each tries again until its ETag holds; every pair is there in the end."""

    def persist(number: int) -> None:
        while True:
            try:
                put(stores, store, f"k{number}", "v")
            except stores.exceptions.ConflictException:
                continue
            return

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(persist, range(8)))
    assert stores.describe_key_value_store(KvsARN=store)["ItemCount"] == 8
