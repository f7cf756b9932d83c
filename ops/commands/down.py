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
    recover(deployment)
    if deployment.resources:
        lift(deployment)
        plan = deployment.destroy(f"destroying {target.name}", "down")
        done(f"{target.name} is gone: {plan.summary}")
    else:
        done(f"{target.name} is not up")
    target.sandbox.end(target.name)
    target.sandbox.emulator.stop()
    done("the emulator has stopped")
