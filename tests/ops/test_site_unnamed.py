"""Assets that no release needs: kept for thirty days, and never removed while one is named."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.errors import Exit
from ops.site.bucket import Bucket, Listed
from ops.site.unnamed import KEPT, LEDGER, sorted_out, tidy
from tests.ops.conftest import Run
from tests.ops.stand_in import StandIn

NOW = datetime(2026, 6, 1, tzinfo=UTC)
LATER = datetime(2100, 1, 1, tzinfo=UTC)
"""Long after the emulator has taken any object."""

ASSETS = st.sampled_from([f"assets/{letter}.js" for letter in "abcdef"])
TIMES = st.integers(-90, 0).map(lambda days: NOW + timedelta(days=days))


@given(st.dictionaries(ASSETS, TIMES), st.sets(ASSETS), st.dictionaries(ASSETS, TIMES))
def test_an_asset_goes_after_thirty_days_without_a_name(
    modified: dict[str, datetime], named: set[str], ledger: dict[str, datetime]
) -> None:
    """Whatever the ledger says: never one that is named, never one that was not noted, never one that was sent since."""
    assets = {key: Listed(1, when) for key, when in modified.items()}
    expired, noted = sorted_out(assets, named, ledger, NOW)
    assert expired.keys().isdisjoint(named)
    assert expired.keys().isdisjoint(noted)
    assert expired.keys() | noted.keys() == assets.keys() - named
    for key in expired:
        assert ledger[key] <= NOW - KEPT
        assert modified[key] <= NOW - KEPT
    for key in noted.keys() & ledger.keys():
        assert noted[key] == max(ledger[key], modified[key]) > NOW - KEPT
    for key in noted.keys() - ledger.keys():
        assert noted[key] == NOW


def put(stack: StandIn, key: str, body: str = "x") -> None:
    """Put an object into the bucket."""
    stack.cloud.client("s3").put_object(Bucket=stack.cloud.site["bucket"], Key=key, Body=body.encode())


def manifest(stack: StandIn, release: str, *assets: str) -> None:
    """Write a release's manifest."""
    objects = {asset: {"sha256": "0" * 64, "size": 1} for asset in assets}
    put(stack, f"manifests/{release}.json", json.dumps({"release": release, "objects": objects}))


def ledger(stack: StandIn) -> dict[str, str]:
    """What is noted."""
    noted: dict[str, str] = json.loads(Bucket(stack).text(LEDGER) or "{}")
    return noted


def test_thirty_days_pass_between_the_last_name_and_the_end(stack: StandIn) -> None:
    """Noted at first, left alone on the way, then removed; and only assets ever are."""
    for asset in ("assets/old.js", "assets/new.js"):
        put(stack, asset)
    manifest(stack, "r1", "assets/old.js")
    manifest(stack, "r2", "assets/new.js")
    before = set(stack.cloud.objects())
    tidy(Bucket(stack), ["r1", "r2"], LATER)
    assert ledger(stack) == {}
    tidy(Bucket(stack), ["r2"], LATER)
    assert ledger(stack) == {"assets/old.js": LATER.isoformat()}
    tidy(Bucket(stack), ["r2"], LATER + KEPT - timedelta(seconds=1))
    assert set(stack.cloud.objects()) == before | {LEDGER}
    tidy(Bucket(stack), ["r2"], LATER + KEPT)
    assert set(stack.cloud.objects()) == before - {"assets/old.js"} | {LEDGER}
    assert ledger(stack) == {}


def test_an_asset_that_is_named_again_begins_anew(stack: StandIn) -> None:
    """Its thirty days count from when it was last named."""
    put(stack, "assets/a.js")
    manifest(stack, "r1", "assets/a.js")
    manifest(stack, "r2")
    tidy(Bucket(stack), ["r2"], LATER)
    tidy(Bucket(stack), ["r1", "r2"], LATER + KEPT)
    tidy(Bucket(stack), ["r2"], LATER + KEPT + timedelta(days=1))
    assert ledger(stack) == {"assets/a.js": (LATER + KEPT + timedelta(days=1)).isoformat()}
    assert stack.cloud.objects("assets/") == ["assets/a.js"]


@pytest.mark.parametrize("body", [None, "{", '{"release": "r2"}'])
def test_a_manifest_that_cannot_be_read_keeps_everything(stack: StandIn, capsys: pytest.CaptureFixture[str], body: str | None) -> None:
    """And that is said: nobody knows what the release needs."""
    put(stack, "assets/a.js")
    put(stack, LEDGER, json.dumps({"assets/a.js": "2000-01-01T00:00:00+00:00"}))
    manifest(stack, "r1")
    if body is not None:
        put(stack, "manifests/r2.json", body)
    tidy(Bucket(stack), ["r1", "r2"], LATER)
    assert stack.cloud.objects("assets/") == ["assets/a.js"]
    assert "site: no asset was removed, since nobody can say what is needed: manifests/r2.json is " in capsys.readouterr().err


@pytest.mark.parametrize("body", ["{", "[]", '{"assets/a.js": 3}', '{"assets/a.js": "yesterday"}'])
def test_a_ledger_that_cannot_be_read_begins_anew(stack: StandIn, capsys: pytest.CaptureFixture[str], body: str) -> None:
    """That keeps assets longer, and loses none."""
    put(stack, "assets/a.js")
    put(stack, LEDGER, body)
    manifest(stack, "r1")
    tidy(Bucket(stack), ["r1"], LATER)
    assert ledger(stack) == {"assets/a.js": LATER.isoformat()}
    assert f"site: {LEDGER} cannot be read and begins anew" in capsys.readouterr().err


def test_what_s3_does_not_let_go_stays_noted(stack: StandIn, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The next release tries again."""
    put(stack, "assets/a.js")
    put(stack, LEDGER, json.dumps({"assets/a.js": LATER.isoformat()}))
    manifest(stack, "r1")
    answer = {"Errors": [{"Key": "assets/a.js", "Code": "AccessDenied", "Message": "Access Denied"}]}
    monkeypatch.setattr(stack.cloud.client("s3"), "delete_objects", lambda **_: answer)
    tidy(Bucket(stack), ["r1"], LATER + KEPT)
    assert ledger(stack) == {"assets/a.js": LATER.isoformat()}
    assert "site: assets/a.js could not be removed: Access Denied" in capsys.readouterr().err


def test_a_release_looks_after_what_config_and_the_edge_name(stack: StandIn, run: Run) -> None:
    """What somebody shows by hand is needed too; and no asset is removed while that is not known."""
    put(stack, "assets/by-hand.js")
    put(stack, "assets/nobodys.js")
    put(stack, LEDGER, json.dumps(dict.fromkeys(("assets/by-hand.js", "assets/nobodys.js"), "2000-01-01T00:00:00+00:00")))
    manifest(stack, "r9", "assets/by-hand.js")
    stack.cloud.show(stack.cloud.shown().replace('"canary":"release-1"', '"canary":"r9"'))
    assert run("release", "site", "--id", "release-1").exit_code == Exit.DONE
    assert sorted(ledger(stack)) == ["assets/nobodys.js"]
    stack.cloud.show("{")
    result = run("release", "site", "--id", "release-1")
    assert "no asset was removed, since nobody can read what the edge shows" in result.stderr
