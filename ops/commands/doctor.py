"""`switchyard doctor`: what stands in the way, each finding with its fix."""

import shutil
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.metadata import PackageNotFoundError, version

from components.managed_rules import BASIC_UNITS, MOST_UNITS
from ops import quotas
from ops.amis import DEPRECATED_AFTER_DAYS, described
from ops.aws_errors import aws_error
from ops.bootstrap import Bootstrap, account_of, refuse_other
from ops.console import count, done, failed, out, warn
from ops.deployment import Deployment
from ops.desired import seen
from ops.errors import EngineError, SwitchyardError
from ops.secrets import empty_entries
from ops.session import opened
from ops.target import tracked_file
from sandbox import engine
from sandbox.paths import ROOT
from settings_types import Color
from settings_web_firewall import told

MIN_FREE_GIB = 2


@dataclass(frozen=True)
class Finding:
    """Something that is wrong, and what to do about it."""

    what: str
    fix: str


def doctor(stack: str | None, *, sandboxed: bool) -> None:
    """Check machine, engine, config, account, state, secrets, AMIs and quotas, building nothing; EngineError when anything was found."""
    found = [*_engine(), *(_told(lambda: _config(stack)) if stack else [])]
    if stack and not found:
        found = _stack(stack, sandboxed=sandboxed)
    findings = [*_machine(), *found]
    for finding in findings:
        failed(finding.what, finding.fix)
    if findings:
        raise EngineError(f"{count(len(findings), 'finding')}.", "Each line above says what to do.")
    done("nothing stands in the way")


def _machine() -> Iterator[Finding]:
    out.print(f"Python {sys.version.split()[0]}")
    yield from _packages()
    free = shutil.disk_usage(".").free / 2**30
    if free < MIN_FREE_GIB:
        yield Finding(f"{free:.1f} GiB of disk are free, and the engine's build needs {MIN_FREE_GIB}.", "Make room.")


def _packages() -> Iterator[Finding]:
    """Packages that this checkout pins to one version: it may be newer than its environment."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    for name, wanted in (line.split("==") for line in declared if "==" in line):
        try:
            found = version(name)
        except PackageNotFoundError:
            found = "not installed"
        if found != wanted:
            yield Finding(f"{name} is {found}, and this checkout needs {wanted}.", "Run `make setup`.")


def _engine() -> Iterator[Finding]:
    found = engine.find(progress=warn)
    if found:
        out.print(f"Pulumi {found.version}, {found.source}")
    else:
        yield Finding("There is no Pulumi engine.", "`make up` builds one, or install the vendor's CLI, 3.200 or newer.")


def _config(stack: str) -> Sequence[Finding]:
    settings = tracked_file(stack).settings()
    out.print(f"Pulumi.{stack}.yaml: {count(len(settings.services), 'service')}")
    units = settings.web_firewall.units()
    out.print(f"web firewall: {told(units)}; AWS allows {MOST_UNITS}, and asks more for a request above {BASIC_UNITS}")
    return ()


def _stack(stack: str, *, sandboxed: bool) -> list[Finding]:
    try:
        deployment = opened(stack, sandboxed=sandboxed, rebuild=False)
        deployment.target.begin()  # the sandbox plants the AMIs that the file names
    except SwitchyardError as error:
        return [Finding(error.message, error.next_step)]
    checks = (_state, _secrets, _amis, _quotas)
    return _told(lambda: _account(deployment)) or [finding for check in checks for finding in _told(partial(check, deployment))]


def _told(check: Callable[[], Iterable[Finding]]) -> list[Finding]:
    """The findings of a check; that it cannot be made is a finding too."""
    try:
        return list(check())
    except Exception as error:
        told = error if isinstance(error, SwitchyardError) else aws_error(error)
        if told is None:
            raise
        return [Finding(told.message, told.next_step)]


def _account(deployment: Deployment) -> Sequence[Finding]:
    found = account_of(deployment.target)
    out.print(f"AWS account {found}{' (sandbox)' if deployment.target.sandboxed else ''}")
    refuse_other(deployment.target, found)
    return ()


def _state(deployment: Deployment) -> Iterator[Finding]:
    """What `bootstrap` makes; a sandbox keeps its state in its own folder and needs none of it."""
    if deployment.target.sandboxed:
        out.print("state: in the sandbox's folder")
        return
    prepared = Bootstrap(deployment.target)
    wrong = [f"{each.thing.name}: {each.found or 'missing'}" for each in seen(prepared.things()) if not each.right]
    out.print(f"state: {prepared.place}", soft_wrap=True)
    if wrong:
        yield Finding(f"State bucket and key are not as they must be: {'; '.join(wrong)}.", f"`switchyard bootstrap {deployment.options}`")


def _secrets(deployment: Deployment) -> Iterator[Finding]:
    for entry in empty_entries(deployment):
        yield Finding(f"The secret {entry.name} has no value yet; instances that name it wait for it.", entry.command(deployment.target))


def _amis(deployment: Deployment) -> Iterator[Finding]:
    """AMIs that AWS has withdrawn or deprecated; one that is soon to be is only said."""
    ec2, services = deployment.target.client("ec2"), deployment.target.file.settings().services
    places = [(f"{name}: {color}'s", service.pins(color).ami) for name, service in services.items() for color in Color]
    images = {ami: described(ec2, ami) for _, ami in places}
    fix = f"`switchyard pin {deployment.options}` names a newer one for the idle color: release and promote it."
    for whose, ami in places:
        image = images[ami]
        if image is None:
            yield Finding(f"{whose} {ami} is not there (any more): the color cannot launch instances.", fix)
        elif image.age_days >= DEPRECATED_AFTER_DAYS:
            yield Finding(f"{whose} {ami} {image.warning}.", fix)
        elif image.warning:
            warn(f"{whose} {ami} {image.warning}")


def _quotas(deployment: Deployment) -> Iterator[Finding]:
    """Quotas below what the stack needs; those that nobody tells are said."""
    target = deployment.target
    settings, found = target.file.settings(), quotas.checked(target)
    untold = [*(each.need.quota.name for each in found if each.allowed is None), *quotas.unasked_types(settings)]
    if untold:
        warn(f"quotas that could not be asked: {'; '.join(untold)}")
    for need, allowed in ((each.need, each.allowed) for each in found if each.short):
        quota = need.quota
        which = f"--region {settings.region} --service-code {quota.service} --quota-code {quota.code} --desired-value {need.needed}"
        told = f'AWS\'s quota "{quota.name}" is {allowed}, and {need.needed} are needed: {need.why}.'
        yield Finding(told, f"{target.aws} service-quotas request-service-quota-increase {which}")
