from components.archive_catalogue import WORKFLOW
from components.signals import DAY, HOUR, Tell


def test_a_lost_export_is_told_once_a_day_has_not_passed() -> None:
    """An hour's figure, since exports are rare: one that failed must not be averaged away, nor wake anybody."""
    assert {(signal.metric, signal.statistic, signal.tell) for signal in WORKFLOW.signals} == {
        ("ExecutionsFailed", "Sum", Tell.TICKET),
        ("ExecutionsTimedOut", "Sum", Tell.TICKET),
    }
    assert all(signal.period_seconds == HOUR and signal.period_seconds * signal.periods < DAY for signal in WORKFLOW.signals)
