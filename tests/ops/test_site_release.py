"""`switchyard release site`: a built site in the bucket, sent once, resumed after a failure, never overwritten."""

import json
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ops.errors import EngineError, Exit
from ops.site.bucket import Bucket
from ops.site.build import Build, read
from ops.site.upload import manifest_of, upload
from tests.ops.conftest import Run
from tests.ops.stand_in import StandIn, step_of

FILES = {"index.html": "<!doctype html>", "assets/app.0a1b.js": "let a", "robots.txt": "User-agent: *", "about/index.html": "<p>"}


def built(folder: Path, **changes: str | None) -> Path:
    """Build a site; a change is a file's other text, or None to leave it out."""
    for name, text in {**FILES, **{name.replace("__", "/").replace("_", "."): text for name, text in changes.items()}}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        if text is not None:
            path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    """Build the site."""
    return built(tmp_path / "dist")


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note what is sent."""
    keys: list[str] = []
    send = Bucket.send

    def noted(bucket: Bucket, item: Any) -> None:
        keys.append(item.key)
        send(bucket, item)

    monkeypatch.setattr(Bucket, "send", noted)
    return keys


def release(run: Run, folder: Path, id_: str = "r2") -> Any:
    """Release a folder."""
    return run("release", "site", "--from", str(folder), "--id", id_)


def head(stack: StandIn, key: str) -> Any:
    """An object's headers."""
    return stack.cloud.client("s3").head_object(Bucket=stack.cloud.site["bucket"], Key=key)


def test_a_release_is_sent_and_waits_as_canary(stack: StandIn, run: Run, dist: Path, sent: list[str]) -> None:
    """Assets first, pages last, the manifest after them; then one key at the edge; no user sees it."""
    result = release(run, dist)
    assert result.exit_code == Exit.DONE, result.stderr
    assert sent[:2] == ["assets/app.0a1b.js", "releases/r2/robots.txt"]
    assert sorted(sent[2:]) == ["releases/r2/about/index.html", "releases/r2/index.html"]
    manifest = json.loads(Bucket(stack).text("manifests/r2.json") or "")
    assert manifest["release"] == "r2"
    assert manifest["objects"].keys() == set(sent)
    assert manifest["objects"]["releases/r2/robots.txt"]["size"] == len(FILES["robots.txt"])
    canary = stack.target.file.settings().site.canary
    assert canary
    assert (canary.release, canary.percent) == ("r2", 0)
    assert stack.applied == [["routing-traffic"]]
    assert json.loads(stack.cloud.shown())["canary"] == "r2"
    assert "✓ site: r2 is in the bucket: 4 files, 4 of them sent" in result.stdout
    assert "✓ site: r2 waits as canary; no user sees it yet" in result.stdout
    assert 'git commit -m "release site: r2" Pulumi.staging.yaml' in result.stdout
    assert "switchyard release site --id release-1 -s staging\n" in result.stdout
    assert "switchyard shift site 10 -s staging\n" in result.stdout


def test_objects_have_their_types_and_their_times(stack: StandIn, run: Run, dist: Path) -> None:
    """What the browser and the edge are told, and the checksum by which a second upload knows them."""
    release(run, dist)
    page, asset = head(stack, "releases/r2/index.html"), head(stack, "assets/app.0a1b.js")
    assert (page["ContentType"], asset["ContentType"]) == ("text/html; charset=utf-8", "text/javascript; charset=utf-8")
    assert (page["CacheControl"], asset["CacheControl"]) == (
        "public, max-age=0, must-revalidate, s-maxage=31536000",
        "public, max-age=31536000, immutable",
    )
    assert len(page["Metadata"]["sha256"]) == 64


def test_the_same_again_sends_nothing(stack: StandIn, run: Run, dist: Path, sent: list[str]) -> None:
    """And says so."""
    release(run, dist)
    sent.clear()
    stack.applied.clear()
    result = release(run, dist)
    assert result.exit_code == Exit.DONE
    assert "✓ site: r2 was in the bucket already, 4 files of the same content: nothing was sent" in result.stdout
    assert (sent, stack.applied) == ([], [])
    assert "git commit" not in result.stdout


def test_the_next_release_sends_what_is_new(run: Run, dist: Path, sent: list[str]) -> None:
    """Assets that did not change are shared."""
    release(run, dist)
    sent.clear()
    assert release(run, built(dist, assets__next_ff_js="b"), "r3").exit_code == Exit.DONE
    assert "assets/app.0a1b.js" not in sent
    assert "assets/next.ff.js" in sent


