"""The one program: `__main__.py`, run here for the Automation API just as `pulumi up` runs it from a shell."""

import asyncio
import runpy

from sandbox.paths import ROOT

POLICY_PACKS = tuple(str(ROOT / "policies" / family) for family in ("security", "monitoring", "delivery"))


async def program() -> None:
    """Run `__main__.py` in this process, and wait until all that it set going has ended, or something has failed.

    The SDK waits too, and tells of failures. But it looks at every task again whenever one has ended, which takes the longer, the larger a
    stack is.
    """
    runpy.run_path(str(ROOT / "__main__.py"), run_name="__main__")
    while going := asyncio.all_tasks() - {asyncio.current_task()}:
        ended, _ = await asyncio.wait(going, return_when=asyncio.FIRST_EXCEPTION)
        if any(not task.cancelled() and task.exception() for task in ended):
            return
