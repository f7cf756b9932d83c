"""One change of stack config carried out: edited, checked, applied to what it is about and nothing else, and seen to have landed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pulumi.automation.events import OpType

from ops.console import commands, count, out, progress, warn
from ops.deployment import Deployment
from ops.errors import EngineError, RefusedError
from ops.flip import Flip
from ops.guard import stop_unsound
from ops.parts import Address, Part, strays
from ops.plan import Plan, name_of
from ops.recovery import recover
from ops.stack_file import Edit


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


def cut_off(deployment: Deployment, flip: Flip) -> bool:
    """Whether an update of what flips was begun whose end nobody noted: AWS may have it or not."""
    return flip.part.moving(deployment.target.file.settings()) in deployment.half_done


def undrifted(deployment: Deployment, flip: Flip) -> None:
    """RefusedError while AWS does not do what config says of who sees what: a change would build on sand.

    What an interrupted update may have moved is no drift: the change moves it to where it is to be.
    """
    if cut_off(deployment, flip):
        progress(f"{flip.name}: an interrupted update had begun to move traffic; it is moved to where it is to be now")
        return
    for what, wanted, found in _differing(flip):
        message = f"{flip.name}: config gives {what} {wanted}, and AWS says {found}: it was moved outside config."
        hint = f"`switchyard up {deployment.options} --traffic` puts back what config says; or correct config first."
        raise RefusedError(message, hint)


def landed(deployment: Deployment, flips: Sequence[Flip]) -> None:
    """Read back from AWS who sees what; EngineError when that is not what config says."""
    for flip in flips:
        for what, wanted, found in _differing(flip):
            message = f"{flip.name}: config gives {what} {wanted}, and AWS says {found}."
            raise EngineError(message, f"Run the command again; if it stays so, `switchyard up {deployment.options} --traffic`.")
        for gap in flip.gaps():
            warn(f"{flip.name}: {gap}")


def _differing(flip: Flip) -> Iterator[tuple[str, str, str]]:
    """What, by config, by AWS, where the two differ."""
    found = flip.found()
    return ((what, wanted, found[what]) for what, wanted in flip.wanted().items() if wanted != found[what])


def report(deployment: Deployment, change: Change, edit: Edit) -> None:
    """Print the diff to commit, and the way back."""
    if edit.diff:
        out.print(f"\n{edit.diff}", style="dim", soft_wrap=True)
        where = "An operator on AWS would commit" if deployment.target.sandboxed else "Commit"
        commands(f"{where}:", [f'git commit -m "{change.message}" {edit.path.name}'])
    if change.undo:
        commands("To undo it:", [f"switchyard {command} {deployment.options}" for command in change.undo])
