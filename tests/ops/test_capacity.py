"""How many healthy targets traffic needs."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from ops.capacity import Need, need, need_to_return
from ops.traffic import ColorState
from settings_types import Color
from tests.configs import parsed

SERVICE = parsed({"services.api.green.capacity": {"min": 2, "max": 12}}).services["api"]


def live(in_service: int, weight: int = 100) -> ColorState:
    """The live color with so many instances and so much traffic."""
    return ColorState(weight=weight, healthy=in_service, on_release=in_service, in_service=in_service, desired=in_service, floor=2)


def test_all_traffic_needs_as_many_as_live_has() -> None:
    """Nine for nine."""
    assert need(SERVICE, Color.GREEN, 100, live(9)) == Need(Color.GREEN, 9, capped=False)


def test_a_share_needs_its_part_rounded_up() -> None:
    """A tenth of nine is one, a third is four."""
    assert [need(SERVICE, Color.GREEN, share, live(9)).targets for share in (10, 34)] == [1, 4]


def test_in_a_canary_live_carries_less_than_all() -> None:
    """Nine instances on 90 % are ten on 100 %."""
    assert need(SERVICE, Color.GREEN, 100, live(9, 90)).targets == 10


def test_the_ceiling_caps_and_says_so() -> None:
    """Twelve is green's max."""
    assert need(SERVICE, Color.GREEN, 100, live(13)) == Need(Color.GREEN, 12, capped=True)


def test_a_live_color_without_traffic_or_instances_asks_for_one() -> None:
    """AWS drifted, or nothing runs: one healthy target all the same. No share needs none."""
    assert [need(SERVICE, Color.GREEN, 100, state).targets for state in (live(9, 0), live(0))] == [1, 1]
    assert need(SERVICE, Color.GREEN, 0, live(9)).targets == 0


def states(blue: tuple[int, int], green: tuple[int, int]) -> dict[Color, ColorState]:
    """Instances and weight of each color."""
    return {Color.BLUE: live(*blue), Color.GREEN: live(*green)}


@pytest.mark.parametrize(
    ("blue", "green", "targets"),
    [((3, 90), (3, 10), 3), ((6, 50), (6, 50), 8), ((3, 1), (12, 99), 8), ((0, 90), (0, 10), 1), ((100, 50), (100, 50), 12)],
)
def test_what_a_canary_gives_back(blue: tuple[int, int], green: tuple[int, int], targets: int) -> None:
    """Held at 50 % CPU and let to 80 % for a while; the fleet with fewer instances a percent says what the load takes."""
    assert need_to_return(SERVICE, 100, states(blue, green)).targets == targets


@given(share=some.integers(1, 100), weight=some.integers(1, 100), in_service=some.integers(1, 1000))
def test_the_need_carries_the_share_and_no_instance_more(share: int, weight: int, in_service: int) -> None:
    """Each instance of green gets at most the load of one of live's, up to green's max."""
    wanted = need(SERVICE, Color.GREEN, share, live(in_service, weight))
    exact = math.ceil(Fraction(share * in_service, weight))
    assert wanted.targets == min(exact, 12)
    assert wanted.capped == (exact > 12)
