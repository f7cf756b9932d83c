"""What an engine that was killed had begun, settled against the emulated AWS; with the engine it is in tests/engine/test_faults.py."""

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from ops.difference import EGRESS
from ops.errors import EngineError, RefusedError
from ops.parts import GROUP
from ops.plan import Plan
from ops.recovery import kept_in_mind, recover
from tests.ops.stand_in import StandIn, step_of
from tests.ops.state import urn

IP_SET = "aws:wafv2/ipSet:IpSet"
PARAMETER, SUBNET, PASSWORD = "aws:ssm/parameter:Parameter", "aws:ec2/subnet:Subnet", "random:index/randomPassword:RandomPassword"
SECURITY_GROUP, UNKNOWN = "aws:ec2/securityGroup:SecurityGroup", "aws:ec2/instance:Instance"


class Engine(StandIn):
    """Exports and imports a state of the test's."""

    state: dict[str, Any]

    def command(self, *words: str) -> str:
        """`stack export`, and `stack import --file`."""
        if words[:2] == ("stack", "import"):
            self.state = json.loads(Path(words[3]).read_text(encoding="utf-8"))
        return json.dumps(self.state)

    @property
    def resources(self) -> Sequence[dict[str, Any]]:
        """Those of the state."""
        return list(self.state["deployment"]["resources"])

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
    stack.cloud.client("ssm").delete_parameters(Names=["/a/b", "/a/new"])


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


def test_what_is_imported_by_more_than_its_id_is_known_by_that(engine: Engine) -> None:
    """An IP set: the state has its id, and the provider takes it over by its name and scope too."""
    wafv2, inputs = engine.cloud.client("wafv2", "us-east-1"), {"name": "waf-ipv4-1234567", "scope": "CLOUDFRONT", "region": "us-east-1"}
    told = {"Name": inputs["name"], "Scope": inputs["scope"]}
    made = wafv2.create_ip_set(**told, IPAddressVersion="IPV4", Addresses=[])["Summary"]
    try:
        fill(engine, begun(IP_SET, "waf-ipv4", **inputs))
        recover(engine)
        [taken] = engine.state["deployment"]["resources"]
        known = {**taken, "id": made["Id"]}
        fill(engine, begun(IP_SET, "waf-ipv4", **inputs), resources=(known,))
        recover(engine)
    finally:
        wafv2.delete_ip_set(**told, Id=made["Id"], LockToken=made["LockToken"])
    assert taken["id"] == f"{made['Id']}/waf-ipv4-1234567/CLOUDFRONT"
    assert [each["id"] for each in engine.state["deployment"]["resources"]] == [made["Id"]]


