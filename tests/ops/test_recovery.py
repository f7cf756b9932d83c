"""What an engine that was killed had begun, settled against the emulated AWS; with the engine it is in tests/engine/test_faults.py."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ops.errors import EngineError, RefusedError
from ops.recovery import recover
from tests.ops.stand_in import StandIn
from tests.ops.state import urn

PARAMETER, SUBNET, PASSWORD = "aws:ssm/parameter:Parameter", "aws:ec2/subnet:Subnet", "random:index/randomPassword:RandomPassword"
UNKNOWN = "aws:ec2/instance:Instance"


class Engine(StandIn):
    """Exports and imports a state of the test's."""

    state: dict[str, Any]

    def command(self, *words: str) -> str:
        """`stack export`, and `stack import --file`."""
        if words[:2] == ("stack", "import"):
            self.state = json.loads(Path(words[3]).read_text(encoding="utf-8"))
        return json.dumps(self.state)

    @property
    def unseen(self) -> list[str]:
        """Nothing is refreshed here."""
        return []


def begun(kind: str, logical: str, doing: str = "creating", **inputs: object) -> dict[str, Any]:
    """An operation that nobody noted the end of."""
    return {"type": doing, "resource": {"urn": urn(kind, logical), "type": kind, "custom": True, "inputs": inputs}}


@pytest.fixture
def engine(stack: StandIn) -> Iterator[Engine]:
    """A stack whose state the test fills."""
    stack.__class__ = Engine
    assert isinstance(stack, Engine)
    stack.half_done = ["creating something"]
    yield stack
    ssm = stack.cloud.client("ssm")
    for each in ssm.describe_parameters()["Parameters"]:
        ssm.delete_parameter(Name=each["Name"])


def fill(engine: Engine, *pending: dict[str, Any], resources: tuple[dict[str, Any], ...] = ()) -> None:
    """Let the state say so."""
    engine.state = {"deployment": {"resources": list(resources), "pending_operations": list(pending)}}


def test_what_aws_has_is_taken_over(engine: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    """Under its URN and AWS's id, to be looked at by the next operation; the entry goes."""
    engine.cloud.client("ssm").put_parameter(Name="/a/b", Value="c", Type="String")
    fill(engine, begun(PARAMETER, "api-blue-port", name="/a/b"))
    recover(engine)
    [taken] = engine.state["deployment"]["resources"]
    assert (taken["urn"], taken["id"], taken["refreshBeforeUpdate"]) == (urn(PARAMETER, "api-blue-port"), "/a/b", True)
    assert not engine.state["deployment"].get("pending_operations")
    assert "found Parameter api-blue-port (/a/b), which an interrupted update had begun: taken over" in capsys.readouterr().err


def test_what_aws_does_not_have_is_struck(engine: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    """And said; so is what can be made again without doubling anything."""
    fill(engine, begun(PARAMETER, "api-blue-port", name="/not/there"), begun(PASSWORD, "api-blue-token"))
    recover(engine)
    assert engine.state == {"deployment": {"resources": []}}
    told = capsys.readouterr().err
    assert "Parameter api-blue-port, which an interrupted update had begun, is not in AWS" in told
    assert "RandomPassword api-blue-token, which an interrupted update had begun, can be made again" in told


def test_a_thing_without_a_name_is_found_by_its_tags(engine: Engine) -> None:
    """Project, stack and logical name; one of another stack is none."""
    ec2 = engine.cloud.client("ec2")
    vpc = ec2.describe_vpcs()["Vpcs"][0]["VpcId"]
    made = []
    for number, stack in enumerate(("staging", "prod")):
        labels = {"project": "switchyard", "stack": stack, "resource": "network-app-a"}
        tags = [{"ResourceType": "subnet", "Tags": [{"Key": key, "Value": value} for key, value in labels.items()]}]
        block = ec2.describe_vpcs()["Vpcs"][0]["CidrBlock"].replace(".0.0/16", f".{200 + number}.0/24")
        made.append(ec2.create_subnet(VpcId=vpc, CidrBlock=block, TagSpecifications=tags)["Subnet"]["SubnetId"])
    fill(engine, begun(SUBNET, "network-app-a"))
    try:
        recover(engine)
    finally:
        for subnet in made:
            ec2.delete_subnet(SubnetId=subnet)
    assert [each["id"] for each in engine.state["deployment"]["resources"]] == made[:1]


def test_an_update_that_was_cut_off_is_looked_at(engine: Engine) -> None:
    """The state does not vouch for it until it is refreshed."""
    known = {"urn": urn(PARAMETER, "api-blue-port"), "type": PARAMETER, "id": "/a/b", "inputs": {"name": "/a/b"}}
    operation = begun(PARAMETER, "api-blue-port", "updating", name="/a/b")
    fill(engine, operation, resources=(known,))
    recover(engine)
    assert engine.state["deployment"]["resources"] == [{**known, "refreshBeforeUpdate": True}]


def test_what_nobody_knows_how_to_find_is_refused(engine: Engine) -> None:
    """Nothing is guessed, and the state stays."""
    fill(engine, begun(UNKNOWN, "api"))
    before = json.dumps(engine.state)
    with pytest.raises(RefusedError, match="nobody can say whether AWS has it"):
        recover(engine)
    assert json.dumps(engine.state) == before


def test_a_state_that_changes_meanwhile_is_left_alone(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody else's update is not overwritten."""
    fill(engine, begun(PASSWORD, "api-blue-token"))
    answers = iter([json.dumps(engine.state), json.dumps({"deployment": {"resources": [1]}})])
    monkeypatch.setattr(engine, "command", lambda *_words: next(answers))
    with pytest.raises(EngineError, match="has changed the state in the meantime"):
        recover(engine)


def test_a_state_in_order_costs_nothing(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine is not asked."""
    engine.half_done, asked = [], []
    monkeypatch.setattr(engine, "command", lambda *words: asked.append(words))
    recover(engine)
    assert asked == []
