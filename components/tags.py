"""The tag by which AWS Backup finds what it backs up."""

BACKUP_TAG, DAILY = "backup", "daily"


def backed_up(region: str | None = None) -> dict[str, str]:
    """Return the tag of what holds data in the stack's own region (None); what stands in another region is a copy already."""
    return {} if region else {BACKUP_TAG: DAILY}


def selected(project: str, stack: str) -> dict[str, str]:
    """Return what tells this stack's things with the tag from another one's in the account, as AWS Backup's conditions name it."""
    return {f"aws:ResourceTag/{key}": value for key, value in {BACKUP_TAG: DAILY, "project": project, "stack": stack}.items()}
