"""The database's master password made anew, beside services that do not notice."""

from ops.commands.rotate import DATABASE, rotate
from ops.database.instances import instance_of, section
from ops.database.parts import DATABASE_NAME, MASTER, MASTER_ENTRY, MASTER_VALUE
from ops.rehearsal import Act, Stage, hold
from ops.rotation import value
from settings_database import PRIMARY


def _rotate(stage: Stage) -> str:
    deployment = stage.deployment
    if not deployment.target.file.settings().database:
        return "this stack has no database"
    before, weights = value(deployment, MASTER_ENTRY).version, stage.weights()
    rotate(deployment, DATABASE, cut_off=False)
    touched = [f"replace RandomPassword {MASTER}", f"replace SecretVersion {MASTER_VALUE}", f"update Instance {DATABASE_NAME}"]
    hold("what it touches", wanted=sorted(touched), found=sorted(stage.changed(-1)[0]))
    hold("another value in Secrets Manager", wanted=True, found=value(deployment, MASTER_ENTRY).version != before)
    hold("what RDS has not taken yet", wanted={}, found=dict(instance_of(deployment, PRIMARY).pending))
    hold("weights in AWS", wanted=weights, found=stage.weights())
    return f"password {section(deployment).own_password_version}; the secret and the primary have it, and no service was touched"


ACTS = (Act("rotate the database's password", "the password, its secret and the primary change, and nothing that a service has", _rotate),)
