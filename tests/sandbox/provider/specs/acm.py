"""Specs of Certificate Manager."""

from typing import Any

from sandbox.provider.wire import plain
from tests.sandbox.provider.specs.route53 import zone
from tests.sandbox.provider.world import Spec, World


def _validation(world: World) -> dict[str, Any]:
    domain = f"{world.name()}.com"
    certificate = world.make("aws.acm.Certificate", domainName=domain, validationMethod="DNS")
    proof = plain(certificate.outputs)["domainValidationOptions"][0]
    record = world.make(
        "aws.route53.Record",
        zoneId=zone(world, domain),
        name=proof["resourceRecordName"],
        type=proof["resourceRecordType"],
        records=[proof["resourceRecordValue"]],
        ttl=300,
    )
    return {"certificateArn": certificate.id, "validationRecordFqdns": [record.outputs["fqdn"]]}


SPECS = (
    Spec(
        type="aws.acm.Certificate",
        inputs=lambda _: {
            "domainName": "app.example.com",
            "subjectAlternativeNames": ["www.example.com"],
            "validationMethod": "DNS",
            "keyAlgorithm": "EC_prime256v1",
        },
        change={"tags": {"Name": "front"}},
        replace={"keyAlgorithm": "RSA_2048"},
        not_imported=("keyAlgorithm", "subjectAlternativeNames"),
    ),
    Spec(
        type="aws.acm.CertificateValidation",
        inputs=_validation,
        replace={"certificateArn": "arn:aws:acm:eu-west-1:123456789012:certificate/another"},
        not_imported=("validationRecordFqdns",),
        remains="a validation is nothing of its own in AWS",
    ),
)
