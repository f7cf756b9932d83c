"""The sample release: what is in it."""

import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from ops.site.build import read
from sandbox.sample import sample_site, write_sample

FILES = sample_site("release-7", {"api": "/api/", "web": "/app/"})
PAGES = sorted(path for path in FILES if path.endswith(".html"))


class Tags(HTMLParser):
    """The tags of a page with their attributes."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep it."""
        self.found.append((tag, dict(attrs)))


def test_it_is_a_build_that_can_be_released(tmp_path: Path) -> None:
    """By the same code as any other: nothing in it is refused, and every file can be reached."""
    write_sample(tmp_path, "release-7", {"api": "/api/"})
    build = read(tmp_path, "release-7")
    assert {item.key for item in build.items} == {path if path.startswith("assets/") else f"releases/release-7/{path}" for path in FILES}
    assert build.unreachable == []


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
