"""A password on its way to the next one: what of the stack that of Redis touches, who still uses the one that goes, what AWS has."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pulumi.automation.events import OpType

from components.redis_users import SLOTS
from ops.change import Change
from ops.deployment import Deployment
from ops.landing import resource
from ops.parts import STACK, Part
from ops.secrets import SECRET
from ops.traffic import WARM, wiring
from settings_types import Color, Dependency

PASSWORD, USER = "random:index/randomPassword:RandomPassword", "aws:elasticache/user:User"
SECRET_VERSION = "aws:secretsmanager/secretVersion:SecretVersion"  # noqa: S105 -- a resource type
ENTRY, USERS = "redis-password", "redis-users"
SERVICES = f"{USERS}-services"
CURRENT = "AWSCURRENT"
STARTS_ANEW = "Warmed:Stopped"
"""An instance that waits in this state reads the password when it is needed."""
BOTH = 2


@dataclass(frozen=True)
class Value:
    """What Secrets Manager gives who asks now."""

    version: str
    """Secrets Manager's own id of it."""
    since: datetime
    """When it was written."""


def parts(version: int) -> Sequence[Part]:
    """What changes when the password of a version is made: it takes the place of the one before the last."""
    anew = frozenset({OpType.REPLACE})
    return (
        Part(PASSWORD, STACK, f"{USERS}-{SLOTS[version % len(SLOTS)]}", ops=anew),
        Part(USER, STACK, SERVICES, frozenset({"passwords"})),
        Part(SECRET_VERSION, STACK, ENTRY, ops=anew),
    )


def unfinished(deployment: Deployment, about: Sequence[Part]) -> bool:
    """Whether config names a password that the stack has not made, or not told everybody: another one must not come on top."""
    targets = Change("", {}, about).targets(deployment)
    return bool(deployment.preview("looking for a rotation that was cut short", only=targets, packs=False).steps)


def value(deployment: Deployment, name: str = ENTRY) -> Value:
    """The password that an entry gives now, without the password."""
    client, entry = deployment.target.client("secretsmanager"), resource(deployment, SECRET, name)["id"]
    versions = client.list_secret_version_ids(SecretId=entry)["Versions"]
    current = next(each for each in versions if CURRENT in each.get("VersionStages", ()))
    return Value(current["VersionId"], current["CreatedDate"])


def holders(deployment: Deployment) -> Iterator[str]:
    """The instances, by service and color, that may use the password before the one of now: they were launched before it was written.

    A service reads it at every start, so that one that was started anew since then has the one of now; AWS does not tell.
    """
    settings, since = deployment.target.file.settings(), value(deployment).since
    for name, service in settings.services.items():
        for color in Color:
            if Dependency.REDIS in service.uses and not settings.contingency.quarantines(name, color):
                old = [each["InstanceId"] for each in _instances(deployment, name, color) if each["LaunchTime"] < since]
                if old:
                    yield f"{name} {color}: {', '.join(sorted(old))}"


def _instances(deployment: Deployment, service: str, color: Color) -> Sequence[Mapping[str, Any]]:
    """The instances of a color whose service runs."""
    scaling, group = deployment.target.client("autoscaling"), wiring(deployment, service).groups[color]
    described = scaling.describe_auto_scaling_groups(AutoScalingGroupNames=[group])["AutoScalingGroups"]
    warm = scaling.describe_warm_pool(AutoScalingGroupName=group)["Instances"] if _has_warm_pool(described) else []
    members = [*(member for each in described for member in each["Instances"]), *warm]
    running = {"InService", *WARM} - {STARTS_ANEW}
    ids = [member["InstanceId"] for member in members if member["LifecycleState"] in running]
    found = deployment.target.client("ec2").describe_instances(InstanceIds=ids)["Reservations"] if ids else []
    return [instance for reservation in found for instance in reservation["Instances"]]


def _has_warm_pool(described: Sequence[Mapping[str, Any]]) -> bool:
    return any("WarmPoolConfiguration" in each for each in described)


def differences(deployment: Deployment, before: Value) -> Iterator[str]:
    """What of a rotation AWS does not have."""
    if value(deployment).version == before.version:
        yield f"{ENTRY}: Secrets Manager still gives the password of before."
    user = deployment.target.client("elasticache").describe_users(UserId=resource(deployment, USER, SERVICES)["id"])["Users"][0]
    if user["Authentication"]["PasswordCount"] != BOTH:
        yield f"{SERVICES}: takes {user['Authentication']['PasswordCount']} passwords, and not the two that it should."
    if user["Status"] != "active":
        yield f"{SERVICES}: is {user['Status']}, so that its passwords are not in force yet."
