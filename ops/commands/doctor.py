"""`switchyard doctor`: what stands in the way, each finding with its fix."""

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ops.console import done, err, out
from ops.deployment import Deployment
from ops.errors import EngineError, SwitchyardError
from ops.secrets import empty_entries
from ops.session import opened
from sandbox import engine

MIN_FREE_GIB = 2


@dataclass(frozen=True)
class Finding:
    """Something that is wrong, and what to do about it."""

    what: str
    fix: str


def doctor(stack: str | None, *, sandboxed: bool) -> None:
    """Check machine, engine, config, account and secrets; EngineError when anything was found."""
    findings = [*_machine(), *_engine()]
    if stack:
        findings += _stack(stack, sandboxed=sandboxed)
    for finding in findings:
        err.print(f"[red]✗[/red] {finding.what}\n  {finding.fix}", soft_wrap=True)
    if findings:
        raise EngineError(f"{len(findings)} findings.", "Each line above says what to do.")
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


def _stack(stack: str, *, sandboxed: bool) -> Iterator[Finding]:
    try:
        deployment = opened(stack, sandboxed=sandboxed, rebuild=False)
    except SwitchyardError as error:
        yield Finding(error.message, error.next_step)
        return
    yield from _told(lambda: _account(deployment))
    yield from _told(lambda: _secrets(deployment))


def _told(check: Callable[[], Iterator[Finding]]) -> list[Finding]:
    """The findings of a check that calls AWS; its failing is a finding too."""
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 -- needed only once a stack is named

    try:
        return list(check())
    except (BotoCoreError, ClientError) as error:
        return [Finding(f"AWS does not answer: {error}", "Check the credentials (`aws sts get-caller-identity`) and the network.")]
    except SwitchyardError as error:
        return [Finding(error.message, error.next_step)]


def _account(deployment: Deployment) -> Iterator[Finding]:
    found = deployment.target.client("sts").get_caller_identity()["Account"]
    wanted = deployment.target.file.settings().account_id
    out.print(f"AWS account {found}{' (sandbox)' if deployment.target.sandboxed else ''}")
    if found != wanted:
        yield Finding(f"The credentials are for account {found}, and the stack is for {wanted}.", "Switch to the other profile.")


def _secrets(deployment: Deployment) -> Iterator[Finding]:
    region = deployment.target.file.settings().region
    for entry in empty_entries(deployment):
        yield Finding(f"The secret {entry.name} has no value yet; the instances that name it wait for it.", entry.command(region))
