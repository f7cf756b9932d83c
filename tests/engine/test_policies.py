"""The policy packs in the real engine, from a secret in config over its waivers to checks that wait. In this order, on one sandbox."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ops.acts.inventory import differences
from ops.console import progress
from ops.errors import Exit
from policies.rules.catalogue import rules
from tests.engine.conftest import FACTS, Switchyard, unmeasured
from tests.engine.state import latest
from tests.rendering import ROOT

pytestmark = [pytest.mark.engine, pytest.mark.lean]

TARGET = ("-s", "staging", "--sandbox")
COLUMNS = 80
RULE, PARAMETER = "no_secret_in_plain_text", "api-green-env-UPLOAD_KEY"
KEY = "AKIAIOSFODNN7EXAMPLE"
"""The access key of AWS's own examples."""
TODAY = datetime.now(tz=UTC).date()
REASON = "It opens nothing but the bucket of the examples, and goes with them."
WAIVER = {
    "policy": RULE,
    "resource": "api-green-env-*",
    "reason": REASON,
    "approver": "security@example.com",
    "expires": str(TODAY + timedelta(days=30)),
}
NO_WAIVERS = {
    "expired": ([{**WAIVER, "expires": str(TODAY - timedelta(days=2))}], [RULE, "waivers"], "switchyard:waivers[0] has expired."),
    "elsewhere": ([{**WAIVER, "resource": "web-*"}], [RULE, "waivers"], "switchyard:waivers[0] covers no violation."),
    "needless": ([WAIVER, {**WAIVER, "policy": "key_rotates"}], ["waivers"], "switchyard:waivers[1] covers no violation."),
}
"""By what is wrong: the waivers, the policies that are violated, and what is told of the entry."""
DOCUMENTS = "roles_name_what_they_may"
ROLES = ("api-blue-may", "api-green-may", "flow-writes", "site-may-copy", "web-blue-may", "web-green-may")
"""Whose documents name ARNs that AWS tells."""
Reader = Callable[..., subprocess.CompletedProcess[str]]
"""The command over another program: the sandbox, words, and the program's variables."""
TONE = "/switchyard/staging/tone"
ADDITION = f"""
import os, runpy
import pulumi, pulumi_aws as aws
from components.documents import allow, assumed_by, policy

project = runpy.run_path({str(ROOT / "__main__.py")!r})
opts = pulumi.ResourceOptions(provider=project["aws_provider"])
tone = aws.ssm.Parameter("tone", name="{TONE}", type="String", value=os.environ["TONE"], opts=opts)
role = aws.iam.Role("reader-role", assume_role_policy=assumed_by("ec2.amazonaws.com"), opts=opts)
statement = allow([os.environ["ACTION"]], [tone.arn], Sid=pulumi.Output.concat("Version", tone.version.apply(str)))
aws.iam.RolePolicy("reader-may", role=role.name, policy=policy(statement), opts=opts)
"""
"""The project's program, and a role whose document tells which version of a parameter it was written for.

The provider knows that version once the parameter is written: an update of it in place leaves the document unknown in the preview.
"""
ELSEWHERE = "import pathlib, ops.program; ops.program.ROOT = pathlib.Path({!r}); from ops.cli import main; main()"
"""The command over the program of another folder."""

WITHOUT_THE_COMMAND = """
import sys
import pulumi.automation as auto
from ops.console import progress
from ops.deployment import PROJECT
from ops.program import POLICY_PACKS, program
from ops.target import open_target

target = open_target("staging", progress, sandboxed=True)
target.begin()
options = auto.LocalWorkspaceOptions(
    work_dir=str(target.project), env_vars=target.environment(), pulumi_command=auto.PulumiCommand(str(target.engine.root))
)
stack = auto.select_stack(target.name, project_name=PROJECT, program=program, opts=options)
try:
    stack.preview(policy_packs=list(POLICY_PACKS), on_output=print)
except auto.CommandError as error:
    assert str(error).split()[:2] == ["code:", "1"]
    sys.exit(77)
"""
"""`pulumi preview` with a `--policy-pack` for each pack, over the project's program, as the engine's own API runs it."""
ENGINE_FAILED = 77
"""How that ends where the engine has ended with an error."""


@pytest.fixture(scope="module")
def leaky(switchyard: Switchyard) -> Switchyard:
    """A stack that is not up yet, with a key among the idle color's plain settings."""
    with unmeasured():
        switchyard.open(progress)
    switchyard.file.edit({"services.api.green.env.UPLOAD_KEY": KEY})
    return switchyard


@pytest.fixture(scope="module")
def brought_up(leaky: Switchyard) -> subprocess.CompletedProcess[str]:
    """The first `up`, with a waiver for that key."""
    return said(leaky, "up", waivers=[WAIVER])


@pytest.fixture(scope="module")
def standing(leaky: Switchyard, brought_up: subprocess.CompletedProcess[str]) -> Iterator[Switchyard]:
    """The stack, up; it is taken down afterwards."""
    assert brought_up.returncode == Exit.DONE, brought_up.stderr
    yield leaky
    ended = leaky.run("down", *TARGET)
    assert ended.returncode == Exit.DONE, ended.stderr


