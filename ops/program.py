"""The one program: `__main__.py`, run here for the Automation API just as `pulumi up` runs it from a shell."""

import asyncio
import runpy

from pulumi.runtime.settings import SETTINGS

from sandbox.paths import ROOT

POLICY_PACKS = tuple(str(ROOT / "policies" / family) for family in ("security", "monitoring", "delivery"))


async def program() -> None:
    """Run `__main__.py` in this process, and wait until its resources are registered and their outputs known, or something has failed.

    The SDK waits too, and tells of failures. But it looks at every output again whenever one is known, which takes the longer, the larger a
    stack is.
    """
    runpy.run_path(str(ROOT / "__main__.py"), run_name="__main__")
    while True:
        tasks = {*SETTINGS.rpc_manager.rpcs, *SETTINGS.outputs}
        going = {task for task in tasks if not task.done()}
        if not going or any(map(_has_failed, tasks - going)):
            return
        await asyncio.wait(going, return_when=asyncio.FIRST_EXCEPTION)


def _has_failed(task: "asyncio.Task[object]") -> bool:
    return task.cancelled() or bool(task.exception())
