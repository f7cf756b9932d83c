import pulumi_aws as aws
import pytest

from components.database_catalogue import DATABASE, LAG, PROXY, instance_thresholds, pool_thresholds
from tests.rendering import Rendering

GIB = 1024**3


def alarms(stack: Rendering, name: str) -> dict[str, float]:
    """The alarms of a resource, with their thresholds, by role."""
    found = [made for made in stack.of(aws.cloudwatch.MetricAlarm) if made.name.startswith((f"{name}-db-", f"{name}-pool-"))]
    return {made.name.removeprefix(f"{name}-"): made.inputs["threshold"] for made in found}


@pytest.mark.parametrize("name", ["database", "replica-r1", "replica-r2"])
def test_every_instance_has_the_alarms_of_its_kind(old_stack: Rendering, name: str) -> None:
    """A replica has one more: only what follows can lag."""
    roles = {signal.role for signal in DATABASE.signals} - (set() if name.startswith("replica") else {LAG.role})
    assert alarms(old_stack, name).keys() == roles
    for role in roles:
        alarm = old_stack.one(aws.cloudwatch.MetricAlarm, f"{name}-{role}").inputs
        identifier = old_stack.one(aws.rds.Instance, name).inputs["identifier"]
        assert (alarm["namespace"], alarm["dimensions"]) == ("AWS/RDS", {"DBInstanceIdentifier": identifier})


def test_the_proxy_has_its_alarms(old_stack: Rendering) -> None:
    """By its name."""
    assert alarms(old_stack, "database-proxy").keys() == {signal.role for signal in PROXY.signals}
    alarm = old_stack.one(aws.cloudwatch.MetricAlarm, "database-proxy-pool-waits").inputs
    assert alarm["dimensions"] == {"ProxyName": old_stack.one(aws.rds.Proxy, "database-proxy").inputs["name"]}


def test_thresholds_are_shares_of_what_an_instance_has(old_stack: Rendering) -> None:
    """A db.m8g.large has 8 GiB and two processors, and config gives it 400 connections and 100 GiB."""
    found = alarms(old_stack, "database")
    assert found["db-connections"] == 320
    assert found["db-memory"] == 2 * GIB
    assert found["db-storage"] == 10 * GIB
    assert found["db-load"] == 2
    assert alarms(old_stack, "database-proxy")["pool-pinned"] == 180


def test_a_larger_class_has_higher_thresholds() -> None:
    """Without a figure for each class that there is."""
    small, large = (instance_thresholds(size, 100, 20) for size in ("db.t4g.medium", "db.r8g.4xlarge"))
    assert (small["db-memory"], large["db-memory"]) == (GIB, 32 * GIB)
    assert (small["db-load"], large["db-load"]) == (2, 16)
    assert pool_thresholds(100, 50) == {"pool-pinned": 25}
    assert set(small) | {"pool-pinned"} == {
        signal.role for subject in (DATABASE, PROXY) for signal in subject.signals if signal.own_threshold
    }
