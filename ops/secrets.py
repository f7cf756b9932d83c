"""Secrets whose entry exists and whose value nobody has set yet: their service's instances wait for them."""

from dataclasses import dataclass

from ops.console import commands
from ops.deployment import Deployment
from ops.target import Target

SECRET = "aws:secretsmanager/secret:Secret"  # noqa: S105 -- a resource type


@dataclass(frozen=True)
class EmptyEntry:
    """An entry without a value."""

    name: str
    arn: str

    def command(self, target: Target) -> str:
        """What fills it; the value comes from standard input, so that no shell history keeps it."""
        region = target.file.settings().region
        return f"{target.aws} secretsmanager put-secret-value --region {region} --secret-id {self.arn} --secret-string file:///dev/stdin"


def empty_entries(deployment: Deployment) -> list[EmptyEntry]:
    """The stack's entries that have no current value, by Secrets Manager's own word."""
    client = deployment.target.client("secretsmanager")
    entries = [resource for resource in deployment.resources if resource["type"] == SECRET]
    found = []
    for entry in entries:
        stages = client.describe_secret(SecretId=entry["id"]).get("VersionIdsToStages") or {}
        if not any("AWSCURRENT" in names for names in stages.values()):
            found.append(EmptyEntry(entry["urn"].rsplit("::", 1)[1], entry["id"]))
    return found


def tell_empty(deployment: Deployment) -> None:
    """List the commands that fill the empty entries; `status` says which they are."""
    entries = empty_entries(deployment)
    if entries:
        commands("To fill secrets (the value is read from standard input):", [entry.command(deployment.target) for entry in entries])