@pytest.fixture(scope="module")
def with_reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """The command over the program with the addition, whose variables are given by name."""
    folder = tmp_path_factory.mktemp("addition")
    (folder / "__main__.py").write_text(ADDITION, encoding="utf-8")
    command = [sys.executable, "-c", ELSEWHERE.format(str(folder))]
    return lambda switchyard, *words, **more: switchyard.run(*words, *TARGET, command=command, **more)


def documents(switchyard: Switchyard) -> list[str]:
    """The versions that the documents of the added role name, in the emulator."""
    iam: Any = switchyard.sandbox.client("iam", FACTS)
    [role] = [each["RoleName"] for each in iam.list_roles()["Roles"] if each["RoleName"].startswith("reader-role-")]
    names = iam.list_role_policies(RoleName=role)["PolicyNames"]
    found = [iam.get_role_policy(RoleName=role, PolicyName=name)["PolicyDocument"] for name in names]
    return [statement["Sid"] for document in found for statement in document["Statement"]]


def said(switchyard: Switchyard, command: str, waivers: list[dict[str, str]]) -> subprocess.CompletedProcess[str]:
    """What a command says on a narrow terminal, with these waivers in config."""
    switchyard.file.edit({"waivers": waivers})
    return switchyard.run(command, *TARGET, COLUMNS=str(COLUMNS))


def nothing_is_there(switchyard: Switchyard) -> bool:
    """Whether the engine knows of no resource, and AWS has none."""
    with unmeasured():
        deployment = switchyard.open(progress)
        return [*deployment.resources, *differences(deployment)] == []


def findings(text: str) -> dict[str, str]:
    """The findings that a command tells, by policy, each as one line."""
    found = re.split(r"^(?:! )?([a-z_]+): ", text, flags=re.MULTILINE)[1:]
    return {policy: " ".join(message.split()) for policy, message in zip(found[::2], found[1::2], strict=True)}


def waived(text: str) -> bool:
    """Whether a command tells of the waived violation: who answers for it, how long and why, and what is wrong."""
    [finding] = [message for policy, message in findings(text).items() if policy == RULE]
    head = f"Waived until {WAIVER['expires']} by {WAIVER['approver']}: {REASON} "
    return finding.startswith(head) and f"{PARAMETER}: value looks like a secret in plain text." in finding


def broken(text: str) -> list[str]:
    """The lines that a narrow terminal would break."""
    return [line for line in text.splitlines() if len(line) > COLUMNS]


@pytest.mark.parametrize("command", ["preview", "up"])
def test_a_violation_stops_it_before_anything_is_made(leaky: Switchyard, command: str) -> None:
    """It names rule, resource and property, what to set and the controls, in lines that the terminal need not break."""
    ended = said(leaky, command, waivers=[])
    assert ended.returncode == Exit.REFUSED, ended.stderr
    assert "✗ 1 policy violation; nothing was changed." in ended.stderr
    assert list(told := findings(ended.stderr)) == [RULE]
    assert f"{PARAMETER}: value looks like a secret in plain text. Fix: Name it in switchyard:services." in told[RULE]
    assert rules()[RULE].requirement.controls
    assert f"Controls: {', '.join(rules()[RULE].requirement.controls)} " in told[RULE]
    assert KEY not in ended.stdout + ended.stderr
    assert broken(ended.stderr) == []
    assert nothing_is_there(leaky)


@pytest.mark.parametrize(("waivers", "policies", "told"), list(NO_WAIVERS.values()), ids=NO_WAIVERS)
def test_what_is_no_waiver_stops_the_first_up(leaky: Switchyard, waivers: list[dict[str, str]], policies: list[str], told: str) -> None:
    """It is a violation itself, and says which entry and why."""
    ended = said(leaky, "up", waivers)
    assert ended.returncode == Exit.REFUSED, ended.stderr
    assert list(found := findings(ended.stderr)) == policies
    assert found["waivers"].startswith(told)
    assert broken(ended.stderr) == []
    assert nothing_is_there(leaky)


def test_a_malformed_waiver_is_no_config(leaky: Switchyard) -> None:
    """The program says so before it makes anything, whichever way it was written into the file."""
    leaky.file.edit({"waivers": [WAIVER]})
    kept = leaky.file.path.read_text(encoding="utf-8")
    leaky.file.path.write_text(kept.replace(WAIVER["expires"], "next spring"), encoding="utf-8")
    ended = leaky.run("up", *TARGET)
    leaky.file.path.write_text(kept, encoding="utf-8")
    assert ended.returncode == Exit.FAILED, ended.stderr
    assert "switchyard:waivers[0].expires: 'next spring' must be a day in quotes" in ended.stderr
    assert nothing_is_there(leaky)


