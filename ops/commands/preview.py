"""`switchyard preview`: what `up` would do, with all policy packs, touching nothing."""

from ops.console import out, warn
from ops.deployment import Deployment
from ops.guard import moved_traffic, stop_unsound, touched_live
from ops.plan import Plan


def preview(deployment: Deployment) -> Plan:
    """Print the plan; RefusedError on violations and on what could not be decided."""
    plan = deployment.preview(f"previewing {deployment.target.name}")
    show(plan)
    stop_unsound(plan)
    for line in moved_traffic(plan, deployment.target.file.settings()):
        warn(f"moves traffic: {line}")
    for step in touched_live(plan, deployment.target.file.settings()):
        warn(f"enters instances that take traffic: {step}")
    return plan


def show(plan: Plan) -> None:
    """Print the steps, replacements marked, and the counts."""
    for step in plan.steps:
        out.print(f"  {step}", style="red" if step.op.value in {"delete", "replace"} else "default", soft_wrap=True)
    out.print(plan.summary)
