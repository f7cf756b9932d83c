"""`switchyard rotate database`: another master password; no service notices, since none has it."""

from collections.abc import Iterator

from ops.change import Change, carry_out, report
from ops.console import done, progress
from ops.database.instances import instance_of, section
from ops.database.parts import MASTER_ENTRY, rotation, writers
from ops.deployment import Deployment
from ops.errors import BadInputError, EngineError, RefusedError
from ops.rotation import unfinished, value
from settings_database import Database

KEY = "database.password_version"


def rotate_database(deployment: Deployment) -> None:
    """Raise the version, change the master's password and nothing else, and see it in AWS; one that was cut short is brought to its end."""
    config = section(deployment)
    now = config.own_password_version
    if now is None:
        told = "This database follows one of another region, and has that one's master password."
        raise BadInputError(told, "Rotate it in the stack of that region, or promote this one first.")
    _awake(deployment, config)
    version = now if unfinished(deployment, rotation(config)) else now + 1
    before = value(deployment, MASTER_ENTRY)
    change = Change(f"rotate the database's master password to {version}", {KEY: version}, rotation(config))
    edit = carry_out(deployment, change)
    found = [*_kept(deployment, before.version), *_pending(deployment, config)]
    if found:
        raise EngineError("\n".join(found), f"`switchyard drift {deployment.options}` says what differs now.")
    done(f"database: the master logs in with password {version} from now on, and no longer with the one before")
    progress("services are not touched: they log in by IAM, under roles of their own; who is logged in stays so")
    progress("nothing has to be undone: who needs the password reads it in Secrets Manager each time")
    report(deployment, change, edit)


def _awake(deployment: Deployment, config: Database) -> None:
    """RefusedError while an instance takes no change: AWS would refuse it after the secret had been written."""
    for called in writers(config):
        status = instance_of(deployment, called).status
        if status in {"stopped", "stopping", "failed", "creating", "deleting"}:
            raise RefusedError(f"The instance {called} is {status}, and takes no password; nothing was changed.", "Wait until it runs.")


def _kept(deployment: Deployment, before: str) -> Iterator[str]:
    if value(deployment, MASTER_ENTRY).version == before:
        yield f"{MASTER_ENTRY}: Secrets Manager still gives the password of before."


def _pending(deployment: Deployment, config: Database) -> Iterator[str]:
    """The instances that have not taken the new one yet."""
    for called in writers(config):
        if "MasterUserPassword" in instance_of(deployment, called).pending:
            yield f"{called}: RDS has not taken the new password yet, and is about to."
