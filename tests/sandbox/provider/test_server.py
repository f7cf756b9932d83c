"""What the engine relies on, beside the life of a single resource."""

import dataclasses
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import grpc
import pytest
from google.protobuf import empty_pb2
from google.rpc import status_pb2  # type: ignore[import-untyped] # generated code, without annotations
from pulumi.runtime.proto import provider_pb2

from sandbox.provider import schema
from sandbox.provider.errors import ProviderError
from sandbox.provider.wire import UNKNOWN, Secret, decode, encode, has_secret
from tests.sandbox.provider.driver import CONFIG, Driver, Made, bare
from tests.sandbox.provider.specs.lb import forward, listener, target_groups
from tests.sandbox.provider.world import World


def told(error: pytest.ExceptionInfo[grpc.RpcError]) -> str:
    """Return what the engine shows of an error."""
    return str(error.value.details())


def test_the_plugin_has_the_version_of_the_sdk(aws: Driver, random: Driver) -> None:
    """Another version would be warned about at each use."""
    assert aws.stub.GetPluginInfo(empty_pb2.Empty()).version == "7.51.1"
    assert random.stub.GetPluginInfo(empty_pb2.Empty()).version == "4.21.4"


def test_the_plugin_takes_secrets_and_previews(aws: Driver) -> None:
    """So that the engine sends both."""
    assert aws.stub.Handshake(provider_pb2.ProviderHandshakeRequest(engine_address="127.0.0.1:1")).accept_secrets
    answer = aws.configure(CONFIG)
    assert answer.acceptSecrets
    assert answer.supportsPreview


def test_what_the_engine_may_ask_beside_is_answered(aws: Driver) -> None:
    """None of it matters here."""
    assert aws.stub.GetSchema(provider_pb2.GetSchemaRequest()).schema == '{"name": "aws"}'
    assert aws.stub.GetMapping(provider_pb2.GetMappingRequest(key="terraform")).provider == ""


def test_a_function_is_refused_with_its_name(aws: Driver) -> None:
    """The program makes no invoke."""
    with pytest.raises(grpc.RpcError) as error:
        aws.stub.Invoke(provider_pb2.InvokeRequest(tok="aws:ec2/getAmi:getAmi"))
    assert "aws:ec2/getAmi:getAmi: the sandbox has no functions" in told(error)


def test_a_type_without_a_row_is_refused_with_what_to_do(aws: Driver) -> None:
    """A row is needed, and row.py says how it is written."""
    with pytest.raises(grpc.RpcError) as error:
        aws.check("aws.sqs.Queue", "queue", {})
    assert told(error) == (
        "checking queue: the sandbox does not know aws:sqs/queue:Queue: it needs a row in sandbox/provider/rows/ (row.py says how)"
    )


def test_all_that_is_wrong_is_told_at_once(aws: Driver) -> None:
    """Each with its property."""
    _, failures = aws.check(
        "aws.lb.TargetGroup",
        "a-logical-name-that-is-short",
        {"name": "-web", "port": 70000, "protocol": "SMTP", "slowStart": 10, "healthCheck": {"interval": 5, "timeout": 5}},
    )
    assert failures.keys() == {"name", "port", "protocol", "slowStart", "healthCheck.timeout"}
    assert failures["healthCheck.timeout"] == "5 s must be less than the interval of 5 s"


def test_a_name_that_is_too_long_is_refused_in_the_official_words(aws: Driver) -> None:
    """32 characters for a target group, 7 of them random."""
    _, failures = aws.check("aws.lb.TargetGroup", "a-logical-name-that-is-too-long", {})
    assert failures == {"name": "name 'a-logical-name-that-is-too-long-' plus 7 random chars is longer than maximum length 32"}


def test_an_input_that_reaches_no_call_is_refused(aws: Driver) -> None:
    """It would be dropped without a word."""
    _, failures = aws.check("aws.ec2.SecurityGroup", "web", {"ingress": [{"protocol": "tcp", "fromPort": 1, "toPort": 2}]})
    assert failures["ingress"].startswith("the sandbox does not bring ingress of aws:ec2/securityGroup:SecurityGroup to AWS")


def test_inputs_that_exclude_each_other_are_refused(aws: Driver) -> None:
    """As AWS does."""
    inputs = {"securityGroupId": "sg-1", "ipProtocol": "tcp", "cidrIpv4": "10.0.0.0/8", "prefixListId": "pl-1", "fromPort": 1}
    _, failures = aws.check("aws.vpc.SecurityGroupIngressRule", "rule", inputs)
    assert failures["cidrIpv4"].startswith("conflicts with prefixListId: give one of cidrIpv4, ")
    assert failures["fromPort"] == "fromPort and toPort are given together"


FORWARD = {"forward": {"targetGroups": [{"arn": "blue", "weight": 1}]}}


