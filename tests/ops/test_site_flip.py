"""The site shifted, promoted and rolled back by the commands that do it to services."""

import json
from contextlib import nullcontext

import pytest
from botocore.exceptions import EndpointConnectionError

from ops.change import undrifted
from ops.errors import EngineError, Exit
from ops.site.flip import SiteFlip
from settings_site import Site
from tests.ops.conftest import Run
from tests.ops.stand_in import StandIn, step_of

TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate"


def complete(stack: StandIn, *releases: str) -> None:
    """Put releases of one page into the bucket, as an upload leaves them."""
    s3, bucket = stack.cloud.client("s3"), stack.cloud.site["bucket"]
    for release in releases:
        key = f"releases/{release}/index.html"
        s3.put_object(Bucket=bucket, Key=key, Body=b"x")
        manifest = {"release": release, "objects": {key: {"sha256": "0" * 64, "size": 1}}}
        s3.put_object(Bucket=bucket, Key=f"manifests/{release}.json", Body=json.dumps(manifest))


def waiting(stack: StandIn, release: str = "r2", *, percent: int = 0, previous: str | None = None) -> None:
    """Let a release that is complete wait as canary, or be one, in config and at the edge."""
    complete(stack, release, *([previous] if previous else []))
    keys = {"site.canary.release": release, "site.canary.percent": percent, "site.previous": previous}
    stack.target.file.edit(keys)
    stack.cloud.reset(stack.target.file.settings())
    complete(stack, release, *([previous] if previous else []))


def site(stack: StandIn) -> Site:
    """The section of config."""
    return stack.target.file.settings().site


def seen(stack: StandIn) -> tuple[str, str, int, str]:
    """What the edge reads: live, canary, percent, previous."""
    told = json.loads(stack.cloud.shown())
    return told["live"], told["canary"], told["percent"], told["previous"]


def test_shift_moves_a_share_of_the_users_and_nothing_else(stack: StandIn, run: Run) -> None:
    """One word of config, one key at the edge; diff, commit and way back are printed."""
    waiting(stack)
    before = stack.target.file.path.read_text(encoding="utf-8")
    result = run("shift", "site", "10")
    assert result.exit_code == Exit.DONE, result.stderr
    assert stack.target.file.path.read_text(encoding="utf-8") == before.replace("release: r2, percent: 0", "release: r2, percent: 10")
    assert stack.applied == [["routing-traffic"]]
    assert seen(stack) == ("release-1", "r2", 10, "")
    assert "✓ site: 90 % of the users see release-1, 10 % r2" in result.stdout
    assert 'git commit -m "shift site: 10 % to r2" Pulumi.staging.yaml' in result.stdout
    assert "switchyard rollback site -s staging\n" in result.stdout


def test_a_smaller_share_is_undone_by_the_one_before(stack: StandIn, run: Run) -> None:
    """As of services."""
    waiting(stack, percent=30)
    result = run("shift", "site", "10")
    assert seen(stack) == ("release-1", "r2", 10, "")
    assert "switchyard shift site 30 -s staging\n" in result.stdout


def test_promote_makes_the_canary_live_and_remembers(stack: StandIn, run: Run) -> None:
    """A second promotion has nothing to do; a rollback returns, and a second one says that there is nothing."""
    waiting(stack, percent=10)
    assert run("promote", "site").exit_code == Exit.DONE
    assert (site(stack).live, site(stack).previous) == ("r2", "release-1")
    assert seen(stack) == ("r2", "r2", 0, "release-1")
    again = run("promote", "site")
    assert again.exit_code == Exit.REFUSED
    assert "site: nothing to promote: r2 is live, and no other release waits as canary." in again.stderr
    back = run("rollback", "site")
    assert back.exit_code == Exit.DONE
    assert "✓ site: release-1 takes all traffic again" in back.stdout
    assert "switchyard promote site -s staging\n" in back.stdout
    assert seen(stack) == ("release-1", "r2", 0, "")
    assert stack.applied == [["routing-traffic"], ["routing-traffic"]]
    nothing = run("rollback", "site")
    assert nothing.exit_code == Exit.REFUSED
    assert "site: nothing to roll back to: no canary takes users, and no release was live before." in nothing.stderr


def test_rollback_ends_a_canary_first_and_forgets_previous(stack: StandIn, run: Run) -> None:
    """Live stays: what hurts is the canary."""
    waiting(stack, "r3", percent=20, previous="r0")
    result = run("rollback", "site")
    assert result.exit_code == Exit.DONE
    assert (site(stack).live, site(stack).previous) == ("release-1", None)
    assert seen(stack) == ("release-1", "r3", 0, "")
    assert "switchyard shift site 20 -s staging\n" in result.stdout


