"""The `switchyard` command. Each command's own file is imported only when it is called, so that `--help` answers at once."""

import gc
import warnings

from ops.cli import account, database, emergency, policies, sandbox, sight, stack, traffic
from ops.cli.options import app

__all__ = ["account", "app", "database", "emergency", "main", "policies", "sandbox", "sight", "stack", "traffic"]


SELDOM = (100_000, 50, 20)
"""How seldom Python looks for cycles: after so many new objects, and so many looks at the younger ones. A program makes hundreds of
thousands that stay; looking through them as often as Python does by itself took a fourth of a preview's processor time."""


def main() -> None:
    """Run the command that the command line names. What libraries warn of is for who develops this, not for who runs it."""
    gc.set_threshold(*SELDOM)
    warnings.simplefilter("ignore")
    app()
