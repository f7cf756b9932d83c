"""`switchyard pin`: what the program must not look up is read from AWS and written into the stack file, as a diff to review."""

from collections.abc import Sequence

from ops import pins
from ops.amis import described
from ops.change import Change, report
from ops.console import done, table, warn
from ops.deployment import Deployment
from ops.kernels import Kernel
from ops.session import service_of
from settings_types import Color


def pin(deployment: Deployment, service: str, kernel: Kernel | None, *, account: bool) -> None:
    """Resolve, show the diff, and write it unless this is the sandbox; say how old the pinned AMIs are."""
    target = deployment.target
    if service:
        service_of(deployment, service)
    target.begin()
    settings, ec2 = target.file.settings(), target.client("ec2")
    names = [service] if service else list(settings.services)
    keys = dict(
        [
            *pins.account(target, change=account),
            *pins.zones(ec2, settings),
            *pins.prefix_list(ec2, settings),
            *pins.amis(target, names, kernel),
        ]
    )
    edit = target.file.check(keys) if target.sandboxed else target.file.edit(keys)
    _tell_ages(deployment, names)
    if not edit.diff:
        done(f"{target.name}: everything is pinned to what AWS says, nothing to write")
        return
    told = "the sandbox shows what a pin would write, and writes nothing" if target.sandboxed else f"written into {edit.path.name}"
    done(f"{target.name}: {told}")
    report(deployment, Change(f"pin {target.name} to what AWS says", keys, []), edit)


def _tell_ages(deployment: Deployment, names: Sequence[str]) -> None:
    """Every color's AMI with its age; those that were written just now too."""
    ec2, services = deployment.target.client("ec2"), deployment.target.file.settings().services
    places = [(name, color, services[name].pins(color).ami) for name in names for color in Color]
    found = {ami: described(ec2, ami) for ami in {ami for _, _, ami in places}}
    rows = []
    for name, color, ami in places:
        image, live = found[ami], services[name].weight(color) > 0
        rows.append((name, f"{color}{' (takes traffic)' if live else ''}", ami, f"{image.age_days} days" if image else "unknown"))
        if image is None:
            warn(f"{name}: AWS has no image {ami} for this account (any more): {color} cannot launch instances")
        elif image.warning:
            warn(f"{name}: {color}'s {ami} {image.warning}")
    table(("service", "color", "AMI", "age"), rows)
