"""Faults on order, on a client of the emulated AWS; what they do to the engine is in tests/engine/test_faults.py."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError, ReadTimeoutError

from sandbox import faults
from sandbox.account import Sandbox
from sandbox.faults import Fault, Kind
from sandbox.seed import AccountFacts


@pytest.fixture(scope="module")
def account(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    """Start an emulator."""
    sandbox = Sandbox(tmp_path_factory.mktemp("aws"))
    sandbox.emulator.start()
    yield sandbox
    sandbox.remove()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Make this process the plugin of an engine whose home lies in a sandbox's folder."""
    monkeypatch.setenv("PULUMI_HOME", str(tmp_path / "home"))
    faults._planned.cache_clear()
    yield tmp_path
    faults._planned.cache_clear()


def planted(account: Sandbox, facts: AccountFacts, service: str) -> Any:
    """A client that the plan may strike."""
    client = Sandbox(account.folder).client(service, facts)
    faults.plant(client)
    return client


CODES = {Kind.THROTTLED: "Throttling", Kind.DENIED: "AccessDenied", Kind.CONFLICT: "ConflictException"}
CALLS: dict[str, tuple[str, Callable[[Any], object]]] = {
    "ec2": ("CreateVpc", lambda ec2: ec2.create_vpc(CidrBlock="10.0.0.0/16")),
    "ssm": ("PutParameter", lambda ssm: ssm.put_parameter(Name="a", Value="b", Type="String", Overwrite=True)),
    "sns": ("CreateTopic", lambda sns: sns.create_topic(Name="a")),
    "iam": ("CreateRole", lambda iam: iam.create_role(RoleName=f"r{uuid4()}", AssumeRolePolicyDocument="{}")),
}
"""A call of each protocol that the program's services speak."""


@pytest.mark.parametrize("kind", CODES)
@pytest.mark.parametrize("service", CALLS)
def test_an_error_reaches_the_caller_as_aws_sends_it(account: Sandbox, facts: AccountFacts, folder: Path, kind: Kind, service: str) -> None:
    """Once, in the protocol of the service; the next call goes through, and what was struck is written down."""
    operation, call = CALLS[service]
    faults.plan(folder, Fault(kind))
    client = planted(account, facts, service)
    with pytest.raises(ClientError) as caught:
        call(client)
    assert caught.value.response["Error"]["Code"] == CODES[kind]
    call(client)
    assert faults.call_off(folder) == operation


@pytest.mark.parametrize(("kind", "error"), [(Kind.NO_NETWORK, EndpointConnectionError), (Kind.TIMEOUT, ReadTimeoutError)])
def test_a_fault_waits_for_its_call_and_strikes_so_many(
    account: Sandbox, facts: AccountFacts, folder: Path, kind: Kind, error: type[Exception]
) -> None:
    """Reading calls are not counted, and are struck too once it has begun."""
    faults.plan(folder, Fault(kind, call=2, times=2))
    client = planted(account, facts, "ec2")
    client.describe_vpcs()
    client.create_vpc(CidrBlock="10.0.0.0/16")
    for call in (lambda: client.create_vpc(CidrBlock="10.1.0.0/16"), client.describe_vpcs):
        with pytest.raises(error):
            call()
    client.describe_vpcs()


def test_a_fault_may_wait_for_one_operation(account: Sandbox, facts: AccountFacts, folder: Path) -> None:
    """Whatever else is called before."""
    faults.plan(folder, Fault(Kind.CONFLICT, operation="DeleteVpc"))
    client = planted(account, facts, "ec2")
    vpc = client.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    with pytest.raises(ClientError, match="ConflictException"):
        client.delete_vpc(VpcId=vpc)
    assert faults.call_off(folder) == "DeleteVpc"


def test_without_a_plan_nothing_is_watched(account: Sandbox, facts: AccountFacts, folder: Path) -> None:
    """And a plan that struck nothing says so."""
    planted(account, facts, "ec2").create_vpc(CidrBlock="10.0.0.0/16")
    assert faults.call_off(folder) == ""


def test_a_fault_says_when_it_strikes() -> None:
    """For a table."""
    assert str(Fault(Kind.NO_NETWORK, 3, 9)) == "network gone at change 3, 9 times"
    assert str(Fault(Kind.ENGINE_KILLED, 3)) == "engine killed at change 3"
    assert str(Fault(Kind.CONFLICT, operation="DeleteVpc")) == "conflict at DeleteVpc"
    assert str(Fault(Kind.NO_NETWORK, 20, faults.FOREVER)) == "network gone from change 20 on"
