"""The stack file as git has it: what a pipeline would deploy."""

import subprocess

from ops.errors import BadInputError
from ops.stack_file import settings_of
from sandbox.paths import ROOT
from settings import Settings
from settings_types import Color


def committed_settings(stack: str) -> Settings | None:
    """The settings by the file of the last commit; None where there is no such file, or no git, or it is no valid config."""
    name = f"Pulumi.{stack}.yaml"
    try:
        shown = subprocess.run(["git", "-C", str(ROOT), "show", f"HEAD:./{name}"], capture_output=True, text=True, check=True)
        return settings_of(stack, shown.stdout, name)
    except (OSError, subprocess.CalledProcessError, BadInputError):
        return None


def committed_weights(settings: Settings | None) -> dict[tuple[str, str], int]:
    """The shares by the committed settings, by service and color; empty where nobody knows them."""
    if settings is None:
        return {}
    return {(service, color): config.weight(color) for service, config in settings.services.items() for color in Color}
