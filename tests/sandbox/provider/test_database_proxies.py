"""Proxies and what stands around databases, as AWS answers for them and the emulator by itself would not."""

from typing import Any

import pytest

from tests.sandbox.provider.driver import Properties, bare
from tests.sandbox.provider.specs.rds import instance
from tests.sandbox.provider.specs.rds_proxy import SECRET, proxy
from tests.sandbox.provider.world import World

PROXY, POOL, TARGET, GROUP = "aws.rds.Proxy", "aws.rds.ProxyDefaultTargetGroup", "aws.rds.ProxyTarget", "aws.rds.ParameterGroup"


def refused(world: World, type_: str, **inputs: Any) -> dict[str, str]:
    """Return what the check says of inputs."""
    return world.driver(type_).check(type_, world.name(), inputs)[1]


def parameters(world: World, name: str) -> dict[str, tuple[str, str]]:
    """Return value and way of applying of each parameter that a group sets."""
    answer = world.client("rds").describe_db_parameters(DBParameterGroupName=name)["Parameters"]
    return {each["ParameterName"]: (each["ParameterValue"], each["ApplyMethod"]) for each in answer}


def test_a_target_is_where_its_instance_is(world: World) -> None:
    """It has the instance's endpoint and port; an instance that is not there cannot be one."""
    database = world.make("aws.rds.Instance", **instance(world))
    name = world.id(PROXY, **proxy(world))
    target = world.make(TARGET, dbProxyName=name, targetGroupName="default", dbInstanceIdentifier=database.outputs["identifier"])
    assert target.id == f"{name}/default/RDS_INSTANCE/{database.outputs['identifier']}"
    assert (target.outputs["endpoint"], target.outputs["port"]) == (database.outputs["address"], 5432)
    with pytest.raises(Exception, match="DBInstanceNotFound"):
        world.make(TARGET, dbProxyName=name, targetGroupName="default", dbInstanceIdentifier="another")


def test_what_belongs_to_a_proxy_goes_with_it(world: World) -> None:
    """A refresh finds neither its pool nor its targets, and nothing more to delete."""
    database = world.make("aws.rds.Instance", **instance(world))
    front = world.make(PROXY, **proxy(world))
    pool = world.make(POOL, dbProxyName=front.id, connectionPoolConfig={"maxConnectionsPercent": 90})
    target = world.make(TARGET, dbProxyName=front.id, targetGroupName="default", dbInstanceIdentifier=database.outputs["identifier"])
    driver = world.driver(PROXY)
    driver.delete(front)
    assert [driver.read(made)[0] for made in (front, pool, target)] == ["", "", ""]
    driver.delete(target)


def test_a_proxy_knows_its_users_somehow(world: World) -> None:
    """By secrets, or by IAM, whose users need none."""
    by_iam = proxy(world)
    by_secrets = {**by_iam, "defaultAuthScheme": "NONE", "auths": [SECRET]}
    assert bare(world.make(PROXY, **by_iam).outputs).get("auths") in (None, [])
    assert bare(world.make(PROXY, **by_secrets).outputs)["auths"][0]["secretArn"] == SECRET["secretArn"]
    assert "auths" in refused(world, PROXY, **{**by_secrets, "auths": []})
    with pytest.raises(Exception, match="Auth must be given"):
        world.make(PROXY, **{name: value for name, value in by_secrets.items() if name != "auths"})


@pytest.mark.parametrize(
    ("pool", "property_"),
    [
        ({"maxConnectionsPercent": 40}, "connectionPoolConfig.maxIdleConnectionsPercent"),
        ({"maxConnectionsPercent": 101}, "connectionPoolConfig.maxConnectionsPercent"),
        ({"connectionBorrowTimeout": 301}, "connectionPoolConfig.connectionBorrowTimeout"),
    ],
)
def test_a_pool_that_aws_refuses_is_refused(world: World, pool: Properties, property_: str) -> None:
    """Half of all connections are idle ones when nothing else is said."""
    assert property_ in refused(world, POOL, dbProxyName="front", connectionPoolConfig=pool)


def test_a_parameter_that_is_named_no_more_is_the_engines_again(world: World) -> None:
    """And more parameters than one call takes are brought in several."""
    many = [{"name": f"parameter_{number}", "value": "1"} for number in range(25)]
    made = world.make(GROUP, family="postgres17", parameters=many)
    assert len(parameters(world, made.id)) == len(many)
    few = [{"name": "work_mem", "value": "65536"}, {"name": "max_connections", "value": "500", "applyMethod": "pending-reboot"}]
    world.driver(GROUP).update(made, {**made.inputs, "parameters": few})
    assert parameters(world, made.id) == {"work_mem": ("65536", "immediate"), "max_connections": ("500", "pending-reboot")}


def test_a_parameter_of_the_start_waits_for_it(world: World) -> None:
    """AWS refuses to apply it at once; and no parameter is set twice."""
    static, plain = {"name": "max_connections", "value": "500"}, {"name": "work_mem", "value": "65536"}
    assert "parameters[0].applyMethod" in refused(world, GROUP, family="postgres17", parameters=[static])
    assert "parameters[1].name" in refused(world, GROUP, family="postgres17", parameters=[plain, plain])


def test_an_instance_that_stands_alone_is_not_promoted(world: World) -> None:
    """Nor has it backups anywhere else; its own are answered as before."""
    name = world.make("aws.rds.Instance", **instance(world)).outputs["identifier"]
    client = world.client("rds")
    with pytest.raises(Exception, match="is not a read replica"):
        client.promote_read_replica(DBInstanceIdentifier=name)
    with pytest.raises(Exception, match="No automated backup"):
        client.stop_db_instance_automated_backups_replication(SourceDBInstanceArn=f"arn:aws:rds:us-east-1:123456789012:db:{name}")
    own = client.describe_db_instance_automated_backups(DBInstanceIdentifier=name)["DBInstanceAutomatedBackups"]
    assert [backup["DBInstanceIdentifier"] for backup in own] == [name]


def test_a_query_that_is_gone_is_not_written_again(world: World) -> None:
    """Whoever deleted it: its id is of no use any more."""
    made = world.make("aws.cloudwatch.QueryDefinition", queryString="fields @message")
    logs = world.client("logs")
    logs.delete_query_definition(queryDefinitionId=made.id)
    with pytest.raises(Exception, match="does not exist"):
        logs.put_query_definition(name="again", queryString="fields @message", queryDefinitionId=made.id)
    assert world.driver(made.type).read(made)[0] == ""
