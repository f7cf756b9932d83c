"""`switchyard preview`: what `up` would do, with all policy packs, touching nothing."""

from ops.console import out, warn
from ops.deployment import Deployment
from ops.guard import moved_traffic, stop_unsound, touched_live
from ops.plan import Plan


def preview(deployment: Deployment) -> Plan:
    """Print the plan; RefusedError on violations."""
    plan = deployment.preview(f"previewing {deployment.target.name}")
    show(plan)
    stop_on_findings(plan)
    for line in moved_traffic(plan):
        warn(f"moves traffic: {line}")
    for step in touched_live(plan, deployment.target.file.settings()):
        warn(f"enters instances that take traffic: {step}")
    return plan


def show(plan: Plan) -> None:
    """Print the steps, replacements marked, and the counts."""
    for step in plan.steps:
        out.print(f"  {step}", style="red" if step.op.value in {"delete", "replace"} else "default", soft_wrap=True)
    out.print(plan.summary)


def stop_on_findings(plan: Plan) -> None:
    """Tell what could not be decided, unless the preview itself failed; EngineError on errors, RefusedError on violations."""
    for finding in plan.undecided if not plan.errors else ():
        warn(finding.message)
    stop_unsound(plan)
