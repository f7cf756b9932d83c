"""`switchyard preview`: what `up` would do, with all policy packs, touching nothing."""

from ops.console import count, out, warn
from ops.deployment import Deployment
from ops.errors import EngineError, RefusedError
from ops.guard import moved_traffic, touched_live
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
    """Tell what could not be decided; EngineError on errors, RefusedError on violations."""
    if plan.errors:
        raise EngineError("\n".join(plan.errors), "Nothing was changed. Correct it and run the command again.")
    for finding in plan.undecided:
        warn(finding.message)
    if plan.violations:
        told = "\n".join(f"{finding.policy}: {finding.message}" for finding in plan.violations)
        hint = "Correct them in stack config or in the component."
        raise RefusedError(f"{count(len(plan.violations), 'policy violation')}; nothing was changed.\n{told}", hint)