def test_rollback_names_the_release_that_it_leaves_when_another_waits(stack: StandIn, run: Run) -> None:
    """`promote` alone would go to the one that waits now."""
    waiting(stack, "r3", previous="r0")
    result = run("rollback", "site")
    assert "switchyard release site --id release-1 -s staging\n" in result.stdout
    assert seen(stack) == ("r0", "r3", 0, "")


def test_rollback_of_all_takes_the_site_along(stack: StandIn, run: Run) -> None:
    """In one update; services with nothing to return to are skipped."""
    waiting(stack, percent=10)
    assert run("shift", "api", "10").exit_code == Exit.DONE
    stack.applied.clear()
    result = run("rollback", "--all")
    assert result.exit_code == Exit.DONE
    assert sorted(stack.applied[0]) == ["api-traffic", "routing-traffic"]
    assert "skipped, with nothing to roll back to: web" in result.stderr
    assert 'git commit -m "rollback api, site"' in result.stdout


@pytest.mark.parametrize("words", [("shift", "site", "5"), ("promote", "site")], ids=" ".join)
def test_without_a_release_that_waits_there_is_nothing_to_do(stack: StandIn, run: Run, words: tuple[str, ...]) -> None:
    """The canary is missing, or names the live release; the message says what brings one."""
    for canary in ({"release": "release-1", "percent": 0}, None):
        stack.target.file.edit({"site.canary": canary})
        result = run(*words)
        assert result.exit_code == Exit.REFUSED
        assert "site: nothing to " in result.stderr
        assert "`switchyard release site --from DIR --id ID -s staging` brings one." in result.stderr
    assert stack.previews == []


@pytest.mark.parametrize("words", [("shift", "site", "5"), ("promote", "site")], ids=" ".join)
def test_a_release_that_is_not_complete_gains_no_users(stack: StandIn, run: Run, words: tuple[str, ...]) -> None:
    """Nothing is edited or previewed; what is missing is named."""
    waiting(stack)
    stack.cloud.client("s3").delete_object(Bucket=stack.cloud.site["bucket"], Key="releases/r2/index.html")
    before = stack.target.file.path.read_text(encoding="utf-8")
    result = run(*words)
    assert result.exit_code == Exit.REFUSED
    assert "site: r2 is not complete in the bucket; nothing was changed.\n  releases/r2/index.html is missing" in result.stderr
    assert "`switchyard release site --from DIR --id r2 -s staging` sends what is missing." in result.stderr
    assert stack.target.file.path.read_text(encoding="utf-8") == before
    assert stack.previews == []


def test_an_upload_that_has_not_ended_is_no_release(stack: StandIn, run: Run) -> None:
    """Its manifest comes last."""
    waiting(stack)
    stack.cloud.client("s3").delete_object(Bucket=stack.cloud.site["bucket"], Key="manifests/r2.json")
    assert "manifests/r2.json is missing: its upload has not ended, or never began" in run("promote", "site").stderr


def test_rollback_to_what_is_not_complete_needs_force(stack: StandIn, run: Run) -> None:
    """It would hurt more; who knows better says so."""
    waiting(stack, "r3", previous="r0")
    stack.cloud.client("s3").delete_object(Bucket=stack.cloud.site["bucket"], Key="releases/r0/index.html")
    barred = run("rollback", "site")
    assert barred.exit_code == Exit.REFUSED
    assert "site: r0 is not complete in the bucket.\n  releases/r0/index.html is missing" in barred.stderr
    assert stack.applied == []
    forced = run("rollback", "site", "--force")
    assert forced.exit_code == Exit.DONE
    assert "! site: going back to r0, which is not complete, since --force says so" in forced.stderr
    assert "! site: users see r0, and releases/r0/index.html is missing" in forced.stderr
    assert seen(stack)[0] == "r0"


def test_a_canary_ends_whatever_live_lacks(stack: StandIn, run: Run) -> None:
    """Most users see it already; it is said."""
    waiting(stack, percent=10)
    stack.cloud.client("s3").delete_object(Bucket=stack.cloud.site["bucket"], Key="releases/release-1/index.html")
    result = run("rollback", "site")
    assert result.exit_code == Exit.DONE
    assert "! site: users see release-1, and releases/release-1/index.html is missing" in result.stderr


