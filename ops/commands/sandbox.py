"""`switchyard sandbox start|stop|status`: the AWS account on this machine."""

from ops.console import done, progress, table
from sandbox.account import Sandbox
from sandbox.emulator import State
from sandbox.provider.rows import of


def start() -> None:
    """Find or build the engine, install the plugins, start the emulator."""
    engine = Sandbox.default().ensure(progress)
    done(f"engine {engine.version} ({engine.source}); the emulator answers at {Sandbox.default().emulator.status().endpoint}")


def stop() -> None:
    """Stop the emulator; what it held is forgotten, and the next command builds it anew."""
    Sandbox.default().emulator.stop()
    done("the emulator has stopped")


def status() -> None:
    """Say whether the emulator runs, and how many resource types are emulated, and which are only recorded and why."""
    found = Sandbox.default().emulator.status()
    table_rows = [*of("aws").values(), *of("random").values()]
    recorded = [row for row in table_rows if row.recorded]
    done(f"emulator: {found.state}{f' at {found.endpoint}' if found.state is State.RUNNING else ''}")
    done(f"{len(table_rows) - len(recorded)} resource types are emulated, {len(recorded)} recorded")
    table(("recorded type", "reason"), [(row.type, row.recorded) for row in recorded])
