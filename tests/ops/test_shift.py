"""`switchyard shift`."""

import pytest

from ops.errors import Exit
from tests.ops.conftest import Run
from tests.ops.stand_in import StandIn


def test_shift_edits_the_canary_and_moves_the_weights_alone(stack: StandIn, run: Run) -> None:
    """One word of config, one rule in AWS; the diff, the commit and the way back are printed."""
    before = stack.target.file.path.read_text()
    result = run("shift", "api", "10")
    assert result.exit_code == Exit.DONE
    assert stack.target.file.path.read_text() == before.replace("{color: green, percent: 0}", "{color: green, percent: 10}", 1)
    assert stack.applied == [["api-traffic"]]
    assert stack.cloud.weights("api") == {"blue": 90, "green": 10}
    assert "+      canary: {color: green, percent: 10}" in result.stdout
    assert 'git commit -m "shift api: 10 % to green" Pulumi.staging.yaml' in result.stdout
    assert "switchyard rollback api -s staging" in result.stdout
