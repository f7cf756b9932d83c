"""What the tests of the sandbox share about processes."""

import os
from collections.abc import Callable
from pathlib import Path

from sandbox.emulator import Emulator, Status

StartEmulator = Callable[[str], tuple[Emulator, Status]]
WriteProgram = Callable[[str, str], Path]


def alive(pid: int) -> bool:
    """Tell whether a process of this id exists."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
