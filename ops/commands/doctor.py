"""`switchyard doctor`: what stands in the way, each finding with its fix."""

import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from ops.aws_errors import aws_error
from ops.console import count, done, failed, out
from ops.deployment import Deployment
from ops.errors import EngineError, SwitchyardError
from ops.secrets import empty_entries
from ops.session import opened
from ops.target import tracked_file
from sandbox import engine

MIN_FREE_GIB = 2


@dataclass(frozen=True)
class Finding:
    """Something that is wrong, and what to do about it."""

    what: str
    fix: str


def doctor(stack: str | None, *, sandboxed: bool) -> None:
    """Check machine, engine, config, account and secrets, building nothing; EngineError when anything was found."""
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
    free = shutil.disk_usage(".").free / 2**30
    if free < MIN_FREE_GIB:
        yield Finding(f"{free:.1f} GiB of disk are free, and the engine's build needs {MIN_FREE_GIB}.", "Make room.")


def _engine() -> Iterator[Finding]:
    found = engine.find()
    if found:
        out.print(f"Pulumi {found.version}, {found.source}")
    else:
        yield Finding("There is no Pulumi engine.", "`make up` builds one, or install the vendor's CLI, 3.200 or newer.")


def _config(stack: str) -> Sequence[Finding]:
    services = tracked_file(stack).settings().services
    out.print(f"Pulumi.{stack}.yaml: {count(len(services), 'service')}")
    return ()


def _stack(stack: str, *, sandboxed: bool) -> list[Finding]:
    try:
        deployment = opened(stack, sandboxed=sandboxed, rebuild=False)
    except SwitchyardError as error:
        return [Finding(error.message, error.next_step)]
    return [*_told(lambda: _account(deployment)), *_told(lambda: _secrets(deployment))]


def _told(check: Callable[[], Iterable[Finding]]) -> list[Finding]:
    """The findings of a check; that it cannot be made is a finding too."""
    try:
        return list(check())
    except Exception as error:
        told = error if isinstance(error, SwitchyardError) else aws_error(error)
        if told is None:
            raise
        return [Finding(told.message, told.next_step)]


def _account(deployment: Deployment) -> Iterator[Finding]:
    found = deployment.target.client("sts").get_caller_identity()["Account"]
    wanted = deployment.target.file.settings().account_id
    out.print(f"AWS account {found}{' (sandbox)' if deployment.target.sandboxed else ''}")
    if found != wanted:
        yield Finding(f"The credentials are for account {found}, and the stack is for {wanted}.", "Switch to the other profile.")


def _secrets(deployment: Deployment) -> Iterator[Finding]:
    for entry in empty_entries(deployment):
        yield Finding(f"The secret {entry.name} has no value yet; instances that name it wait for it.", entry.command(deployment.target))
