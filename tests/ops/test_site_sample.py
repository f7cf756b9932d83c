"""The sample in place of a site that nobody has released yet."""

import pytest

from ops.site.bucket import Bucket
from ops.site.sample import COPY, paths_of, plant
from tests.ops.stand_in import StandIn
from tests.ops.state import resource

COPY_BUCKET, COPY_REGION = "site-copy-of-staging", "eu-central-1"


@pytest.fixture
def copied(stack: StandIn, monkeypatch: pytest.MonkeyPatch) -> StandIn:
    """Give the stack a copy of its bucket."""
    s3 = stack.cloud.client("s3", COPY_REGION)
    if COPY_BUCKET not in [each["Name"] for each in s3.list_buckets()["Buckets"]]:
        s3.create_bucket(Bucket=COPY_BUCKET, CreateBucketConfiguration={"LocationConstraint": COPY_REGION})
    there = resource("aws:s3/bucket:Bucket", COPY, COPY_BUCKET, outputs={"bucket": COPY_BUCKET, "region": COPY_REGION})
    monkeypatch.setattr(stack, "more", [there])
    return stack


def test_a_sample_takes_the_place_of_a_release_that_is_not_there(copied: StandIn) -> None:
    """Complete, in the bucket and in its copy; the second time it is there."""
    copied.target.file.edit({"site.live": "r7", "site.canary.release": "r7"})
    assert plant(copied)
    assert list(Bucket(copied).gaps("r7")) == []
    page = copied.cloud.client("s3", COPY_REGION).get_object(Bucket=COPY_BUCKET, Key="releases/r7/index.html")
    assert (page["ContentType"], b"r7" in page["Body"].read()) == ("text/html; charset=utf-8", True)
    assert not plant(copied)


def test_a_release_that_is_there_stays_as_it_is(copied: StandIn) -> None:
    """The live one of the committed file."""
    before = copied.cloud.objects()
    assert not plant(copied)
    assert copied.cloud.objects() == before


def test_each_service_is_asked_by_a_path_of_its_own(stack: StandIn) -> None:
    """One that its first pattern fits."""
    assert paths_of(stack.target.file.settings()) == {"api": "/api/", "web": "/app/"}
