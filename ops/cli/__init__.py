"""The `switchyard` command. Each command's own file is imported only when it is called, so that `--help` answers at once."""

import warnings

from ops.cli import account, emergency, policies, sandbox, sight, stack, traffic
from ops.cli.options import app

__all__ = ["account", "app", "emergency", "main", "policies", "sandbox", "sight", "stack", "traffic"]


def main() -> None:
    """Run the command that the command line names. What libraries warn of is for who develops this, not for who runs it."""
    warnings.simplefilter("ignore")
    app()
