from components.backup_catalogue import VAULT
from components.signals import Missing, Tell


def test_silence_is_bad_of_backups_alone() -> None:
    """A plan that finds nothing fails nothing: only the missing success shows it. Nobody is woken for it."""
    assert [signal.role for signal in VAULT.signals if signal.missing is Missing.BAD] == ["backup-missing"]
    assert {signal.tell for signal in VAULT.signals} == {Tell.TICKET}


def test_every_kind_of_job_is_watched() -> None:
    """Backups, their copies and their restores."""
    metrics = {signal.metric for signal in VAULT.signals}
    assert {f"NumberOf{job}JobsFailed" for job in ("Backup", "Copy", "Restore")} <= metrics
