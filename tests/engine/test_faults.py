"""Every way of dying half-way, on one sandbox: after each the same command reaches the wanted state, and nothing is doubled or lost."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from ops.acts.stack import AWS_OWN, INVENTORY
from ops.errors import Exit
from sandbox import faults
from sandbox.faults import Fault, Kind
from tests.engine.conftest import FACTS, Switchyard

pytestmark = pytest.mark.engine

TARGET = ("-s", "staging", "--sandbox")
IMAGE = f"123456789012.dkr.ecr.eu-west-1.amazonaws.com/api@sha256:{'f' * 64}"
INSIDE = (
    ("ec2", "describe_subnets", "Subnets", "SubnetId"),
    ("ec2", "describe_security_groups", "SecurityGroups", "GroupId"),
    ("ec2", "describe_security_group_rules", "SecurityGroupRules", "SecurityGroupRuleId"),
    ("ec2", "describe_route_tables", "RouteTables", "RouteTableId"),
    ("ec2", "describe_addresses", "Addresses", "AllocationId"),
)
"""What is in a network, in the form of INVENTORY."""


@dataclass(frozen=True)
class Case:
    """A command that a fault strikes."""

    words: Sequence[str]
    fault: Fault

    def __str__(self) -> str:
        return f"{self.words[0]}: {self.fault}"


FROM_NOTHING = (
    Case(("up",), Fault(Kind.ENGINE_KILLED, 25)),
    Case(("up",), Fault(Kind.MACHINE_DOWN, 120)),
    Case(("up",), Fault(Kind.DENIED, 60)),
    Case(("up",), Fault(Kind.CONFLICT, 90)),
)
"""Each on an account with nothing in it."""
ON_THE_STACK = (
    Case(("release", "api", "--image", IMAGE), Fault(Kind.ENGINE_KILLED, 1)),
    Case(("shift", "api", "10"), Fault(Kind.ENGINE_KILLED)),
    Case(("promote", "api"), Fault(Kind.ENGINE_KILLED)),
    Case(("rollback", "api"), Fault(Kind.ENGINE_KILLED)),
)
"""One after the other on a stack that is up; a new line is a new case."""


def inventory(switchyard: Switchyard) -> Counter[str]:
    """How many of each kind of thing AWS has, less what is AWS's own."""
    found: Counter[str] = Counter()
    for service, question, answer, name in (*INVENTORY, *INSIDE):
        told = getattr(switchyard.sandbox.client(service, FACTS), question)()[answer]
        found[answer] += len([each for each in told if not str(each[name]).startswith(AWS_OWN)])
    return found


def begun(switchyard: Switchyard) -> list[str]:
    """What the state says was begun and not ended."""
    latest = json.loads(switchyard.state.read_text(encoding="utf-8"))["checkpoint"]["latest"] or {}
    return [f"{each['type']} {each['resource']['urn']}" for each in latest.get("pending_operations") or ()]


def struck(switchyard: Switchyard, case: Case) -> str:
    """Run the command into the fault; the operation that was struck."""
    faults.plan(switchyard.sandbox.folder, case.fault)
    ended = switchyard.run(*case.words, *TARGET)
    operation = faults.call_off(switchyard.sandbox.folder)
    assert operation, f"{case} struck nothing: {ended.stderr}"
    assert ended.returncode in {Exit.FAILED, Exit.INTERRUPTED}, ended.stdout + ended.stderr
    assert ended.stderr.strip()
    return operation


@pytest.fixture(scope="module")
def undisturbed(switchyard: Switchyard) -> Counter[str]:
    """Count what a stack has that came up in peace, and take it down."""
    assert switchyard.run("up", *TARGET).returncode == Exit.DONE
    counted = inventory(switchyard)
    assert switchyard.run("down", *TARGET).returncode == Exit.DONE
    return counted


@pytest.mark.parametrize("case", FROM_NOTHING, ids=str)
def test_the_next_up_reaches_the_wanted_state(switchyard: Switchyard, undisturbed: Counter[str], case: Case) -> None:
    """Nothing twice, nothing missing, nothing begun and not ended, no lock; then it goes down again as a whole."""
    struck(switchyard, case)
    again = switchyard.run("up", *TARGET)
    assert again.returncode == Exit.DONE, again.stdout + again.stderr
    assert inventory(switchyard) == undisturbed
    assert begun(switchyard) == []
    assert switchyard.run("down", *TARGET).returncode == Exit.DONE


@pytest.fixture(scope="module")
def standing(switchyard: Switchyard, undisturbed: Counter[str]) -> Switchyard:
    """Bring the stack up once more."""
    assert switchyard.run("up", *TARGET).returncode == Exit.DONE
    assert inventory(switchyard) == undisturbed
    return switchyard


@pytest.mark.parametrize("case", ON_THE_STACK, ids=str)
def test_the_same_command_again_reaches_the_wanted_state(standing: Switchyard, undisturbed: Counter[str], case: Case) -> None:
    """And what runs is what config says."""
    struck(standing, case)
    again = standing.run(*case.words, *TARGET)
    assert again.returncode == Exit.DONE, again.stdout + again.stderr
    assert begun(standing) == []
    verified = standing.run("verify", *TARGET)
    assert verified.returncode == Exit.DONE, verified.stdout + verified.stderr
    counted = inventory(standing)
    assert {kind: counted[kind] - undisturbed[kind] for kind in counted if counted[kind] != undisturbed[kind]} == {}