def test_what_is_lost_is_sent_again(stack: StandIn, run: Run, dist: Path, sent: list[str]) -> None:
    """Somebody deleted an object of a complete release."""
    release(run, dist)
    sent.clear()
    stack.cloud.client("s3").delete_object(Bucket=stack.cloud.site["bucket"], Key="releases/r2/robots.txt")
    result = run("release", "site", "--id", "r2")
    assert result.exit_code == Exit.REFUSED
    assert "site: r2 is not complete in the bucket: releases/r2/robots.txt is missing." in result.stderr
    assert release(run, dist).exit_code == Exit.DONE
    assert sent == ["releases/r2/robots.txt"]


def test_a_release_that_is_there_needs_no_folder(stack: StandIn, run: Run, dist: Path) -> None:
    """The way to any older release."""
    release(run, dist)
    release(run, dist, "r3")
    result = run("release", "site", "--id", "r2")
    assert result.exit_code == Exit.DONE
    canary = stack.target.file.settings().site.canary
    assert canary
    assert canary.release == "r2"
    assert "switchyard release site --id r3 -s staging\n" in result.stdout
    missing = run("release", "site", "--id", "r9")
    assert "manifests/r9.json is missing: its upload has not ended, or never began" in missing.stderr
    assert "`switchyard release site --from DIR --id r9 -s staging` sends what is missing." in missing.stderr


def test_a_release_is_never_overwritten(stack: StandIn, run: Run, dist: Path, sent: list[str]) -> None:
    """Another build of the same id is refused before anything is sent, with what differs."""
    release(run, dist)
    sent.clear()
    result = release(run, built(dist, robots_txt="Disallow: /", new_txt="n"))
    assert result.exit_code == Exit.REFUSED
    assert "The release r2 is in the bucket with other content (manifests/r2.json); nothing was sent." in result.stderr
    assert "  releases/r2/new.txt\n  releases/r2/robots.txt" in result.stderr
    assert "build again and take another --id" in result.stderr
    assert sent == []
    assert len(head(stack, "releases/r2/robots.txt")["ETag"]) > 0


def test_an_asset_without_a_hash_in_its_name_is_found_out(run: Run, dist: Path, sent: list[str]) -> None:
    """Browsers would go on with the old one for a year."""
    release(run, dist)
    sent.clear()
    result = release(run, built(dist, assets__app_0a1b_js="let b"), "r3")
    assert result.exit_code == Exit.REFUSED
    assert "assets of these names with other content" in result.stderr
    assert "  assets/app.0a1b.js" in result.stderr
    assert "Their names hold no hash of their content" in result.stderr
    assert sent == []


def test_what_another_upload_left_is_not_taken_for_a_part(stack: StandIn, run: Run, dist: Path, sent: list[str]) -> None:
    """It would be served, and nobody has built it."""
    stack.cloud.client("s3").put_object(Bucket=stack.cloud.site["bucket"], Key="releases/r2/old.html", Body=b"old")
    result = release(run, dist)
    assert result.exit_code == Exit.REFUSED
    assert "An upload of another build began as r2" in result.stderr
    assert "  releases/r2/old.html" in result.stderr
    assert sent == []


def test_a_manifest_that_nobody_can_read_is_not_overwritten(stack: StandIn, run: Run, dist: Path, sent: list[str]) -> None:
    """What it stood for may be live."""
    for body in (b"{}", b"\xff", b"<html>"):
        stack.cloud.client("s3").put_object(Bucket=stack.cloud.site["bucket"], Key="manifests/r2.json", Body=body)
        result = release(run, dist)
        assert result.exit_code == Exit.REFUSED
        assert "manifests/r2.json is no " in result.stderr
    assert sent == []


