"""A certificate is validated only where AWS would find its proof, which the emulator does not look for."""

from typing import Any

import grpc
import pytest

from tests.sandbox.provider.driver import Made, bare
from tests.sandbox.provider.specs.route53 import zone
from tests.sandbox.provider.world import World


def certificate(world: World, domain: str, *others: str) -> Made:
    """Request a certificate."""
    more = {"subjectAlternativeNames": list(others)} if others else {}
    return world.make("aws.acm.Certificate", domainName=domain, validationMethod="DNS", **more)


def prove(world: World, made: Made, zone_id: str, **changes: Any) -> list[str]:
    """Make the validation records of a certificate; return their full names."""
    options = bare(made.outputs)["domainValidationOptions"]
    records = [
        {"name": option["resourceRecordName"], "type": option["resourceRecordType"], "records": [option["resourceRecordValue"]]}
        for option in options
    ]
    return [world.make("aws.route53.Record", **{"zoneId": zone_id, "ttl": 60, **record, **changes}).outputs["fqdn"] for record in records]


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give up at the first look."""
    monkeypatch.setattr("sandbox.provider.account.PATIENCE_SECONDS", 0.0)


def test_each_name_has_its_validation_option(world: World) -> None:
    """The options come in the same order each time, with what the record must hold."""
    outputs = bare(certificate(world, "b.example.com", "a.example.com").outputs)
    options = outputs["domainValidationOptions"]
    assert [option["domainName"] for option in options] == ["a.example.com", "b.example.com"]
    assert all(option["resourceRecordName"].endswith(f".{option['domainName']}.") for option in options)
    assert {option["resourceRecordType"] for option in options} == {"CNAME"}
    assert outputs["validationMethod"] == "DNS"


@pytest.mark.usefixtures("impatient")
def test_a_certificate_without_its_record_is_never_issued(world: World) -> None:
    """Neither no zone at all, nor a zone without the record, nor a record of another value proves anything."""
    domain = f"{world.name()}.com"
    made = certificate(world, domain)
    with pytest.raises(grpc.RpcError, match="gave up waiting"):
        world.make("aws.acm.CertificateValidation", certificateArn=made.id)
    prove(world, made, zone(world, domain), records=["_another.acm-validations.aws."])
    with pytest.raises(grpc.RpcError, match="gave up waiting"):
        world.make("aws.acm.CertificateValidation", certificateArn=made.id)


def test_a_proven_certificate_is_issued(world: World) -> None:
    """The record in the public zone is enough."""
    domain = f"{world.name()}.com"
    made = certificate(world, domain)
    prove(world, made, zone(world, domain))
    assert world.id("aws.acm.CertificateValidation", certificateArn=made.id) == made.id


def test_records_that_are_named_must_be_all(world: World) -> None:
    """The official provider does not wait for a name that nothing proves."""
    domain = f"{world.name()}.com"
    made = certificate(world, domain, f"www.{domain}")
    first, _ = prove(world, made, zone(world, domain))
    with pytest.raises(grpc.RpcError, match=rf"missing www\.{domain} DNS validation record"):
        world.make("aws.acm.CertificateValidation", certificateArn=made.id, validationRecordFqdns=[first])


def test_a_certificate_that_is_lost_takes_its_validation_along(world: World) -> None:
    """A refresh sees that the certificate has gone."""
    domain = f"{world.name()}.com"
    made = certificate(world, domain)
    prove(world, made, zone(world, domain))
    issued = world.make("aws.acm.CertificateValidation", certificateArn=made.id)
    world.client("acm").delete_certificate(CertificateArn=made.id)
    assert world.driver("aws.acm.CertificateValidation").read(issued)[0] == ""
