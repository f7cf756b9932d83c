"""`switchyard preview`: what `up` would do, with all policy packs, touching nothing."""

from ops.console import count, out, warn
from ops.deployment import Deployment
from ops.guard import moved_traffic, stop_unsound, touched_live
from ops.plan import Plan


def preview(deployment: Deployment) -> Plan:
    """Print the plan; RefusedError on violations and on what will not be decided by what it creates."""
    plan = deployment.preview(f"previewing {deployment.target.name}")
    show(plan)
    stop_unsound(plan)
    tell_open(plan)
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


def tell_open(plan: Plan) -> None:
    """Print the violations that are waived, and the checks that wait for the update, a row a rule and property."""
    for finding in plan.advice:
        warn(str(finding))
    if plan.undecided:
        _tell_undecided(plan)


def _tell_undecided(plan: Plan) -> None:
    warn(f"{count(len(plan.undecided), 'check')} of the policy packs wait for what the update creates:")
    waiting: dict[tuple[str, str], list[str]] = {}
    for check in plan.undecided:
        waiting.setdefault((check.rule, check.path), []).append(check.resource.rpartition("/")[2])
    for (rule, path), names in waiting.items():
        warn(f"{rule} needs {path} of {', '.join(sorted(names))}")