def test_a_second_one_goes_with_the_next_update(engine: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    """The state has the thing under another id: what the interrupted update made beside it is nobody's."""
    engine.cloud.client("ssm").put_parameter(Name="/a/new", Value="c", Type="String")
    old = {"urn": urn(PARAMETER, "api-blue-port"), "type": PARAMETER, "id": "/a/old", "inputs": {"name": "/a/old"}}
    fill(engine, begun(PARAMETER, "api-blue-port", name="/a/new"), resources=(old,))
    recover(engine)
    kept, second = engine.state["deployment"]["resources"]
    assert kept == old
    assert (second["id"], second["delete"]) == ("/a/new", True)
    assert "had begun: a second one, which goes with the next update" in capsys.readouterr().err


def test_what_the_state_has_already_is_not_taken_twice(engine: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    """An entry that nobody has struck since."""
    engine.cloud.client("ssm").put_parameter(Name="/a/b", Value="c", Type="String")
    known = {"urn": urn(PARAMETER, "api-blue-port"), "type": PARAMETER, "id": "/a/b", "inputs": {"name": "/a/b"}}
    fill(engine, begun(PARAMETER, "api-blue-port", name="/a/b"), resources=(known,))
    recover(engine)
    assert engine.state == {"deployment": {"resources": [known]}}
    assert "Parameter api-blue-port, which an interrupted update had begun, is in the state" in capsys.readouterr().err


def test_a_second_one_of_what_is_protected_is_left_to_the_operator(engine: Engine) -> None:
    """What holds data is deleted by nobody but them."""
    engine.cloud.client("ssm").put_parameter(Name="/a/new", Value="c", Type="String")
    old = {"urn": urn(PARAMETER, "api-blue-port"), "type": PARAMETER, "id": "/a/old", "inputs": {"name": "/a/old"}}
    operation = begun(PARAMETER, "api-blue-port", name="/a/new")
    operation["resource"]["protect"] = True
    fill(engine, operation, resources=(old,))
    with pytest.raises(RefusedError, match="AWS has /a/new, which the state does not know"):
        recover(engine)


@pytest.fixture
def group(engine: Engine) -> Iterator[dict[str, Any]]:
    """A security group as AWS makes it, which lets everything out, and its state."""
    ec2 = engine.cloud.client("ec2")
    vpc = ec2.describe_vpcs()["Vpcs"][0]["VpcId"]
    id_ = ec2.create_security_group(GroupName="half-made", Description="a", VpcId=vpc)["GroupId"]
    inputs = {"name": "half-made", "vpcId": vpc}
    yield {"urn": urn(SECURITY_GROUP, "firewall-api"), "type": SECURITY_GROUP, "custom": True, "id": id_, "inputs": inputs}
    ec2.delete_security_group(GroupId=id_)


def egress(engine: Engine, group: dict[str, Any]) -> list[str]:
    """Where a group's rules let traffic go."""
    ec2 = engine.cloud.client("ec2")
    rules = ec2.describe_security_group_rules(Filters=[{"Name": "group-id", "Values": [group["id"]]}])["SecurityGroupRules"]
    return [rule["CidrIpv4"] for rule in rules if rule["IsEgress"]]


def let_out(engine: Engine, group: dict[str, Any]) -> None:
    """Allow something else too."""
    allowed = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "IpRanges": [{"CidrIp": "10.0.0.0/8"}]}
    engine.cloud.client("ec2").authorize_security_group_egress(GroupId=group["id"], IpPermissions=[allowed])


def test_a_security_group_that_was_made_by_half_lets_nothing_out(
    engine: Engine, group: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    """AWS's own rule goes, which the failed second call was to revoke; any other stays, and the next operation looks at the group."""
    let_out(engine, group)
    fill(engine, resources=({**group, "initErrors": ["creating firewall-api: refused"]},))
    recover(engine)
    assert egress(engine, group) == ["10.0.0.0/8"]
    assert engine.state["deployment"]["resources"][0]["refreshBeforeUpdate"]
    assert "revoked the rule by which SecurityGroup firewall-api let everything out" in capsys.readouterr().err


def test_a_security_group_whose_update_failed_keeps_its_rules(engine: Engine, group: dict[str, Any]) -> None:
    """What lets everything out there may have been put there on purpose."""
    fill(engine, resources=({**group, "initErrors": ["updating firewall-api: refused"]},))
    recover(engine)
    assert egress(engine, group) == ["0.0.0.0/0"]
    assert engine.state["deployment"]["resources"][0]["refreshBeforeUpdate"]


def test_a_rule_that_the_state_knows_is_not_revoked(engine: Engine, group: dict[str, Any]) -> None:
    """It is the program's."""
    ec2 = engine.cloud.client("ec2")
    [rule] = ec2.describe_security_group_rules(Filters=[{"Name": "group-id", "Values": [group["id"]]}])["SecurityGroupRules"]
    known = {"urn": urn(EGRESS, "firewall-api-all"), "type": EGRESS, "custom": True, "id": rule["SecurityGroupRuleId"]}
    fill(engine, resources=({**group, "initErrors": ["creating firewall-api: refused"]}, known))
    recover(engine)
    assert egress(engine, group) == ["0.0.0.0/0"]


def test_nothing_is_revoked_before_the_state_is_written(engine: Engine, group: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """The writing is what another update refuses that lives."""
    fill(engine, {"type": "creating", "resource": {key: value for key, value in group.items() if key != "id"}})
    monkeypatch.setattr(Engine, "command", locked(engine))
    with pytest.raises(EngineError, match="locked"):
        recover(engine)
    assert egress(engine, group) == ["0.0.0.0/0"]


def locked(engine: Engine) -> Callable[..., str]:
    """A state that can be read and not written."""

    def command(_self: Engine, *words: str) -> str:
        if "import" in words:
            raise EngineError("the stack is locked", "Wait.")
        return json.dumps(engine.state)

    return command


def test_a_security_group_that_is_taken_over_lets_nothing_out(engine: Engine, group: dict[str, Any]) -> None:
    """The engine died before the second call, or after it: then there is nothing to revoke."""
    for _ in range(2):
        fill(engine, {"type": "creating", "resource": {key: value for key, value in group.items() if key != "id"}})
        recover(engine)
        assert egress(engine, group) == []
        assert [each["id"] for each in engine.state["deployment"]["resources"]] == [group["id"]]


def test_of_two_that_it_may_be_none_is_taken(engine: Engine) -> None:
    """The operator says which one nothing uses."""
    ec2 = engine.cloud.client("ec2")
    labels = {"project": "switchyard", "stack": "staging", "resource": "network-twice"}
    tags = [{"ResourceType": "elastic-ip", "Tags": [{"Key": key, "Value": value} for key, value in labels.items()]}]
    made = [ec2.allocate_address(TagSpecifications=tags)["AllocationId"] for _ in range(2)]
    fill(engine, begun("aws:ec2/eip:Eip", "network-twice"))
    try:
        with pytest.raises(RefusedError) as caught:
            recover(engine)
    finally:
        for address in made:
            ec2.release_address(AllocationId=address)
    assert all(address in caught.value.message for address in made)
    assert caught.value.next_step == "Delete what nothing uses, then run this command again."


def test_what_the_engine_made_for_itself_is_not_looked_for(engine: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    """A component, and a provider: neither is in AWS."""
    component = begun("switchyard:services:Service", "api")
    component["resource"]["custom"] = False
    fill(engine, component, begun("pulumi:providers:aws", "aws"))
    recover(engine)
    assert engine.state == {"deployment": {"resources": []}}
    assert capsys.readouterr().err == ""


def test_an_update_that_was_cut_off_is_looked_at(engine: Engine) -> None:
    """The state does not vouch for it until it is refreshed."""
    known = {"urn": urn(PARAMETER, "api-blue-port"), "type": PARAMETER, "id": "/a/b", "inputs": {"name": "/a/b"}}
    operation = begun(PARAMETER, "api-blue-port", "updating", name="/a/b")
    fill(engine, operation, resources=(known,))
    recover(engine)
    assert engine.state["deployment"]["resources"] == [{**known, "refreshBeforeUpdate": True}]


def test_a_change_that_starts_something_is_made_once_more(engine: Engine) -> None:
    """AWS does not say whether the call that starts an instance refresh was made: the state forgets what would have started it."""
    policy = {"launchTemplate": {"launchTemplateSpecification": {"version": "1"}}}
    known = {"urn": urn(GROUP, "api-green-group"), "type": GROUP, "id": "g"}
    group = {**known, "inputs": {"name": "g", "mixedInstancesPolicy": policy}, "outputs": {"name": "g", "mixedInstancesPolicy": policy}}
    fill(engine, begun(GROUP, "api-green-group", "updating", name="g", mixedInstancesPolicy={}), resources=(group,))
    recover(engine)
    assert engine.state["deployment"]["resources"] == [{**known, "inputs": {"name": "g"}, "outputs": {"name": "g"}}]


def test_a_change_that_starts_nothing_is_looked_at(engine: Engine) -> None:
    """A floor that was raised is what AWS says it is."""
    group = {"urn": urn(GROUP, "api-green-group"), "type": GROUP, "id": "g", "inputs": {"mixedInstancesPolicy": {"a": 1}, "minSize": 2}}
    fill(engine, begun(GROUP, "api-green-group", "updating", mixedInstancesPolicy={"a": 1}, minSize=3), resources=(group,))
    recover(engine)
    assert engine.state["deployment"]["resources"] == [{**group, "refreshBeforeUpdate": True}]


def test_an_update_of_a_part_keeps_the_other_changes_in_mind(engine: Engine) -> None:
    """The engine would forget them: what the update was about or has changed is settled, the rest is to be looked at."""
    names = ("meant", "changed", "other")
    known: list[dict[str, Any]] = [{"urn": urn(PARAMETER, name), "type": PARAMETER, "id": name, "inputs": {}} for name in names]
    engine.half_done = [f"updating Parameter {name}" for name in names]
    fill(engine, *(begun(PARAMETER, name, "updating") for name in names), resources=tuple(known))
    with kept_in_mind(engine, [urn(PARAMETER, "meant")]):
        engine.journal.append(Plan(steps=[step_of(PARAMETER, "changed", ())]))
        engine.state["deployment"].pop("pending_operations")
    assert engine.state["deployment"]["resources"] == [*known[:2], {**known[2], "refreshBeforeUpdate": True}]


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
