from ops.alarms_page import alarms_page
from tests.rendering import ROOT


def test_the_page_of_alarms_is_fresh() -> None:
    """Else: `python -m ops.alarms_page > docs/reference/alarms.md`."""
    assert (ROOT / "docs" / "reference" / "alarms.md").read_text(encoding="utf-8") == alarms_page()


def test_it_says_when_an_alarm_is_bad() -> None:
    """By the figures of the catalogue, or whose own figure it is."""
    page = alarms_page()
    assert "| [`full`](../runbooks/alarms.md#full) | `ErrorPortAllocation` Sum | above 0 in 15 of 15 x 1 min | good | ticket |" in page
    assert "`HealthyHostCount` Minimum | below the resource's least in 10 of 10 x 1 min | bad | ticket |" in page
    assert "`TargetResponseTime` p99 | above the objective in 5 of 5 x 1 min |" in page