@pytest.mark.parametrize(
    ("type_", "inputs", "path"),
    [
        ("aws.lb.ListenerRule", {"actions": [{**FORWARD, "type": "forward", "targetGroupArn": "green"}]}, "actions[0].targetGroupArn"),
        (
            "aws.lb.ListenerRule",
            {"actions": [{"type": "forward", "forward": {"targetGroups": [{"arn": "a"}] * 6}}]},
            "actions[0].forward.targetGroups",
        ),
        ("aws.lb.ListenerRule", {"actions": [{"type": "redirect"}]}, "actions[0].redirect"),
        ("aws.lb.ListenerRule", {"priority": 50001}, "priority"),
        ("aws.vpc.SecurityGroupEgressRule", {"ipProtocol": "-1", "fromPort": 1, "toPort": 2}, "fromPort"),
        ("aws.ec2.Vpc", {"cidrBlock": "10.0.0.1/16"}, "cidrBlock"),
        ("aws.iam.Role", {"assumeRolePolicy": "{"}, "assumeRolePolicy"),
        ("aws.kms.Key", {"tags": {"aws:own": "x"}}, 'tags["aws:own"]'),
        ("aws.kms.Alias", {"name": "alias/aws/ours"}, "name"),
        ("aws.s3.Bucket", {"bucket": "Upper"}, "bucket"),
    ],
)
def test_what_aws_refuses_and_the_emulator_takes_is_refused(aws: Driver, type_: str, inputs: dict[str, Any], path: str) -> None:
    """Beside what is missing in these fragments."""
    _, failures = aws.check(type_, "name", _with_required(type_, inputs))
    assert failures.keys() == {path}


def _with_required(type_: str, inputs: dict[str, Any]) -> dict[str, Any]:
    """Return inputs completed with unknown values for what the type requires."""
    return {**dict.fromkeys(schema.load(type_).required, UNKNOWN), **inputs}


def test_default_tags_are_under_those_of_the_resource(world: World, aws: Driver) -> None:
    """In AWS as in `tagsAll`."""
    made = world.make("aws.kms.Key", tags={"Owner": "own"})
    assert made.inputs["tagsAll"] == made.outputs["tagsAll"] == {"Project": "switchyard", "Owner": "own"}
    assert made.outputs["tags"] == {"Owner": "own"}
    tags = world.client("kms").list_resource_tags(KeyId=made.id)["Tags"]
    assert {tag["TagKey"]: tag["TagValue"] for tag in tags} == {"Project": "switchyard", "Owner": "own"}
    assert aws.check("aws.kms.Key", "key", {"tags": {"Owner": UNKNOWN}})[0]["tagsAll"] == UNKNOWN


def test_new_default_tags_are_a_change_of_each_taggable_resource(world: World) -> None:
    """Seen in `tagsAll`, made in place, and the ones that went are removed."""
    made = world.make("aws.kms.Key")
    other = Driver("aws", {**CONFIG, "defaultTags": '{"tags": {"Project": "other"}}'})
    checked, _ = other.check("aws.kms.Key", made.name, {}, made.inputs)
    found = other.diff(made, checked)
    assert found.detailedDiff.keys() == {"tagsAll.Owner", "tagsAll.Project"}
    assert not found.replaces
    assert other.update(made, checked).outputs["tagsAll"] == {"Project": "other"}
    other.close()


def test_a_resource_lives_in_the_region_that_it_names(world: World, aws: Driver) -> None:
    """The provider's by default; another region is another resource."""
    made = world.make("aws.kms.Key", region="us-east-1")
    assert made.outputs["arn"].startswith("arn:aws:kms:us-east-1:")
    checked, _ = aws.check("aws.kms.Key", made.name, {}, made.inputs)
    assert checked["region"] == "eu-west-1"
    assert list(aws.diff(made, checked).replaces) == ["region"]


def rule(world: World) -> Made:
    """Return a weighted rule behind a secret header."""
    header = {"httpHeaderName": "x-preview", "values": [Secret("t0ken")]}
    return world.make(
        "aws.lb.ListenerRule",
        listenerArn=listener(world),
        priority=1,
        actions=[forward(target_groups(world), 100)],
        conditions=[{"httpHeader": header}],
    )


def test_weights_move_in_place_and_nothing_else_does(world: World, aws: Driver) -> None:
    """A flip is one change of two numbers."""
    made = rule(world)
    groups = tuple(member["arn"] for member in made.inputs["actions"][0]["forward"]["targetGroups"])
    checked = {**made.inputs, "actions": [forward((groups[0], groups[1]), 0)]}
    found = aws.diff(made, checked)
    path = "actions[0].forward.targetGroups[{}].weight"
    assert found.detailedDiff.keys() == {path.format(0), path.format(1)}
    aws.update(made, checked)
    assert weights(world, made.id) == {groups[0]: 0, groups[1]: 100}


