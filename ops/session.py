"""What every command starts with: the target its options name, opened, and rebuilt where the sandbox has lost its memory."""

from ops.console import progress
from ops.deployment import Deployment
from ops.errors import BadInputError
from ops.site.sample import plant
from ops.target import SandboxTarget, open_target
from settings_service import Service


def opened(stack: str | None, *, sandboxed: bool, rebuild: bool = True, break_lock: bool = False) -> Deployment:
    """The deployment that a command works on; `rebuild` is for commands that need what the sandbox has lost."""
    target = open_target(stack, progress, sandboxed=sandboxed)
    deployment = Deployment(target)
    deployment.breaks_locks = break_lock
    if isinstance(target, SandboxTarget) and target.lost and rebuild:
        progress(f"building {target.name} anew first")
        deployment.apply(f"building {target.name}", "built anew after the emulator lost its memory", packs=False)
        plant(deployment)
    return deployment


def service_of(deployment: Deployment, name: str) -> Service:
    """A service's section of stack config; BadInputError names those that exist."""
    services = deployment.target.file.settings().services
    if name not in services:
        raise BadInputError(f"There is no service {name!r} in {deployment.target.file.path.name}.", f"Name one of: {', '.join(services)}.")
    return services[name]
