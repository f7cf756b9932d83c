import pulumi_aws as aws

from tests.configs import rendered
from tests.graph import takes_from, waits_for
from tests.rendering import Rendering


def test_the_certificate_is_proven_by_dns(old_stack: Rendering) -> None:
    """The record stays, so that the certificate renews itself; another region's may have made it already."""
    certificate = old_stack.one(aws.acm.Certificate, "certificate")
    asked = {name: value for name, value in certificate.inputs.items() if name != "tags"}
    assert asked == {"domainName": "app.example.com", "validationMethod": "DNS", "keyAlgorithm": "EC_prime256v1"}
    record = old_stack.one(aws.route53.Record, "certificate-proof")
    assert record.inputs == {
        "zoneId": "Z0123456789ABC",
        "name": "_a.app.example.com",
        "type": "CNAME",
        "records": ["_b.acm-validations.aws"],
        "ttl": 300,
        "allowOverwrite": True,
    }


def test_the_cdn_s_certificate_shares_the_record(old_stack: Rendering) -> None:
    """It is the same in every region, and two resources of one record would delete it under each other."""
    edge = old_stack.one(aws.acm.Certificate, "certificate-edge")
    regional = old_stack.one(aws.acm.Certificate, "certificate")
    assert edge.inputs == {**regional.inputs, "region": "us-east-1", "tags": {"resource": "certificate-edge"}}
    assert len([each for each in old_stack.of(aws.route53.Record) if each.inputs["type"] == "CNAME"]) == 1
    issued = old_stack.one(aws.acm.CertificateValidation, "certificate-edge-issued")
    assert issued.inputs["region"] == "us-east-1"
    assert takes_from(old_stack, issued, "validationRecordFqdns", aws.route53.Record) == {"certificate-proof"}


def test_the_listener_waits_until_the_certificate_is_issued(new_stack: Rendering) -> None:
    """AWS refuses a listener whose certificate is pending, so its ARN is taken from the validation."""
    listener = new_stack.one(aws.lb.Listener, "lb-https")
    assert takes_from(new_stack, listener, "certificateArn", aws.acm.CertificateValidation) == {"certificate-issued"}
    issued = new_stack.one(aws.acm.CertificateValidation, "certificate-issued")
    assert waits_for(new_stack, issued, aws.route53.Record) == {"certificate-proof"}


def test_a_name_to_be_taken_over_is_covered_beforehand() -> None:
    """Both certificates cover it, each name has its proof, and they count as issued when all names are proven."""
    made = rendered({"domain.stands_in": {"name": "www.example.com"}}, preview=False)
    for certificate in made.of(aws.acm.Certificate):
        assert (certificate.inputs["domainName"], certificate.inputs["subjectAlternativeNames"]) == ("app.example.com", ["www.example.com"])
    proofs = {found.inputs["name"]: found for found in made.of(aws.route53.Record) if found.inputs["type"] == "CNAME"}
    assert proofs.keys() == {"_a.app.example.com", "_a.www.example.com"}
    for issued in made.of(aws.acm.CertificateValidation):
        assert takes_from(made, issued, "validationRecordFqdns", aws.route53.Record) == {found.name for found in proofs.values()}