def test_a_bucket_that_does_not_answer_keeps_nobody_from_rolling_back(stack: StandIn, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is said and the way back is taken."""
    waiting(stack, "r3", previous="r0")

    def silent(*_: object) -> None:
        raise EndpointConnectionError(endpoint_url="https://s3")

    monkeypatch.setattr("ops.site.flip.Bucket.gaps", silent)
    result = run("rollback", "site")
    assert result.exit_code == Exit.DONE
    assert "! site: whether r0 is complete cannot be read: Could not connect" in result.stderr
    assert seen(stack)[0] == "r0"


def test_what_was_moved_by_hand_is_put_back_first(stack: StandIn, run: Run) -> None:
    """Drift is told before anything is built on it."""
    waiting(stack)
    stack.cloud.show(stack.cloud.shown().replace('"percent":0', '"percent":40'))
    result = run("shift", "site", "10")
    assert result.exit_code == Exit.REFUSED
    assert "site: config gives percent 0 %, and AWS says 40 %: it was moved outside config." in result.stderr
    assert stack.previews == []
    stack.cloud.show("{")
    assert "config gives live release-1, and AWS says what nobody can read" in run("shift", "site", "10").stderr


def test_whatever_else_is_in_the_preview_stops_it(stack: StandIn, run: Run) -> None:
    """Another resource, or another property of the site than who sees what."""
    waiting(stack)
    stack.beside = [step_of(TEMPLATE, "web-blue-boot", ("imageId",))]
    result = run("shift", "site", "10")
    assert "update LaunchTemplate web-blue-boot (imageId)" in result.stderr
    stack.beside = []
    stack.target.file.edit({"site.single_page": True})
    result = run("shift", "site", "10")
    assert result.exit_code == Exit.REFUSED
    assert "update KeyvaluestoreKey routing-traffic (value)" in result.stderr
    assert stack.applied == []


def test_an_update_that_was_cut_off_is_no_drift(stack: StandIn, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """AWS may have it or not; a rollback writes what config says once more."""
    monkeypatch.setattr("ops.commands.rollback.kept_in_mind", lambda *_: nullcontext())
    stack.half_done = ["updating KeyvaluestoreKey routing-traffic"]
    undrifted(stack, SiteFlip(stack))
    stack.cloud.show(stack.cloud.shown().replace("release-1", "r9"))
    result = run("rollback", "site")
    assert result.exit_code == Exit.DONE, result.stderr
    assert seen(stack)[0] == "release-1"


def test_what_did_not_land_is_an_error(stack: StandIn, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine's word is not enough."""
    waiting(stack)
    monkeypatch.setattr(stack, "_write", lambda _step: None)
    result = run("promote", "site")
    assert result.exit_code == Exit.FAILED
    assert "site: config gives live r2, and AWS says release-1." in result.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("shift", "site", "100"), "switchyard:site.canary.percent: 100 must be 0 to 99 percent (`switchyard promote site` moves all"),
        (("shift", "site", "10", "--watch", "5"), "The site has no alarms and targets of its own that --watch could look at."),
        (("rollback",), "Name one service, or say --all."),
        (("rollback", "site", "--all"), "Name one service, or say --all."),
    ],
)
def test_bad_words_are_told(stack: StandIn, run: Run, words: tuple[str, ...], told: str) -> None:
    """Before anything is touched."""
    waiting(stack)
    result = run(*words)
    assert result.exit_code == Exit.BAD_INPUT
    assert told in result.stderr
    assert stack.previews == []


def test_there_is_nothing_to_settle(stack: StandIn, run: Run) -> None:
    """Files hold no capacity."""
    result = run("settle", "site")
    assert (result.exit_code, result.stdout) == (Exit.DONE, "✓ site: nothing to settle: its releases hold no capacity\n")
    assert stack.previews == []


def test_a_stack_without_a_site_says_so(stack: StandIn, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """And `rollback --all` is about what there is."""
    waiting(stack)
    monkeypatch.setattr(stack.cloud, "site", {})
    monkeypatch.setattr(stack, "_steps", list)
    result = run("promote", "site")
    assert result.exit_code == Exit.BAD_INPUT
    assert "The stack staging has no site yet." in result.stderr
    assert "api, web: nothing to roll back to" in run("rollback", "--all").stderr


def test_a_failed_update_is_undone_in_config(stack: StandIn, run: Run) -> None:
    """Config says again what the edge shows."""
    waiting(stack)
    stack.breaks = EngineError("AWS said no")
    assert run("promote", "site").exit_code == Exit.FAILED
    assert site(stack).live == "release-1"
