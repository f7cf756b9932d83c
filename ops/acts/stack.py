"""The stack brought up, and taken down when nobody looks any more."""

from ops.acts.inventory import KINDS, differences
from ops.commands.down import destroyed
from ops.commands.up import up
from ops.rehearsal import Act, Stage, hold, refused


def _up(stage: Stage) -> str:
    up(stage.deployment)
    settings, healthy = stage.deployment.target.file.settings(), 0
    for name, service in settings.services.items():
        for color, state in stage.traffic.colors(name).items():
            hold(f"weight of {name}'s {color}", wanted=service.weight(color), found=state.weight)
            floor = service.pins(color).capacity.floor(settings.contingency.scale_floor)
            hold(f"{name}'s {color} has its floor of healthy targets on the release", wanted=True, found=state.on_release >= floor)
            healthy += state.healthy
    return f"{len(stage.deployment.resources)} resources; {healthy} healthy targets, all on their pinned release"


def _nothing_to_do(stage: Stage) -> str:
    plan = up(stage.deployment)
    hold("steps", wanted=[], found=[str(step) for step in plan.steps])
    return f"0 changes, {plan.same} unchanged"


def _destroy_refused(stage: Stage) -> str:
    said = refused(lambda: stage.deployment.destroy("destroying", "must be refused"), "protect")
    hold("weights in AWS", wanted={"blue": 100, "green": 0}, found=stage.weights())
    return said


def _destroy(stage: Stage) -> str:
    summary = destroyed(stage.deployment)
    others = [f"{name}_" for name in stage.deployment.target.file.settings().domain.also]
    left = [each for each in differences(stage.deployment) if not any(other in each for other in others)]
    hold("what is left in AWS beside the records of a name that is another stack's", wanted=[], found=left)
    return f"{summary}; of {len(KINDS)} kinds of things nothing is left in AWS"


AGAIN = Act("up again", "0 changes", _nothing_to_do)
OPENING = (Act("up", "everything comes up, weights as config says, every floor met by healthy targets on the pinned release", _up),)
ENDING = (
    AGAIN,
    Act("destroy", "refused: stateful things are protected", _destroy_refused),
    Act("unprotect and destroy", "nothing is left", _destroy),
)
