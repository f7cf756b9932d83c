"""A stack without its data tier: what is about the engine, traffic or packs is the same without it, and comes up sooner."""

from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

from ops.yaml_edit import round_trip
from settings import NAMESPACE

SECTIONS = ("redis", "database", "backup")
"""What keeps the application's data, and copies it; a missing section makes nothing."""


def without_data_tier(config: MutableMapping[str, Any]) -> None:
    """Take the sections out of a stack's config, and what the services use of them."""
    for section in SECTIONS:
        config.pop(f"{NAMESPACE}:{section}", None)
    for service in config[f"{NAMESPACE}:services"].values():
        service["uses"] = [thing for thing in service.get("uses", ()) if thing not in SECTIONS]


def make_lean(path: Path) -> None:
    """Do so in the sandbox's copy of a stack file, which stays as it is while the tracked file does."""
    document = round_trip().load(path.read_text(encoding="utf-8"))
    without_data_tier(document["config"])
    with path.open("w", encoding="utf-8") as file:
        round_trip().dump(document, file)
