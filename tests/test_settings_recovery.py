"""The settings of the second region: what waits may be empty, and what has taken over may not."""

import pytest

from settings_errors import SettingsError
from tests.configs import GONE, Changes, parsed, refusal

FLEETS = [f"services.{service}.{color}.capacity" for service in ("api", "web") for color in ("blue", "green")]
TAKEN_OVER: Changes = {"database.promoted": True, "contingency.scale_floor": 3, "domain.stands_in.now": True}


def refused(changes: Changes) -> list[str]:
    """What is said of the recovery stack with some leaves changed, a line each."""
    with pytest.raises(SettingsError) as caught:
        parsed(changes, "recovery")
    return str(caught.value).splitlines()[1:]


def test_production_s_copies_go_elsewhere() -> None:
    """They would fail with it."""
    line = "recovery.region: 'eu-west-1' is the stack's own (aws:region), and would fail with it: name another."
    assert refusal({"recovery.region": "eu-west-1"}).endswith(f"\n  switchyard:{line}")


def test_a_stack_waits_while_its_database_follows_another_region_s() -> None:
    """And no longer."""
    assert parsed({}, "recovery").waits
    assert not parsed(TAKEN_OVER, "recovery").waits
    assert not parsed({}, "prod").waits
    assert not parsed({"database": GONE, "services.api.uses": []}, "prod").waits


def test_what_is_promoted_needs_floors() -> None:
    """One line for each live color: the emergency's floor ends them all at once."""
    lines = refused({"database.promoted": True})
    fix = "at least 1 there, or in switchyard:contingency.scale_floor, which holds for all fleets."
    assert lines == [
        f"  switchyard:services.{service}.blue.capacity.min: 0 lets a color that takes traffic shrink to nothing: {fix}"
        for service in ("api", "web")
    ]
    assert parsed({"database.promoted": True, "contingency.scale_floor": 3}, "recovery").database
    floors = {f"{fleet}.min": 1 for fleet in FLEETS} | {f"{fleet}.restore_minutes": GONE for fleet in FLEETS}
    assert parsed({"database.promoted": True, **floors}, "recovery").database


def test_a_canary_of_a_stack_that_waits_may_be_empty_too() -> None:
    """It follows production in the middle of one; but a color that is off is off."""
    canary = {"services.api.canary.percent": 10}
    assert parsed(canary, "recovery").services["api"].canary
    assert "has no capacity" in refused({"services.api.blue.capacity": {"min": 0, "max": 0}})[0]


def test_users_are_led_to_no_stack_that_waits() -> None:
    """Whatever they do there would fail, or be lost."""
    told = "would lead users to app.example.com here, where the database takes no writes"
    fix = "set switchyard:database.promoted to true first, and the floors."
    assert refused({"domain.stands_in.now": True}) == [f"  switchyard:domain.stands_in.now: True {told}: {fix}"]
    assert parsed(TAKEN_OVER, "recovery").domain.users_name == "app.example.com"


def test_no_image_is_kept_in_the_region_that_failed() -> None:
    """Before and after the promotion: an instance that starts then finds nothing to run."""
    pins = parsed({}, "prod").services["api"].blue
    for changes in ({}, TAKEN_OVER):
        [line] = refused({"services.api.blue.image": pins.image, **changes})
        assert line.startswith("  switchyard:services.api.blue.image: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/api@sha256:")
        assert line.endswith(
            "is kept in eu-west-1, which the stack stands in for: name its copy in eu-central-1, which the registry's replication makes."
        )
