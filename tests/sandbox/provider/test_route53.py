"""Records are named, overwritten, changed and read back as by the official provider."""

import grpc
import pytest

from tests.sandbox.provider.driver import Made, bare
from tests.sandbox.provider.specs.route53 import zone
from tests.sandbox.provider.world import World

RECORD = "aws.route53.Record"


def record(world: World, zone_id: str, name: str, value: str = "192.0.2.1", **more: object) -> Made:
    """Make an address record."""
    return world.make(RECORD, **{"zoneId": zone_id, "name": name, "type": "A", "records": [value], "ttl": 60, **more})


def values(world: World, zone_id: str, type_: str = "A") -> dict[str, list[str]]:
    """Return what the zone holds of a type, by name."""
    found = world.client("route53").list_resource_record_sets(HostedZoneId=zone_id)["ResourceRecordSets"]
    return {item["Name"]: [entry["Value"] for entry in item["ResourceRecords"]] for item in found if item["Type"] == type_}


@pytest.mark.parametrize("name", ["App", "app.example.com", "app.example.com."])
def test_a_name_may_be_relative_to_its_zone(world: World, name: str) -> None:
    """However it is written, the record gets its full name; the id repeats it as it was given."""
    made = record(world, zone_id := zone(world), name)
    assert made.id == f"{zone_id}_{name.lower().rstrip('.')}_A"
    assert made.outputs["fqdn"] == "app.example.com"
    assert values(world, zone_id) == {"app.example.com.": ["192.0.2.1"]}


def test_what_is_there_is_overwritten_only_by_leave(world: World) -> None:
    """AWS refuses to create a record twice; `allowOverwrite` is what two certificates of one name need."""
    zone_id = zone(world)
    record(world, zone_id, "app.example.com")
    with pytest.raises(grpc.RpcError, match="already exists"):
        record(world, zone_id, "app.example.com", "192.0.2.2")
    record(world, zone_id, "app.example.com", "192.0.2.2", allowOverwrite=True)
    assert values(world, zone_id) == {"app.example.com.": ["192.0.2.2"]}


def test_an_alias_names_its_target(world: World) -> None:
    """An alias comes back as it was set, and there is nothing to do afterwards."""
    alias = {"name": "lb.eu-west-1.elb.amazonaws.com", "zoneId": "Z32O12XQLNTSW2", "evaluateTargetHealth": True}
    made = world.make(RECORD, zoneId=zone(world), name="app.example.com", type="A", aliases=[alias])
    driver = world.driver(RECORD)
    assert bare(driver.read(made)[1])["aliases"] == [alias]
    assert list(driver.diff(made, made.inputs).diffs) == []


def test_text_is_quoted_for_aws_only(world: World) -> None:
    """The program writes text plainly, AWS wants it in quotes."""
    made = record(world, zone_id := zone(world), "example.com", "v=spf1 -all", type="TXT")
    assert values(world, zone_id, "TXT") == {"example.com.": ['"v=spf1 -all"']}
    assert made.outputs["records"] == ["v=spf1 -all"]


def test_another_type_takes_the_place_of_the_old_one(world: World) -> None:
    """The old record is gone after the change."""
    made = record(world, zone_id := zone(world), "app.example.com")
    driver = world.driver(RECORD)
    changed, _ = driver.check(RECORD, made.name, {**made.inputs, "type": "CNAME", "records": ["lb.example.com"]}, made.inputs)
    driver.update(made, changed)
    assert values(world, zone_id) == {}
    assert values(world, zone_id, "CNAME") == {"app.example.com.": ["lb.example.com"]}


def test_a_change_behind_the_program_is_seen(world: World) -> None:
    """A refresh reports the value that someone else has set."""
    made = record(world, zone_id := zone(world), "app.example.com")
    record(world, zone_id, "app.example.com", "192.0.2.9", allowOverwrite=True)
    assert bare(world.driver(RECORD).read(made)[2])["records"] == ["192.0.2.9"]


def test_a_name_outside_the_zone_cannot_be_told_from_a_relative_one(world: World) -> None:
    """A name of another domain lands under the zone, as by the official provider."""
    assert record(world, zone(world), "app.example.org").outputs["fqdn"] == "app.example.org.example.com"


@pytest.mark.parametrize(
    ("inputs", "reason"),
    [
        ({}, "Expected exactly one of"),
        ({"records": ["192.0.2.1"]}, "Expected exactly one of"),
    ],
)
def test_a_record_without_content_is_refused(world: World, inputs: dict[str, object], reason: str) -> None:
    """A record has values and their time to live, or an alias."""
    with pytest.raises(grpc.RpcError, match=reason):
        world.make(RECORD, zoneId=zone(world), name="app.example.com", type="A", **inputs)


@pytest.mark.parametrize(
    ("inputs", "property_"),
    [({"ttl": -1}, "ttl"), ({"type": "CHAOS"}, "type"), ({"records": []}, "records")],
)
def test_what_aws_refuses_is_refused_early(world: World, inputs: dict[str, object], property_: str) -> None:
    """The check names the property."""
    given = {"zoneId": "Z0123456789ABC", "name": "app.example.com", "type": "A", "records": ["192.0.2.1"], "ttl": 60, **inputs}
    assert property_ in world.driver(RECORD).check(RECORD, "app", given)[1]


def test_an_id_of_another_form_is_refused(world: World) -> None:
    """An import says what an id looks like."""
    with pytest.raises(grpc.RpcError, match="ZONE_NAME_TYPE"):
        world.driver(RECORD).fetch(RECORD, "app.example.com")
