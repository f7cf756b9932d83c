"""What is read of a built site, and what keeps a folder from being one."""

import os
import socket
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.edge import RELEASE
from ops.errors import BadInputError
from ops.site.build import check_id, read
from ops.site.headers import AT_THE_EDGE, FOR_EVER, cache_control, content_type


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Build a site of a page, an asset and a text."""
    made = tmp_path / "dist"
    write(made, "index.html")
    write(made, "assets/app.0a1b2c.js")
    write(made, "robots.txt")
    return made


def write(folder: Path, name: str, text: str = "x") -> Path:
    """Write a file, and the folders above it."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def refusal(folder: Path, release: str = "r2") -> str:
    """With what a folder is refused: message and fix."""
    with pytest.raises(BadInputError) as caught:
        read(folder, release)
    assert caught.value.next_step
    return f"{caught.value.message} {caught.value.next_step}"


def test_assets_come_first_and_pages_last(folder: Path) -> None:
    """Whoever sees a page finds what it refers to; assets belong to no release."""
    write(folder, "about/index.html")
    keys = [item.key for item in read(folder, "r2").items]
    assert keys == ["assets/app.0a1b2c.js", "releases/r2/robots.txt", "releases/r2/about/index.html", "releases/r2/index.html"]


def test_a_link_inside_the_folder_is_the_file_that_it_names(folder: Path) -> None:
    """Build tools make some."""
    (folder / "copy.txt").symlink_to("robots.txt")
    items = {item.key: item.sha256 for item in read(folder, "r2").items}
    assert items["releases/r2/copy.txt"] == items["releases/r2/robots.txt"]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (".env", ".env is hidden (.env) and belongs to no site"),
        (".git/config", ".git/config is hidden (.git)"),
        ("releases/r1/index.html", "the edge answers 404 to /releases/"),
        ("releases", "the edge answers 404 to /releases/"),
        ("a\\b.html", "has a name that the edge answers with 404"),
        ("100%25.html", "has a name that the edge answers with 404"),
        ("a\nb.html", "has a name that the edge answers with 404"),
        (f"{'d' * 200}/{'d' * 200}/{'d' * 200}/{'d' * 200}/{'d' * 200}/{'d' * 40}.txt", "bytes with its release, and S3 takes 1024"),
    ],
)
def test_a_file_that_nobody_should_or_could_see_is_named(folder: Path, name: str, told: str) -> None:
    """With the reason, and before anything is sent."""
    write(folder, name)
    assert told in refusal(folder)


def test_well_known_files_are_no_hidden_ones(folder: Path) -> None:
    """Their address begins with a dot by RFC 8615."""
    write(folder, ".well-known/security.txt")
    assert "releases/r2/.well-known/security.txt" in [item.key for item in read(folder, "r2").items]


def test_a_folder_that_is_none_is_named(tmp_path: Path) -> None:
    """A slip of the path, or a build that was forgotten."""
    assert "is no folder. Build the site first" in refusal(tmp_path / "dist")
    assert "is no folder" in refusal(write(tmp_path, "file"))


def test_an_empty_folder_and_one_without_a_page_are_named(tmp_path: Path) -> None:
    """Somebody named the folder above, or below."""
    (tmp_path / "dist").mkdir()
    assert "it is empty" in refusal(tmp_path / "dist")
    write(tmp_path, "dist/robots.txt")
    assert "index.html is missing: it is what users see first" in refusal(tmp_path / "dist")


def test_links_that_lead_out_are_named(folder: Path, tmp_path: Path) -> None:
    """What they lead to was never meant to be public."""
    (folder / "passwd.txt").symlink_to("/etc/passwd")
    (folder / "above").symlink_to(tmp_path)
    (folder / "gone.txt").symlink_to("nowhere.txt")
    told = refusal(folder)
    assert "passwd.txt is a link that leads out of the folder" in told
    assert "above is a link to a folder" in told
    assert "gone.txt cannot be read: No such file or directory" in told
    assert "3 problems" in told


def test_what_is_no_file_is_named(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A socket or pipe that something left there would be waited for without end."""
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as left:
        left.bind("dist/s.sock")
    os.mkfifo(folder / "pipe.txt")
    told = refusal(folder)
    assert "s.sock is no file" in told
    assert "pipe.txt is no file" in told


def test_what_cannot_be_read_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of another user's."""

    def denied(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.open", denied)
    assert "robots.txt cannot be read: Permission denied" in refusal(folder)


def test_a_name_that_is_no_text_is_named(folder: Path) -> None:
    """S3 takes UTF-8 alone."""
    (folder / os.fsdecode(b"\xff.txt")).write_bytes(b"x")
    assert "\\udcff.txt has a name that is no UTF-8" in refusal(folder)


def test_many_problems_are_counted_and_some_shown(folder: Path) -> None:
    """A list that scrolls away helps nobody."""
    for number in range(30):
        write(folder, f".hidden-{number}")
    told = refusal(folder)
    assert "30 problems" in told
    assert "and 20 more" in told


@pytest.mark.parametrize("release", ["", "-r", ".r", "a/b", "a b", "x" * 65, "r\n", "ü"])
def test_an_id_that_is_no_folder_s_name_is_refused(folder: Path, release: str) -> None:
    """It becomes a part of each path."""
    assert f"{release!r} is no release id: it must be 1 to 64 letters" in refusal(folder, release)


@given(st.from_regex(RELEASE, fullmatch=True))
def test_every_id_that_settings_take_is_taken(release: str) -> None:
    """The two have one pattern."""
    check_id(release)
    assert "/" not in release


@pytest.mark.parametrize(
    ("name", "type_"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("a.css", "text/css; charset=utf-8"),
        ("a.js", "text/javascript; charset=utf-8"),
        ("A.MJS", "text/javascript; charset=utf-8"),
        ("a.wasm", "application/wasm"),
        ("app.webmanifest", "application/manifest+json"),
        ("a.avif", "image/avif"),
        ("a.woff2", "font/woff2"),
        ("a.svg", "image/svg+xml"),
        ("a.json", "application/json"),
        ("robots.txt", "text/plain; charset=utf-8"),
        ("a.tar.gz", "application/octet-stream"),
        ("LICENSE", "application/octet-stream"),
    ],
)
def test_a_type_is_known_by_the_name(name: str, type_: str) -> None:
    """On each machine alike."""
    assert content_type(name) == type_


def test_only_assets_are_kept_by_browsers() -> None:
    """Their names change with their content; the edge may keep what lies under a release."""
    assert cache_control("assets/a.js") == FOR_EVER == "public, max-age=31536000, immutable"
    assert cache_control("releases/r1/index.html") == AT_THE_EDGE == "public, max-age=0, must-revalidate, s-maxage=31536000"
    assert cache_control("releases/r1/assets/a.js") == AT_THE_EDGE
