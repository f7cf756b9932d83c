"""`switchyard sandbox open`: what it does before it serves; a browser sees the rest (tests/engine/test_open.py)."""

import pytest

from components.edge import CACHING_KEY, MAINTENANCE_KEY, TRAFFIC_KEY, caching_value, maintenance_value
from ops.commands.sandbox_open import keys, paths_of, plant, sandbox_open
from ops.errors import BadInputError
from ops.site.bucket import Bucket as SiteBucket
from sandbox.edge.distribution import Bucket, Distribution
from tests.ops.stand_in import StandIn

COPY = Bucket("site-copy-of-staging", "eu-central-1")
ORIGINS = {"site": Bucket("site-of-staging", "eu-west-1"), "site-copy": COPY}
DISTRIBUTION = Distribution(domain="staging.example.com", root="index.html", behaviors=(), origins=ORIGINS)


@pytest.fixture
def copied(stack: StandIn) -> StandIn:
    """Give the stack a copy of its bucket."""
    s3 = stack.cloud.client("s3", COPY.region)
    if COPY.name not in [each["Name"] for each in s3.list_buckets()["Buckets"]]:
        s3.create_bucket(Bucket=COPY.name, CreateBucketConfiguration={"LocationConstraint": COPY.region})
    return stack


def test_a_sample_takes_the_place_of_a_release_that_is_not_there(copied: StandIn) -> None:
    """Complete, in the bucket and in its copy; the second time it is there."""
    copied.target.file.edit({"site.live": "r7", "site.canary.release": "r7"})
    assert plant(copied, DISTRIBUTION)
    assert list(SiteBucket(copied).gaps("r7")) == []
    page = copied.cloud.client("s3", COPY.region).get_object(Bucket=COPY.name, Key="releases/r7/index.html")
    assert (page["ContentType"], b"r7" in page["Body"].read()) == ("text/html; charset=utf-8", True)
    assert not plant(copied, DISTRIBUTION)


def test_a_release_that_is_there_stays_as_it_is(copied: StandIn) -> None:
    """The live one of the committed file."""
    before = copied.cloud.objects()
    assert not plant(copied, DISTRIBUTION)
    assert copied.cloud.objects() == before


def test_the_functions_read_what_the_store_holds_now(stack: StandIn) -> None:
    """All three keys; a store that lacks one, or does not answer, is silent to them."""
    stores, store = stack.cloud.client("cloudfront-keyvaluestore"), stack.cloud.site["store"]
    told = {MAINTENANCE_KEY: maintenance_value(on=True, allowed_networks=["203.0.113.0/24"]), CACHING_KEY: caching_value(on=False)}
    for key, value in told.items():
        stores.put_key(KvsARN=store, Key=key, Value=value, IfMatch=stores.describe_key_value_store(KvsARN=store)["ETag"])
    assert keys(stack) == {TRAFFIC_KEY: stack.cloud.shown(), **told}
    stores.delete_key(KvsARN=store, Key=CACHING_KEY, IfMatch=stores.describe_key_value_store(KvsARN=store)["ETag"])
    assert keys(stack) is None


def test_each_service_is_asked_by_a_path_of_its_own(stack: StandIn) -> None:
    """One that its first pattern fits."""
    assert paths_of(stack.target.file.settings()) == {"api": "/api/", "web": "/app/"}


def test_a_stack_on_aws_is_not_opened_here(stack: StandIn) -> None:
    """It has an address of its own."""
    with pytest.raises(BadInputError, match="staging is not opened in the sandbox"):
        sandbox_open(stack, 0)