def weights(world: World, arn: str) -> dict[str, int]:
    """Return the weights of a rule, from AWS."""
    (action,) = world.client("elbv2").describe_rules(RuleArns=[arn])["Rules"][0]["Actions"]
    return {member["TargetGroupArn"]: member["Weight"] for member in action["ForwardConfig"]["TargetGroups"]}


def test_weights_that_drifted_show_in_inputs_and_outputs(world: World, aws: Driver) -> None:
    """So that the next `up` puts them back."""
    made = rule(world)
    client = world.client("elbv2")
    (action,) = client.describe_rules(RuleArns=[made.id])["Rules"][0]["Actions"]
    for member in action["ForwardConfig"]["TargetGroups"]:
        member["Weight"] = 50
    client.modify_rule(RuleArn=made.id, Actions=[action])
    id_, outputs, inputs = aws.read(made)
    for found in (outputs, inputs):
        assert [member["weight"] for member in found["actions"][0]["forward"]["targetGroups"]] == [50, 50]
    drifted = dataclasses.replace(made, inputs=inputs, outputs=outputs)
    aws.update(drifted, made.inputs)
    assert sorted(weights(world, id_).values()) == [0, 100]


def test_a_secret_stays_one_and_what_lies_around_it_stays_readable(world: World, aws: Driver) -> None:
    """In the checked inputs, the outputs, a refresh and a preview."""
    made = rule(world)
    _, outputs, inputs = aws.read(made)
    preview = aws.update(made, made.inputs, preview=True).outputs
    for found in (made.inputs, made.outputs, outputs, inputs, preview):
        assert found["conditions"][0]["httpHeader"] == {"httpHeaderName": "x-preview", "values": [Secret("t0ken")]}
        assert not has_secret(found["actions"])


def test_a_password_is_a_secret_whatever_the_inputs_were(random: Driver) -> None:
    """And it is as asked for."""
    made = random.make("random.RandomPassword", "token", length=24, special=False, upper=False, minNumeric=5, overrideSpecial="_")
    assert isinstance(made.outputs["result"], Secret)
    text = made.outputs["result"].value
    assert len(text) == 24
    assert text.isalnum()
    assert text == text.lower()
    assert sum(map(str.isdigit, text)) >= 5
    assert random.read(made)[1]["result"] == made.outputs["result"]


@pytest.mark.parametrize(
    ("inputs", "path"),
    [
        ({"length": 0}, "length"),
        ({"length": 3, "minUpper": 2, "minLower": 2}, "length"),
        ({"length": 8, "upper": False, "lower": False, "numeric": False, "special": False}, "length"),
        ({"length": 8, "special": False, "minSpecial": 1}, "minSpecial"),
    ],
)
def test_a_password_that_cannot_be_is_refused(random: Driver, inputs: dict[str, Any], path: str) -> None:
    """Before anything is made."""
    assert random.check("random.RandomPassword", "token", inputs)[1].keys() == {path}


def test_an_error_of_aws_is_told_with_its_code_and_the_resource(aws: Driver) -> None:
    """Never as a traceback."""
    checked, _ = aws.check("aws.ec2.Subnet", "app", {"vpcId": "vpc-none", "cidrBlock": "10.0.0.0/24"})
    with pytest.raises(grpc.RpcError) as error:
        aws.create("aws.ec2.Subnet", "app", checked)
    assert told(error).startswith("creating app: operation error CreateSubnet: InvalidVpcID.NotFound: ")
    assert "Traceback" not in told(error)


def test_what_exists_is_remembered_when_a_later_step_fails(aws: Driver, world: World) -> None:
    """The engine gets id and state along with the error, so that nothing is left behind."""
    name = world.name()
    checked, _ = aws.check("aws.iam.InstanceProfile", "instances", {"name": name, "role": "nobody"})
    with pytest.raises(grpc.RpcError) as error:
        aws.create("aws.iam.InstanceProfile", "instances", checked)
    metadata = dict(error.value.trailing_metadata())
    status = status_pb2.Status.FromString(metadata["grpc-status-details-bin"])
    left = provider_pb2.ErrorResourceInitFailed()
    assert status.details[0].Unpack(left)
    assert left.id == decode(left.properties)["name"] == name
    assert left.reasons[0].startswith("creating instances: operation error AddRoleToInstanceProfile: ")


