"""The benchmark holds its limits; what it measures is not asserted anywhere else, since it depends on the machine."""

import pytest

from tests.bench import commands, rendering
from tests.bench.ratio import Ratio, exit_on_too_slow


def test_a_ratio_above_its_limit_is_too_slow() -> None:
    """Each is named; the limit itself is allowed, and where there is none anything is. Python prints an exit status that is text."""
    exit_on_too_slow([Ratio("rendering", 1.154, 1.15), Ratio("starting", 30, None)])
    with pytest.raises(SystemExit, match=r"^Too slow: rendering: 1\.20, and may be at most 1\.15; up: 2\.00, and may be at most 1\.2$"):
        exit_on_too_slow([Ratio("rendering", 1.2, 1.15), Ratio("starting", 30, None), Ratio("up", 2, 1.2)])


def test_rendering_is_measured_at_each_size(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Beside the bare program, which registers as many resources."""
    monkeypatch.setattr(rendering, "SIZES", (1,))
    monkeypatch.setattr(rendering, "ROUNDS", 1)
    [ratio] = rendering.measure()
    assert ratio.what == "rendering 1 services"
    assert ratio.value > 0
    assert "ms a resource" in capsys.readouterr().out


def test_what_is_compared_is_called_in_turns() -> None:
    """And what comes before is not timed."""
    called: list[str] = []
    ours, theirs, before = (lambda word=word: called.append(word) for word in ("ours", "theirs", "before"))
    commands.compared("a", ours, theirs, 1.0, before=before, runs=2)
    assert called == ["before", "ours", "theirs"] * 2
