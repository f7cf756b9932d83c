"""The one program: `__main__.py`, run here for the Automation API just as `pulumi up` runs it from a shell."""

import runpy

from sandbox.paths import ROOT

POLICY_PACKS = tuple(str(ROOT / "policies" / family) for family in ("security", "monitoring", "delivery"))


def program() -> None:
    """Run `__main__.py` in this process."""
    runpy.run_path(str(ROOT / "__main__.py"), run_name="__main__")
