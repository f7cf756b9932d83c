"""What of a topic is mailed, where backups are told too."""

import json

WORTH_READING = json.dumps(
    {
        "$or": [
            {"EventType": [{"exists": False}]},
            {"EventType": [{"anything-but": ["BACKUP_JOB"]}]},
            {"State": [{"anything-but": ["COMPLETED"]}]},
        ]
    }
)
"""All but the backups that went well, some every day: alarms have no such attributes, and a restore that went well is news
(https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-notifications.html)."""