def test_a_change_that_fails_is_remembered_as_made(aws: Driver, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """As by the official provider: the engine gets what should have become of it, with the reason, and has to look."""
    made = world.make("aws.sns.Topic", displayName="before")
    checked, _ = aws.check("aws.sns.Topic", made.name, {**made.inputs, "displayName": "after"})
    monkeypatch.setattr("sandbox.provider.resource.Resource.apply", refuse)
    with pytest.raises(grpc.RpcError) as error:
        aws.update(made, checked)
    status = status_pb2.Status.FromString(dict(error.value.trailing_metadata())["grpc-status-details-bin"])
    left = provider_pb2.ErrorResourceInitFailed()
    assert status.details[0].Unpack(left)
    assert decode(left.properties)["displayName"] == decode(left.inputs)["displayName"] == "after"
    assert left.reasons[0].startswith("updating ")


def refuse(*_: object) -> None:
    """What AWS does in the middle of something."""
    raise ProviderError("AWS says no")


def test_a_protected_load_balancer_is_not_deleted(aws: Driver, world: World) -> None:
    """The emulator would let it go. What counts is the protection as it is in AWS now, not what the engine remembers."""
    made = world.make("aws.lb.LoadBalancer", subnets=world.subnets(world.vpc()), enableDeletionProtection=True)
    with pytest.raises(grpc.RpcError) as error:
        aws.delete(made)
    assert "OperationNotPermitted" in told(error)
    assert aws.read(made)[0] == made.id
    off = [{"Key": "deletion_protection.enabled", "Value": "false"}]
    world.client("elbv2").modify_load_balancer_attributes(LoadBalancerArn=made.id, Attributes=off)
    aws.delete(made)
    assert aws.read(made)[0] == ""


def test_a_bucket_is_emptied_only_when_the_program_says_so(aws: Driver, world: World) -> None:
    """Versions and delete markers included."""
    made = world.make("aws.s3.Bucket")
    client = world.client("s3")
    client.put_bucket_versioning(Bucket=made.id, VersioningConfiguration={"Status": "Enabled"})
    client.put_object(Bucket=made.id, Key="a", Body=b"1")
    client.delete_object(Bucket=made.id, Key="a")
    with pytest.raises(grpc.RpcError) as error:
        aws.delete(made)
    assert "BucketNotEmpty" in told(error)
    aws.delete(dataclasses.replace(made, inputs={**made.inputs, "forceDestroy": True}))
    assert aws.read(made)[0] == ""


def test_a_fixed_name_is_deleted_before_it_is_made_again(aws: Driver, world: World) -> None:
    """Two things cannot have one name; ours of logical name and digits can stand beside the old one."""
    vpc = world.vpc()
    for name, before in (({}, False), ({"name": f"fixed-{world.stamp}"}, True)):
        made = world.make("aws.lb.TargetGroup", port=443, protocol="HTTPS", vpcId=vpc, **name)
        checked, _ = aws.check("aws.lb.TargetGroup", made.name, {**bare(made.inputs), "port": 8443}, made.inputs)
        found = aws.diff(made, checked)
        assert list(found.replaces) == ["port"]
        assert found.deleteBeforeReplace is before


def test_an_id_of_the_wrong_form_is_refused(aws: Driver) -> None:
    """An import says which form it has."""
    with pytest.raises(grpc.RpcError) as error:
        aws.fetch("aws.iam.RolePolicy", "role-without-policy")
    assert "it has the form {role}:{name}" in told(error)


def test_sixteen_at_once_do_not_meet(aws: Driver, world: World) -> None:
    """The engine sends as many; each gets a resource of its own."""
    names = [world.name() for _ in range(48)]
    with ThreadPoolExecutor(16) as pool:
        made = list(pool.map(lambda name: aws.make("aws.ec2.Vpc", name, cidrBlock="10.0.0.0/16", tags={"Name": name}), names))
    assert len({one.id for one in made}) == len(names)
    assert [one.outputs["tags"] for one in made] == [{"Name": name} for name in names]
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(aws.delete, made))
    assert {aws.read(one)[0] for one in made} == {""}


def test_an_emulator_that_is_gone_is_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the command that tells more."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    plugin = Driver("aws")
    with pytest.raises(grpc.RpcError) as error:
        plugin.configure(CONFIG)
    assert "the emulator does not answer" in told(error)
    assert "`switchyard sandbox status`" in told(error)
    plugin.close()


def test_a_plugin_that_was_not_configured_says_so() -> None:
    """It is no defect of a row."""
    plugin = Driver("aws")
    with pytest.raises(grpc.RpcError) as error:
        plugin.check("aws.kms.Key", "key", {})
    assert told(error) == "checking key: the provider is not configured"
    assert plugin.stub.Cancel(empty_pb2.Empty()) == empty_pb2.Empty()
    plugin.close()


def test_the_settings_of_two_providers_are_compared(aws: Driver) -> None:
    """None of them makes a new provider."""
    request = provider_pb2.DiffRequest(old_inputs=encode(CONFIG), news=encode({**CONFIG, "region": "us-east-1"}))
    found = aws.stub.DiffConfig(request)
    assert list(found.diffs) == ["region"]
    assert not found.replaces
