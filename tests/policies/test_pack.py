"""The packs as processes, started the way the engine starts them."""

import importlib
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import grpc
import pytest
from google.protobuf.empty_pb2 import Empty
from pulumi.runtime.proto import analyzer_pb2 as protocol
from pulumi.runtime.proto.analyzer_pb2_grpc import AnalyzerStub
from ruamel.yaml import YAML

from policies.rules import aws_types, catalogue, undecided, waivers
from policies.rules.catalogue import FAMILIES, rules_of
from policies.rules.layer import ResourceRule
from tests.policies.driver import announced, registered
from tests.policies.given import UNKNOWN, given
from tests.sandbox.processes import alive

PACKS = Path(__file__).parents[2] / "policies"
STARTER = [sys.executable, "-u", "."]
"""How the sandbox's engine starts a pack."""
HOSTS_STARTER = [sys.executable, "-u", "-m", "pulumi.policy", "127.0.0.1:0", "."]
"""How the vendor's language host does."""


@contextmanager
def process(command: list[str], folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Run a pack until the block ends."""
    running = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        yield running
    finally:
        running.kill()
        running.communicate()


@contextmanager
def analyzer(running: subprocess.Popen[str]) -> Iterator[AnalyzerStub]:
    """Talk to a pack by the port on the first line that it prints."""
    assert running.stdout
    with grpc.insecure_channel(f"127.0.0.1:{int(running.stdout.readline())}") as channel:
        yield AnalyzerStub(channel)


@pytest.mark.parametrize("starter", [STARTER, HOSTS_STARTER], ids=["sandbox", "language host"])
@pytest.mark.parametrize("family", FAMILIES)
def test_a_pack_serves_its_family_and_prints_nothing_but_its_port(family: str, starter: list[str]) -> None:
    """The engine learns every rule, its level and severity, and can have resources and stacks analysed."""
    listener = given(aws_types.LISTENER, "lb-http", {"protocol": "HTTP"})
    template = given(aws_types.LAUNCH_TEMPLATE, "api-blue-boot", {"metadataOptions": UNKNOWN})
    with process(starter, PACKS / family) as running, analyzer(running) as stub:
        info = stub.GetAnalyzerInfo(Empty())
        assert info.name == family
        assert [policy.name for policy in info.policies] == [*(rule.name for rule in rules_of(family)), undecided.POLICY, waivers.POLICY]
        assert {policy.enforcementLevel for policy in info.policies[:-2]} == {protocol.MANDATORY}
        assert all(policy.remediation_steps and policy.severity for policy in info.policies[:-2])
        single = [each for known in (listener, template) for each in stub.Analyze(announced(known)).diagnostics]
        whole = stub.AnalyzeStack(protocol.AnalyzeStackRequest(resources=[registered(template)])).diagnostics
        assert ("listener_uses_tls" in {each.policyName for each in single}) is (family == "security")
        assert ("instances_require_imdsv2" in "".join(each.message for each in whole)) is (family == "security")
        assert running.stdout
        assert not select.select([running.stdout], [], [], 0.1)[0]


@pytest.mark.parametrize("family", FAMILIES)
def test_a_rule_about_other_types_is_not_counted_as_passed(family: str) -> None:
    """A summary of what was checked says no more than what was."""
    listener = announced(given(aws_types.LISTENER, "lb-http", {"protocol": "HTTP"}))
    about = {rule.name: rule.concerns(listener.type) for rule in rules_of(family) if isinstance(rule, ResourceRule)}
    with process(STARTER, PACKS / family) as running, analyzer(running) as stub:
        told = {each.policy_name for each in stub.Analyze(listener).not_applicable}
    assert told == {name for name, concerned in about.items() if not concerned}
    assert (about.keys() - told == set()) is (family == "monitoring")


def test_a_pack_leaves_at_once_when_it_is_interrupted() -> None:
    """Its server would take five seconds, and the engine waits for it."""
    with process(STARTER, PACKS / "delivery") as running, analyzer(running) as stub:
        stub.GetAnalyzerInfo(Empty())
        start = time.monotonic()
        running.send_signal(signal.SIGINT)
        running.wait(timeout=10)
        assert time.monotonic() - start < 2


def test_a_rule_that_prints_does_not_disturb_the_engine(tmp_path: Path) -> None:
    """The first line of stdout is the port whatever a rule does while it is loaded."""
    (tmp_path / "__main__.py").write_text(
        "from policies.rules import pack\n"
        "def loud(family):\n"
        "    print('loaded', family)\n"
        "    return ()\n"
        "pack.rules_of = loud\n"
        "pack.serve('loud')\n"
    )
    with process(STARTER, tmp_path) as running, analyzer(running) as stub:
        assert stub.GetAnalyzerInfo(Empty()).name == "loud"
        running.terminate()
        assert running.communicate()[1].count("loaded loud") == 1


@pytest.mark.parametrize("family", FAMILIES)
def test_a_pack_is_five_lines_and_names_the_project_s_environment(family: str) -> None:
    """All else is in the importable package, so that tests can load it; the vendor's CLI finds the interpreter by PulumiPolicy.yaml."""
    assert len((PACKS / family / "__main__.py").read_text().splitlines()) == 5
    project = YAML(typ="safe").load(PACKS / family / "PulumiPolicy.yaml")
    assert project["runtime"]["name"] == "python"
    assert (PACKS / family / project["runtime"]["options"]["virtualenv"]).resolve() == PACKS.parent / ".venv"
    assert project["version"]
    assert project["description"]


def test_a_rule_and_its_file_have_one_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a finding could not be looked up."""
    (wrong, *_) = rules_of("delivery")
    module = type("module", (), {"RULE": wrong})
    monkeypatch.setattr(importlib, "import_module", lambda _: module)
    with pytest.raises(ValueError, match="the file and the rule have one name"):
        catalogue._rule("policies.rules.delivery.another", "another")


def test_a_pack_loads_neither_resource_classes_nor_the_sdk() -> None:
    """Loading them would take longer than all the rest of its start."""
    code = "import sys; from policies.rules.pack import serve; from policies.rules.catalogue import *\n"
    code += "[rules_of(family) for family in FAMILIES]; sys.exit(any(name.startswith('pulumi') for name in sys.modules))"
    ended = subprocess.run([sys.executable, "-c", code], check=False, env={**os.environ, "PYTHONWARNINGS": "error"})
    assert ended.returncode == 0


def test_a_pack_leaves_when_its_engine_was_killed() -> None:
    """Nobody else would end it."""
    starter = f"import subprocess; print(subprocess.Popen({STARTER!r}, stdout=2).pid, flush=True); input()"
    command = [sys.executable, "-c", starter]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=PACKS / "security", stdin=pipe, stdout=pipe, stderr=pipe, text=True) as engine:
        assert engine.stdout
        assert engine.stderr
        pack = int(engine.stdout.readline())
        assert int(engine.stderr.readline())
        engine.kill()
        engine.wait()
        end = time.monotonic() + 10
        while alive(pack) and time.monotonic() < end:
            time.sleep(0.1)
    assert not alive(pack)
