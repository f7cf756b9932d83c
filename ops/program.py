"""The one program: `__main__.py`, run here for the Automation API just as `pulumi up` runs it from a shell."""

import asyncio
import runpy

from pulumi import log
from pulumi.runtime.settings import SETTINGS

from sandbox.paths import ROOT

POLICY_PACKS = tuple(str(ROOT / "policies" / family) for family in ("security", "monitoring", "delivery"))


def program() -> None:
    """Run `__main__.py` in this process, and let the SDK wait for its resources and outputs in one go.

    The SDK waits for each of its calls before it looks at the outputs, and then at all of them whenever one is known, which takes the
    longer, the larger a stack is. So the waiting is one of its calls. It is not done here: where the engine dies, the SDK drops a program
    that still waits, and its stack would then be ended among the resources of whichever program runs next in this process.
    """
    log.debug = _unheard
    runpy.run_path(str(ROOT / "__main__.py"), run_name="__main__")
    SETTINGS.rpc_manager.rpcs.append(asyncio.ensure_future(_all_is_known()))


def _unheard(*_message: object, **_more: object) -> None:
    """What the SDK has to say for its own debugging: it waits for the engine to take each message, nearly two thousand, and to drop it."""


async def _all_is_known() -> None:
    """Wait until all resources are registered and all outputs known, or something has failed, which the SDK tells of."""
    this = asyncio.current_task()
    while True:
        tasks = {*SETTINGS.rpc_manager.rpcs, *SETTINGS.outputs} - {this}
        going = {task for task in tasks if not task.done()}
        if not going or any(map(_has_failed, tasks - going)):
            return
        await asyncio.wait(going, return_when=asyncio.FIRST_EXCEPTION)


def _has_failed(task: "asyncio.Task[object]") -> bool:
    return task.cancelled() or bool(task.exception())
