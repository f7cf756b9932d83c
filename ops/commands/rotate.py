"""`switchyard rotate redis`: the next password beside the one that services use, which stays valid until the rotation after this one.

`switchyard rotate database` is in a file of its own.
"""

from ops.change import Change, carry_out, report
from ops.commands.rotate_database import rotate_database
from ops.console import count, done, progress
from ops.deployment import Deployment
from ops.errors import BadInputError, EngineError, RefusedError
from ops.rotation import differences, holders, parts, unfinished, value

REDIS, DATABASE = "redis", "database"
KEY = "redis.password_version"


def rotate(deployment: Deployment, thing: str, *, cut_off: bool) -> None:
    """Rotate what is named."""
    deployment.target.begin()
    if thing == REDIS:
        rotate_redis(deployment, cut_off=cut_off)
    elif thing == DATABASE:
        _nothing_to_cut_off(deployment, cut_off)
        rotate_database(deployment)
    else:
        hint = " or ".join(f"`switchyard rotate {each} {deployment.options}`" for each in (REDIS, DATABASE))
        raise BadInputError(f"There is nothing to rotate that is called {thing!r}.", hint)


def rotate_redis(deployment: Deployment, *, cut_off: bool) -> None:
    """Raise the version, change passwords and nothing else, and see it in AWS; a rotation that was cut short is brought to its end."""
    now = _version(deployment)
    version = now if unfinished(deployment, parts(now)) else now + 1
    if not cut_off:
        _locks_nobody_out(deployment, version)
    before = value(deployment)
    change = Change(f"rotate redis to password {version}", {KEY: version}, parts(version))
    edit = carry_out(deployment, change)
    found = list(differences(deployment, before))
    if found:
        raise EngineError("\n".join(found), f"`switchyard drift {deployment.options}` says what differs now.")
    done(f"redis: services are told password {version} from now on, and password {version - 1} stays valid until the next rotation")
    progress("services reread secrets at every start: those that run go on with the password before, and nobody is locked out")
    progress("nothing has to be undone: the way back is the next rotation, never a lower number")
    report(deployment, change, edit)


def _nothing_to_cut_off(deployment: Deployment, cut_off: bool) -> None:  # noqa: FBT001 -- the option
    if cut_off:
        told = "The database's master password is cut off by each rotation: no service uses it."
        raise BadInputError(told, f"`switchyard rotate {DATABASE} {deployment.options}`")


def _version(deployment: Deployment) -> int:
    """Which password config names; BadInputError without Redis."""
    redis = deployment.target.file.settings().redis
    if redis is None:
        raise BadInputError(f"{deployment.target.file.path.name} has no section switchyard:redis.", "There is no password to rotate.")
    return redis.password_version


def _locks_nobody_out(deployment: Deployment, version: int) -> None:
    """RefusedError while instances may use the password that goes."""
    found = list(holders(deployment))
    if found:
        told = "\n".join(f"  {each}" for each in found)
        goes = f"Password {version - 2} goes with this rotation, and {count(len(found), 'fleet')} may still use it; nothing was changed."
        hint = "Replace them first, by a release or an instance refresh (docs/runbooks/rotating-redis.md); or --cut-off, if it has leaked."
        raise RefusedError(f"{goes}\n{told}", hint)
