"""One change of stack config carried out: edited, checked, applied to what it is about and nothing else, and seen to have landed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pulumi.automation.events import OpType

from ops.console import commands, count, out, progress, warn
from ops.deployment import Deployment
from ops.errors import EngineError, RefusedError
from ops.guard import stop_unsound
from ops.parts import RULE, TRAFFIC, Address, Part, strays
from ops.plan import Plan, label, name_of
from ops.recovery import recover
from ops.stack_file import Edit
from ops.traffic import Traffic


@dataclass(frozen=True)
class Change:
    """What a command means to do."""

    message: str
    """The update's message and the commit's."""
    keys: Mapping[str, Any]
    """Stack config keys and their new values; None removes one."""
    about: Sequence[Part]
    """What of which resources may change: a rule's weights, a group's floor."""
    undo: Sequence[str] = ()
    """The commands that undo it, without the options of the target."""

    def parts(self, deployment: Deployment) -> dict[Address, Part]:
        """What it is about, by where it is."""
        settings = deployment.target.file.settings()
        return {part.address(settings): part for part in self.about}

    def targets(self, deployment: Deployment) -> list[str]:
        """The URNs of what it is about; BadInputError where the stack lacks what would be updated: it has not been brought up."""
        there = {(str(each["type"]), name_of(each["urn"])) for each in deployment.resources}
        parts = self.parts(deployment)
        return [deployment.urn(*where) for where, part in parts.items() if where in there or OpType.UPDATE in part.ops]


def carry_out(deployment: Deployment, change: Change, *, alone: bool = False) -> Edit:
    """Edit, preview with all policy packs, refuse what the change is not about, and apply; the edit is undone when nothing was changed.

    `alone` is for the way back: the preview looks at the change's own resources, without packs, so that nothing else can stop it.
    """
    if not alone:
        recover(deployment)
    targets = change.targets(deployment)
    edit = deployment.target.file.edit(change.keys)
    try:
        plan = deployment.preview(f"checking: {change.message}", only=targets if alone else (), packs=not alone)
        refuse(deployment, plan, change.parts(deployment))
    except BaseException:
        put_back(edit)
        raise
    if plan.steps:
        apply(deployment, change, edit, made=[step.urn for step in plan.steps if step.op is OpType.CREATE])
    return edit


def refuse(deployment: Deployment, plan: Plan, parts: Mapping[Address, Part]) -> None:
    """Refuse a plan with errors, with violations, or with anything that the command on these parts is not about."""
    stop_unsound(plan)
    beside = list(strays(plan, parts))
    if beside:
        told = "\n".join(f"  {step}" for step in beside)
        hint = f"Apply them by themselves first: `switchyard up {deployment.options}`."
        found = count(len(beside), "change")
        raise RefusedError(f"The preview holds {found} that this command is not about; nothing was changed.\n{told}", hint)


def apply(deployment: Deployment, change: Change, edit: Edit, *, refresh: bool = False, made: Sequence[str] = ()) -> Plan:
    """Apply to what the change is about alone; the edit is undone if the engine failed before it changed anything.

    `made` are the URNs of what it is about and the stack does not have yet, as a preview has told them.
    """
    try:
        only = [*change.targets(deployment), *made]
        return deployment.apply(change.message, change.message, only=only, packs=False, refresh=refresh)
    except EngineError as error:
        if error.changed:
            error.next_step = f"`switchyard status {deployment.options}` shows what AWS does now; config says what the command was about."
        else:
            put_back(edit)
        raise
    except BaseException:  # before the engine was started: whatever ends it later is an EngineError
        put_back(edit)
        raise


def put_back(edit: Edit) -> None:
    """Undo the edit; when somebody else has edited the file since, say so and leave it, so that the first error is the one that is told."""
    try:
        edit.undo()
    except RefusedError as error:
        warn(f"{error.message} {error.next_step}")


def cut_off(deployment: Deployment, service: str) -> bool:
    """Whether an update of a service's weights was begun whose end nobody noted: AWS may have them or not."""
    return moving(service) in deployment.half_done


def moving(service: str) -> str:
    """How an unfinished move of a service's traffic is called among what is half-done."""
    return f"updating {label(RULE, f'::{service}{TRAFFIC}')}"


def undrifted(deployment: Deployment, service: str) -> None:
    """RefusedError while AWS does not do what config says of a service's traffic: a change would build on sand.

    What an interrupted update may have moved is no drift: the change moves it to where it is to be.
    """
    if cut_off(deployment, service):
        progress(f"{service}: an interrupted update had begun to move traffic; it is moved to where it is to be now")
        return
    config = deployment.target.file.settings().services[service]
    for color, weight in Traffic(deployment).weights(service).items():
        if weight != config.weight(color):
            message = f"{service}: config gives {color} {config.weight(color)} %, and AWS says {weight} %: it was moved outside config."
            hint = f"`switchyard up {deployment.options} --traffic` puts back what config says; or correct config first."
            raise RefusedError(message, hint)


def landed(deployment: Deployment, services: Sequence[str]) -> None:
    """Read the weights of the services' rules back from AWS; EngineError when they are not what config says."""
    settings, traffic = deployment.target.file.settings(), Traffic(deployment)
    for service in services:
        config, found = settings.services[service], traffic.colors(service)
        for color, state in found.items():
            if state.weight != config.weight(color):
                message = f"{service}: config gives {color} {config.weight(color)} %, and AWS says {state.weight} %."
                raise EngineError(message, f"Run the command again; if it stays so, `switchyard up {deployment.options} --traffic`.")
            if state.weight and not state.healthy:
                warn(f"{service}: {color} takes {state.weight} % and has no healthy target")


def report(deployment: Deployment, change: Change, edit: Edit) -> None:
    """Print the diff to commit, and the way back."""
    if edit.diff:
        out.print(f"\n{edit.diff}", style="dim", soft_wrap=True)
        where = "An operator on AWS would commit" if deployment.target.sandboxed else "Commit"
        commands(f"{where}:", [f'git commit -m "{change.message}" {edit.path.name}'])
    if change.undo:
        commands("To undo it:", [f"switchyard {command} {deployment.options}" for command in change.undo])
