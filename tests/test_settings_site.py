"""The settings of the static site: what is refused names the key and the fix, and a recovery region that would fail too."""

import pytest

from components.edge import traffic_value
from tests.configs import GONE, Changes, parsed, refusal

ID = "must be a release's id: 1 to 64 letters, digits, dots, hyphens and underscores, beginning with a letter or digit"
REFERENCE = "docs/reference/settings.md lists what there is"

CASES: dict[str, tuple[Changes, str]] = {
    "a release that is two folders": ({"site.live": "r1/x"}, f"site.live: 'r1/x' {ID}."),
    "a release above its folder": ({"site.live": ".."}, f"site.live: '..' {ID}."),
    "a hidden release": ({"site.live": ".r1"}, f"site.live: '.r1' {ID}."),
    "an empty release": ({"site.live": ""}, f"site.live: '' {ID}."),
    "a release in another alphabet": ({"site.live": "é1"}, f"site.live: 'é1' {ID}."),
    "a release of a long name": ({"site.live": "r" * 65}, f"site.live: '{'r' * 65}' {ID}."),
    "a release with a line's end": ({"site.live": "r1\n"}, f"site.live: 'r1\\n' {ID}."),
    "a canary that is no folder": ({"site.canary": {"release": "r 2"}}, f"site.canary.release: 'r 2' {ID}."),
    "a way back that is no folder": ({"site.previous": "r%2F1"}, f"site.previous: 'r%2F1' {ID}."),
    "a canary of 100": (
        {"site.canary": {"release": "r2", "percent": 100}},
        "site.canary.percent: 100 must be 0 to 99 percent (`switchyard promote site` moves all of them).",
    ),
    "a canary of the live release": (
        {"site": {"live": "r1", "canary": {"release": "r1", "percent": 1}}},
        "site.canary.release: 'r1' is live: release another one, or end the canary with canary.percent 0 before live changes.",
    ),
    "a way back to where it is": (
        {"site": {"live": "r1", "previous": "r1"}},
        "site.previous: 'r1' is the live release: `switchyard promote site` writes the one before, or remove it.",
    ),
    "a canary of no release": ({"site.canary": {"percent": 5}}, f"site.canary.release: is missing: every stack sets it ({REFERENCE})."),
    "no live release": ({"site.live": GONE}, f"site.live: is missing: every stack sets it ({REFERENCE})."),
    "no site": ({"site": GONE}, f"site: is missing: every stack sets it ({REFERENCE})."),
    "no region for the copy": ({"recovery": GONE}, f"recovery: is missing: every stack sets it ({REFERENCE})."),
    "a copy in the stack's own region": (
        {"recovery.region": "eu-west-1"},
        "recovery.region: 'eu-west-1' is the stack's own (aws:region), and would fail with it: name another.",
    ),
}


@pytest.mark.parametrize("mistake", CASES)
def test_a_mistake_has_one_line_that_says_what_to_do(mistake: str) -> None:
    """Key, bad value, what is allowed, the fix: nothing else."""
    changes, line = CASES[mistake]
    assert refusal(changes) == f"Pulumi.prod.yaml has 1 error; nothing was touched.\n  switchyard:{line}"


@pytest.mark.parametrize("release", ["r1", "2026-11-28.1", "v1.2.3_rc-1", "0", "a" * 64])
def test_a_release_may_be_called_as_people_call_them(release: str) -> None:
    """By a day, a version, a commit."""
    assert parsed({"site.live": release}).site.live == release


def test_a_canary_waits_at_no_percent() -> None:
    """What was released stands there before anybody sees it, and stays there when it has become live: `promote` ends it with 0."""
    made = parsed({"site": {"live": "r2", "canary": {"release": "r2", "percent": 0}, "previous": "r1"}}).site
    assert made.named == {"live": "r2", "canary": "r2", "previous": "r1"}


def test_a_site_names_the_releases_that_must_be_there() -> None:
    """Those that are shown, may be shown next, or may be returned to."""
    assert parsed({"site": {"live": "r1"}}).site.named == {"live": "r1"}
    assert parsed({"site": {"live": "r1", "canary": {"release": "r2"}}}).site.named == {"live": "r1", "canary": "r2"}


def test_whatever_settings_accept_fits_into_the_key() -> None:
    """The longest ids and the largest percent."""
    site = parsed(
        {"site": {"live": "a" * 64, "canary": {"release": "b" * 64, "percent": 99}, "previous": "c" * 64, "single_page": True}}
    ).site
    assert site.canary
    assert traffic_value(site.live, site.canary.release, site.canary.percent, site.single_page, site.previous or "")
