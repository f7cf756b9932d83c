"""What runs, read from AWS."""

import pytest

from ops.errors import BadInputError
from ops.traffic import ColorState, Traffic, runs, wiring
from settings_types import Color
from tests.ops.stand_in import StandIn


def test_both_colors_are_described(stack: StandIn) -> None:
    """Weight, healthy targets, those on the release, instances in service, and what the group aims at."""
    stack.cloud.set_weights("api", {Color.BLUE: 90, Color.GREEN: 10})
    stack.cloud.size("api-blue", desired=3)
    assert Traffic(stack).colors("api") == {
        Color.BLUE: ColorState(weight=90, healthy=3, on_release=3, in_service=3, desired=3, floor=2),
        Color.GREEN: ColorState(weight=10, healthy=2, on_release=2, in_service=2, desired=2, floor=2),
    }


def test_an_empty_color_has_nothing(stack: StandIn) -> None:
    """No instance is asked for by no id."""
    stack.cloud.size("api-green", floor=0, desired=0)
    assert Traffic(stack).colors("api")[Color.GREEN] == ColorState(weight=0, healthy=0, on_release=0, in_service=0, desired=0, floor=0)


def test_a_rule_that_forwards_to_nobody_gives_no_color_traffic(stack: StandIn) -> None:
    """Somebody has put a fixed answer there by hand: drift, not a crash."""
    answer = [{"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "503"}}]
    stack.cloud.client("elbv2").modify_rule(RuleArn=stack.cloud.services["api"].rule, Actions=answer)
    assert Traffic(stack).weights("api") == {Color.BLUE: 0, Color.GREEN: 0}


def test_a_service_that_is_not_up_says_how_to_bring_it_up(stack: StandIn) -> None:
    """The stack's outputs do not name it."""
    with pytest.raises(BadInputError, match="search is not in the stack staging yet") as raised:
        wiring(stack, "search")
    assert "switchyard up -s staging" in raised.value.next_step


@pytest.mark.parametrize(("ami", "digest", "expected"), [(True, True, True), (False, True, False), (True, False, False)])
def test_an_instance_runs_a_release_by_its_ami_and_its_digest(stack: StandIn, *, ami: bool, digest: bool, expected: bool) -> None:
    """Either alone is another release."""
    pins = stack.target.file.settings().services["api"].blue
    tag = pins.image.partition("@")[2] if digest else "sha256:other"
    assert runs({"ImageId": pins.ami if ami else "ami-0", "Tags": [{"Key": "release", "Value": tag}]}, pins) is expected