def test_two_at_once_make_one_release(stack: StandIn, dist: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever writes the manifest second learns it: the same content is fine, other content is not."""
    bucket, build = Bucket(stack), read(dist, "r2")
    upload(bucket, build)
    assert not bucket.publish(manifest_of(build))
    monkeypatch.setattr("ops.site.upload._known", lambda *_: False)
    assert upload(bucket, build) == 0
    with pytest.raises(Exception, match="completed by somebody else meanwhile"):
        upload(bucket, read(built(dist, new_txt="n"), "r2"))


def test_a_canary_with_users_is_left_alone(run: Run, dist: Path, sent: list[str]) -> None:
    """There is one canary at a time."""
    release(run, dist)
    assert run("shift", "site", "10").exit_code == Exit.DONE
    sent.clear()
    result = release(run, dist, "r3")
    assert result.exit_code == Exit.REFUSED
    assert "site: r2 is shown to 10 % of the users as canary, and there is one canary at a time." in result.stderr
    assert "`switchyard promote site -s staging`, or rollback" in result.stderr
    assert sent == []


def test_the_live_release_may_be_brought_and_config_stays(stack: StandIn, run: Run, dist: Path) -> None:
    """The first one of all: config names it before it is there."""
    stack.cloud.client("s3").delete_object(Bucket=stack.cloud.site["bucket"], Key="manifests/release-1.json")
    before = stack.target.file.path.read_text(encoding="utf-8")
    result = release(run, dist, "release-1")
    assert result.exit_code == Exit.DONE, result.stderr
    assert "✓ site: release-1 is live already, so that config stays as it is" in result.stdout
    assert stack.target.file.path.read_text(encoding="utf-8") == before
    assert stack.previews == []


def test_what_else_is_pending_leaves_the_upload_and_nothing_more(stack: StandIn, run: Run, dist: Path, sent: list[str]) -> None:
    """The same command goes on once it is applied."""
    stack.beside = [step_of("aws:ec2/launchTemplate:LaunchTemplate", "web-blue-boot", ("imageId",))]
    before = stack.target.file.path.read_text(encoding="utf-8")
    result = release(run, dist)
    assert result.exit_code == Exit.REFUSED
    assert len(sent) == 4
    assert stack.target.file.path.read_text(encoding="utf-8") == before


def test_files_that_nobody_can_fetch_are_told(run: Run, dist: Path) -> None:
    """The edge takes an address without a dot for a folder."""
    (dist / "LICENSE").write_text("free", encoding="utf-8")
    result = release(run, dist)
    assert result.exit_code == Exit.DONE
    assert "! site: nobody can fetch 1 file without a dot in the name (LICENSE)" in result.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("site",), "A release of the site needs an id"),
        (("site", "--id", "a/b"), "'a/b' is no release id: it must be 1 to 64 letters"),
        (("site", "--id", "r2", "--from", "nowhere"), "nowhere is no folder."),
        (("site", "--id", "r2", "--image", "x"), "A release of the site is files and an id: --image says nothing of it."),
        (("site", "--irreversible", "--ami", "x"), "--ami, --irreversible say nothing of it."),
        (("api", "--id", "r2", "--from", "dist"), "A release of the service api is an image and an AMI: --from, --id say nothing of it."),
        (("api",), "A release needs an image, an AMI or a boot template."),
    ],
)
def test_bad_words_are_told(stack: StandIn, run: Run, words: tuple[str, ...], told: str) -> None:
    """As someone tired would read it; nothing is touched."""
    result = run("release", *words)
    assert result.exit_code == Exit.BAD_INPUT
    assert told in result.stderr
    assert stack.previews == []


def test_a_file_that_goes_while_it_is_sent_is_told(stack: StandIn, dist: Path) -> None:
    """A build that runs meanwhile."""
    build = read(dist, "r2")
    (dist / "robots.txt").unlink()
    with pytest.raises(EngineError, match=r"robots.txt cannot be read any more: No such file"):
        upload(Bucket(stack), build)


@pytest.fixture
def build(dist: Path) -> Build:
    """Read the site, to go into an empty bucket."""
    return read(dist, "r2")


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(failing=st.lists(st.integers(0, 3), max_size=3))
def test_an_upload_that_fails_anywhere_goes_on(stack: StandIn, build: Build, failing: list[int]) -> None:
    """After any failures the release is complete, each object was sent once, and no page came before what it refers to."""
    stack.cloud.reset(stack.target.file.settings())
    arrived: list[str] = []
    send = Bucket.send

    class Flaky(Bucket):
        """Loses the network at one object."""

        def send(self, item: Any) -> None:
            if item is build.items[lost]:
                raise EndpointConnectionError(endpoint_url="https://s3")
            send(self, item)
            arrived.append(item.key)

    for lost in failing:
        if build.items[lost].key not in arrived:
            with pytest.raises(EngineError, match="could not be sent: AWS does not answer"):
                upload(Flaky(stack), build)
            assert list(Bucket(stack).gaps("r2"))
    lost = -1
    upload(Bucket(stack), build)
    assert list(Bucket(stack).gaps("r2")) == []
    assert len(arrived) == len(set(arrived))
    pages = [item.key for item in build.items if item.is_page]
    assert all(stack.cloud.objects(item.key) for item in build.items)
    assert set(arrived[: len(arrived) - len([key for key in arrived if key in pages])]).isdisjoint(pages)