def test_the_engine_without_the_command_refuses_too(leaky: Switchyard) -> None:
    """A preview by the engine's own means, with the three packs named, ends with an error."""
    leaky.file.edit({"waivers": []})
    with unmeasured():
        ended = leaky.end(leaky.start(command=[sys.executable, "-c", WITHOUT_THE_COMMAND]))
    assert ended.returncode == ENGINE_FAILED, ended.stderr
    text = ended.stdout
    head, _, told = text[text.index("[mandatory]") :].partition("\n")
    assert head.split() == ["[mandatory]", "[severity:", "critical]", RULE, "(aws:ssm:Parameter:", f"{PARAMETER})"]
    told = told.partition("- [")[0]
    assert f"  {PARAMETER}: value looks like a secret in plain text.\n" in told
    assert broken(told) == []
    assert nothing_is_there(leaky)


def test_a_waived_violation_passes_and_stays_visible(leaky: Switchyard) -> None:
    """In the preview already."""
    ended = said(leaky, "preview", [WAIVER])
    assert ended.returncode == Exit.DONE, ended.stderr
    assert waived(ended.stderr)


def test_the_first_up_passes_and_tells_what_waits(leaky: Switchyard, brought_up: subprocess.CompletedProcess[str]) -> None:
    """What cannot be decided yet waits for what this update makes, and the waived violation is told again."""
    assert brought_up.returncode == Exit.DONE, brought_up.stderr
    assert "✓ staging is up: " in brought_up.stdout
    assert waived(brought_up.stderr)
    assert " checks of the policy packs wait for what the update creates:" in brought_up.stderr
    assert f"! {DOCUMENTS} needs policy of {', '.join(ROLES)}" in brought_up.stderr
    assert next(each for each in latest(leaky)["resources"] if each["urn"].endswith(f"::{PARAMETER}"))["id"]


def test_afterwards_nothing_waits(standing: Switchyard) -> None:
    """The waiver is told still: it is needed as long as the key stands there."""
    ended = said(standing, "preview", [WAIVER])
    assert ended.returncode == Exit.DONE, ended.stderr
    assert ended.stdout.endswith(" unchanged\n")
    assert list(findings(ended.stderr)) == [RULE]
    assert "checks of the policy packs wait" not in ended.stderr


def test_what_waited_is_judged_by_real_values(standing: Switchyard) -> None:
    """The documents that nobody knew before the first `up` are read now: those of instances, with a wildcard, are refused."""
    ended = standing.run_weakened("preview", *TARGET, module="instance_role", constant="SESSION", value=["ssmmessages:*"])
    assert ended.returncode == Exit.REFUSED, ended.stderr
    named = re.findall(r"^([\w-]+): policy allows actions by a wildcard", ended.stderr, re.MULTILINE)
    assert sorted(named) == [role for role in ROLES if role.startswith(("api-", "web-"))]


def test_what_turns_out_wrong_stops_the_update_before_it_is_made(standing: Switchyard, with_reader: Reader) -> None:
    """The document waits for the parameter that is made; then it is known, and the pack refuses it."""
    ended = with_reader(standing, "up", ACTION="ssm:*", TONE="calm")
    assert ended.returncode == Exit.FAILED, ended.stderr
    assert f"! {DOCUMENTS} needs policy of reader-may" in ended.stderr
    assert f"✗ {DOCUMENTS}: " in ended.stderr
    assert "reader-may: policy allows actions by a wildcard." in ended.stderr
    assert documents(standing) == []


def test_what_waits_for_a_creation_does_not_stop_up(standing: Switchyard, with_reader: Reader) -> None:
    """The same addition, corrected."""
    ended = with_reader(standing, "up", ACTION="ssm:GetParameter", TONE="calm")
    assert ended.returncode == Exit.DONE, ended.stderr
    assert documents(standing) == ["Version1"]


def test_what_waits_for_nothing_that_is_made_stops_up(standing: Switchyard, with_reader: Reader) -> None:
    """The parameter is there and gets another value: nothing explains why a document should not be known."""
    before = latest(standing)["resources"]
    ended = with_reader(standing, "up", ACTION="ssm:GetParameter", TONE="loud")
    assert ended.returncode == Exit.REFUSED, ended.stderr
    assert "✗ A policy pack could not decide; nothing was changed.\n" in ended.stderr
    assert f"  {DOCUMENTS} on iam.RolePolicy/reader-may\n    needs policy of iam.RolePolicy/reader-may\n" in ended.stderr
    assert "    waits for ssm.Parameter/tone\n" in ended.stderr
    assert "`switchyard up --undecided`" in ended.stderr
    assert latest(standing)["resources"] == before
    assert standing.sandbox.client("ssm", FACTS).get_parameter(Name=TONE)["Parameter"]["Value"] == "calm"
    assert documents(standing) == ["Version1"]


def test_it_may_wait_when_the_operator_says_so(standing: Switchyard, with_reader: Reader) -> None:
    """The packs decide while the update runs."""
    ended = with_reader(standing, "up", "--undecided", ACTION="ssm:GetParameter", TONE="loud")
    assert ended.returncode == Exit.DONE, ended.stderr
    assert documents(standing) == ["Version2"]
