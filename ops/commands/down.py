"""`switchyard down`: end a rehearsal. It exists in the sandbox only."""

from ops.console import done
from ops.deployment import Deployment
from ops.errors import RefusedError
from ops.protection import lift
from ops.recovery import recover
from ops.target import SandboxTarget


def down(deployment: Deployment) -> None:
    """Lift protection, destroy the stack, drop its copy of the stack file, and stop the emulator."""
    target = deployment.target
    if not isinstance(target, SandboxTarget):
        hint = "On AWS: lift protection by a reviewed change, then `pulumi destroy`. In the sandbox: add --sandbox."
        raise RefusedError(f"{target.name} on AWS is not taken down by this command.", hint)
    summary = destroyed(deployment)
    done(f"{target.name} is gone: {summary}" if summary else f"{target.name} is not up")
    target.sandbox.end(target.name)
    target.sandbox.emulator.stop()
    done("the emulator has stopped")


def destroyed(deployment: Deployment) -> str:
    """Settle what was half-done, lift protection and destroy everything; what came of it, in short, empty where there is nothing."""
    recover(deployment)
    if not deployment.resources:
        return ""
    lift(deployment)
    return deployment.destroy(f"destroying {deployment.target.name}", "down").summary
