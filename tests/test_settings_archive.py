import pytest
from pydantic import ValidationError

from settings_archive import Archive, problems


def test_deep_archive_is_paid_for_half_a_year() -> None:
    """Files that go sooner would cost the same: refused, with the figure that would do."""
    (problem,) = problems(Archive(cold_after_days=30, retention_days=209), "switchyard:database.archive")
    assert problem.key == "switchyard:database.archive.retention_days"
    assert "210" in problem.allowed
    assert not list(problems(Archive(cold_after_days=30, retention_days=210), "switchyard:database.archive"))


@pytest.mark.parametrize(("days", "said"), [([], "name at least one day"), ([29], "every month has"), ([1, 1], "names 1 twice")])
def test_the_days_are_days_that_every_month_has(days: list[int], said: str) -> None:
    """Each once, and one at least."""
    with pytest.raises(ValidationError, match=said):
        Archive(days=tuple(days))
