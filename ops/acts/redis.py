"""Redis's password made anew, beside the one that services use."""

from ops.commands.rotate import REDIS, rotate
from ops.rehearsal import Act, Stage, hold, refused
from ops.rotation import value

TOUCHED = {"replace RandomPassword", "update User", "replace SecretVersion"}
"""A password, the user that has it and the one before, and what the services' secret keeps now."""


def _rotate(stage: Stage) -> str:
    deployment = stage.deployment
    if not deployment.target.file.settings().redis:
        return "this stack has no Redis"
    before, weights = value(deployment).version, stage.weights()
    rotate(deployment, REDIS, cut_off=False)
    changes = [change.rsplit(" ", 1)[0] for change in stage.changed(-1)[0]]
    hold("what it touches", wanted=sorted(TOUCHED), found=sorted(changes))
    hold("another value in Secrets Manager", wanted=True, found=value(deployment).version != before)
    hold("weights in AWS", wanted=weights, found=stage.weights())
    said = refused(lambda: rotate(deployment, REDIS, cut_off=False), "may still use it")
    return f"{len(changes)} changed, no service among them; once more, while instances run with the password before: {said}"


ACTS = (Act("rotate Redis's password", "the one that services use stays valid, and goes when nobody can have it any more", _rotate),)
