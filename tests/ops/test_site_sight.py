"""What `status`, `verify`, `history` and `up` say of the site."""

import json
from collections.abc import Mapping

import pytest

from components.edge import TRAFFIC_KEY
from ops import edge_store
from ops.errors import BadInputError, Exit
from tests.ops.conftest import Run
from tests.ops.stand_in import StandIn
from tests.ops.test_history import ALICE, update
from tests.ops.test_site_flip import complete, waiting


def cells(text: str) -> list[list[str]]:
    """The rows of all tables."""
    return [[cell.strip() for cell in line.split("│")] for line in text.splitlines() if "│" in line]


def checks(run: Run, exit_code: Exit) -> Mapping[tuple[str, str], tuple[str, str]]:
    """What `verify` finds of the site."""
    result = run("verify", "--json")
    assert result.exit_code == exit_code, result.stderr
    found = {(each["check"], each["of"]): (each["verdict"], each["told"]) for each in json.loads(result.stdout)}
    return {key: told for key, told in found.items() if key[1].startswith("site")}


def test_status_shows_each_release_by_the_edge_s_own_word(stack: StandIn, run: Run) -> None:
    """And what is not committed yet."""
    waiting(stack, percent=10, previous="r0")
    stack.past = [update(3, f"shift site: 10 % to r2, by {ALICE}"), update(2, "promote api: green is live")]
    result = run("status")
    lines = cells(result.stdout)
    assert ["live", "release-1", "90 %"] in lines
    assert ["canary", "r2", "10 %"] in lines
    assert ["previous", "r0", ""] in lines
    assert "last change of site: shift site: 10 % to r2, by deploy/alice" in result.stdout
    assert "! site: the committed file says percent 0 %, AWS 10 %: commit it" in result.stderr
    assert "config gives" not in result.stderr


def test_status_tells_what_was_moved_by_hand(stack: StandIn, run: Run) -> None:
    """Config and the committed file say one thing, the edge another."""
    stack.cloud.show(stack.cloud.shown().replace('"live":"release-1"', '"live":"r9"'))
    result = run("status")
    assert ["live", "r9", "100 %"] in cells(result.stdout)
    assert "! site: config gives live release-1, AWS r9" in result.stderr


def test_status_has_the_site_for_programs_too(stack: StandIn, run: Run) -> None:
    """Rows of their own, after those of the services."""
    waiting(stack, percent=10)
    rows = [row for row in json.loads(run("status", "--json").stdout) if row["service"] == "site"]
    wanted = {"service": "site", "role": "canary", "release": "r2", "percent": 10, "config_percent": 10, "committed_percent": 0}
    assert [row["role"] for row in rows] == ["live", "canary"]
    assert {name: rows[1][name] for name in wanted} == wanted
    assert rows[1]["findings"] == [f"site: the committed file says {words}: commit it" for words in said(rows[1]["findings"])]


def said(findings: list[str]) -> list[str]:
    """The middle of each finding."""
    return [finding.removeprefix("site: the committed file says ").removesuffix(": commit it") for finding in findings]


@pytest.mark.parametrize("value", ["{", "[]", '{"live": "r1"}'])
def test_a_key_that_nobody_can_read_is_told_and_hides_nothing(stack: StandIn, run: Run, value: str) -> None:
    """Not by `status`, and not by `verify`."""
    stack.cloud.show(value)
    result = run("status")
    assert result.exit_code == Exit.DONE
    assert "api" in result.stdout
    assert "holds what nobody can read, the edge neither" in result.stderr
    assert checks(run, Exit.FAILED)["traffic key", "site"] == ("failed", "its value is what nobody can read, the edge neither")


def test_a_key_that_is_gone_is_told(stack: StandIn, run: Run) -> None:
    """Somebody deleted it: the edge answers 503."""
    stores, store = stack.cloud.client("cloudfront-keyvaluestore"), stack.cloud.site["store"]
    value = stack.cloud.shown()
    stores.delete_key(KvsARN=store, Key=TRAFFIC_KEY, IfMatch=stores.describe_key_value_store(KvsARN=store)["ETag"])
    try:
        assert "what users see of the site cannot be read" in run("status").stderr
        verdict, told = checks(run, Exit.FAILED)["traffic key", "site"]
    finally:
        stack.cloud.show(value)
    assert verdict == "failed"
    assert "There is no key traffic" in told


def test_verify_holds_the_key_and_each_release(stack: StandIn, run: Run) -> None:
    """Against config, and against each manifest."""
    waiting(stack, percent=10, previous="r0")
    assert checks(run, Exit.DONE) == {
        ("traffic key", "site"): ("passed", "release-1 90 % / r2 10 %"),
        ("live release", "site"): ("passed", "release-1: 1 file, all there"),
        ("canary release", "site"): ("passed", "r2: 1 file, all there"),
        ("previous release", "site"): ("passed", "r0: 1 file, all there"),
    }


def test_verify_names_what_differs(stack: StandIn, run: Run) -> None:
    """The key's words, and the first object of each release that is not as it should be."""
    waiting(stack, percent=10, previous="r0")
    s3, bucket = stack.cloud.client("s3"), stack.cloud.site["bucket"]
    s3.put_object(Bucket=bucket, Key="releases/r2/index.html", Body=b"longer")
    s3.delete_object(Bucket=bucket, Key="releases/r0/index.html")
    stack.cloud.show(stack.cloud.shown().replace('"percent":10', '"percent":20').replace("false", "true"))
    found = checks(run, Exit.FAILED)
    assert found["traffic key", "site"] == ("failed", "percent: config 10 %, AWS 20 %; single_page: config off, AWS on")
    assert found["canary release", "site"] == ("failed", "r2: releases/r2/index.html has 6 bytes instead of 1")
    assert found["previous release", "site"] == ("failed", "r0: releases/r0/index.html is missing")


def test_a_site_that_is_not_up_is_told(stack: StandIn, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the command that brings it."""
    monkeypatch.setattr(type(stack), "outputs", {"services": stack.outputs["services"]})
    assert "! the site is in config and not up yet: `switchyard up -s staging`" in run("status").stderr
    assert checks(run, Exit.FAILED) == {("site", "site"): ("failed", "in config and not up yet: `switchyard up -s staging`")}
    with pytest.raises(BadInputError, match="The stack staging has no site yet"):
        edge_store.read(stack, TRAFFIC_KEY)


def test_the_edge_s_value_is_read_as_it_is(stack: StandIn) -> None:
    """For whoever else needs it: the emergency measures."""
    assert edge_store.read(stack, TRAFFIC_KEY) == stack.cloud.shown()


def test_up_moves_no_users_by_itself(stack: StandIn, run: Run) -> None:
    """A pipeline on an older commit cannot undo a rollback."""
    complete(stack, "r2")
    stack.target.file.edit({"site.live": "r2"})
    result = run("up")
    assert result.exit_code == Exit.REFUSED
    assert "site: release-1 100 -> r2 100" in result.stderr
    assert stack.applied == []
