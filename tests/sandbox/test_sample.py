"""The sample release: what is in it, and that it is planted only where there is none."""

import hashlib
import re
from html.parser import HTMLParser
from typing import Any

import pytest

from sandbox.sample import IMMUTABLE, REVALIDATED, plant_sample, sample_site

FILES = sample_site("release-7", {"api": "/api/", "web": "/app/"})
PAGES = sorted(path for path in FILES if path.endswith(".html"))


class Bucket:
    """A bucket in memory."""

    def __init__(self) -> None:
        self.puts: list[dict[str, Any]] = []

    def list_objects_v2(self, *, Bucket: str, Prefix: str, MaxKeys: int) -> dict[str, int]:  # noqa: N803 -- boto3's names
        """Count what has the prefix."""
        assert Bucket == "site"
        return {"KeyCount": min(MaxKeys, sum(put["Key"].startswith(Prefix) for put in self.puts))}

    def put_object(self, **words: Any) -> None:
        """Keep it."""
        self.puts.append(words)


class Tags(HTMLParser):
    """The tags of a page with their attributes."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep it."""
        self.found.append((tag, dict(attrs)))


def test_it_is_planted_as_a_release_is_uploaded() -> None:
    """Assets beside the releases and for ever, pages in the release and asked for anew, the manifest last."""
    bucket = Bucket()
    assert plant_sample(bucket, "site", "release-7", FILES)
    found = {put["Key"]: (put["ContentType"], put.get("CacheControl")) for put in bucket.puts}
    assert found["releases/release-7/index.html"] == ("text/html; charset=utf-8", REVALIDATED)
    assert found["releases/release-7/services.json"] == ("application/json", REVALIDATED)
    assert {found[path][1] for path in FILES if path.startswith("assets/")} == {IMMUTABLE}
    assert bucket.puts[-1]["Key"] == "manifests/release-7.json"


def test_a_release_that_is_there_is_left_alone() -> None:
    """Whatever is in it."""
    bucket = Bucket()
    plant_sample(bucket, "site", "release-7", {"index.html": b"mine"})
    count = len(bucket.puts)
    assert not plant_sample(bucket, "site", "release-7", FILES)
    assert len(bucket.puts) == count


def test_assets_are_named_after_their_content() -> None:
    """So that they may be kept for ever."""
    for path in (path for path in FILES if path.startswith("assets/")):
        assert hashlib.sha256(FILES[path]).hexdigest().startswith(re.sub(r".*-(\w+)\.\w+$", r"\1", path))


@pytest.mark.parametrize("path", PAGES)
def test_a_page_runs_under_the_strictest_policy_and_can_be_read_by_all(path: str) -> None:
    """No script or style of its own; a language, a title, one heading, a way past the navigation, names for what can be pressed."""
    tags = Tags(FILES[path]).found
    names = [tag for tag, _ in tags]
    assert "style" not in names
    assert [attributes for tag, attributes in tags if tag == "script" and not attributes.get("src")] == []
    assert [name for _, attributes in tags for name in attributes if name == "style" or name.startswith("on")] == []
    assert (names.count("h1"), names.count("main"), names.count("title")) == (1, 1, 1)
    assert ("html", {"lang": "en"}) in tags
    assert ("a", {"class": "skip", "href": "#main"}) in tags
    assert b"release-7" in FILES[path]


@pytest.mark.parametrize("path", PAGES)
def test_what_a_page_names_is_there(path: str) -> None:
    """Scripts, styles, pictures, pages."""
    links = {str(attributes.get("src") or attributes.get("href")) for _, attributes in Tags(FILES[path]).found}
    named = {link[1:] for link in links if link.startswith("/")}
    assert {link or "index.html" if "." in link or not link else f"{link}/index.html" for link in named} <= FILES.keys()
