"""The certificates under which the load balancer and the CDN answer."""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.edge_catalogue import CERTIFICATE
from components.naming import EDGE_REGION, fingerprint
from components.watched import Watched

VALIDATION_TTL_SECONDS = 300

Proof = aws.acm.outputs.CertificateDomainValidationOption


@dataclass(frozen=True, kw_only=True)
class CertificateArgs:
    """The name and where it is proven."""

    domain_name: str
    """The name that the certificates cover."""
    also: Sequence[str] = ()
    """Names that the certificates cover beside it: another stack's, which has proven them already."""
    hosted_zone_id: str
    """The public zone in which ACM finds their validation records."""


class Certificate(pulumi.ComponentResource):
    """A certificate in the stack's region and one at the edge, validated by DNS; they renew themselves as long as the record stays.

    The validation record is the same for every region's certificate of one name in an account, so the two share it, and another stack's may
    have made it already: that of a name of another stack stays when this one goes. Not stateful; costs nothing.
    """

    arn: pulumi.Output[str]
    """The load balancer's certificate, once it is issued."""
    edge_arn: pulumi.Output[str]
    """The CDN's, which takes none from another region, once it is issued."""
    watched: Sequence[Watched]
    """Both, issued or not."""

    def __init__(self, name: str, args: CertificateArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("switchyard:certificate:Certificate", name, None, opts)
        regional, edge = self._certificate(name, args), self._certificate(f"{name}-edge", args, EDGE_REGION)
        records = [
            self._validation_record(name, args, regional),
            *(self._others_record(name, args, regional, other) for other in args.also),
        ]
        self.arn = self._issued(name, regional, records).certificate_arn
        self.edge_arn = self._issued(f"{name}-edge", edge, records, EDGE_REGION).certificate_arn
        self.watched = [_watched(name, regional), _watched(f"{name}-edge", edge, EDGE_REGION)]
        self.register_outputs({})

    def _certificate(self, name: str, args: CertificateArgs, region: str | None = None) -> aws.acm.Certificate:
        return aws.acm.Certificate(
            name,
            domain_name=args.domain_name,
            subject_alternative_names=[*args.also] or None,
            validation_method="DNS",
            key_algorithm="EC_prime256v1",
            region=region,
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _validation_record(self, name: str, args: CertificateArgs, certificate: aws.acm.Certificate) -> aws.route53.Record:
        proof = _proof(certificate, args.domain_name)
        return aws.route53.Record(
            f"{name}-proof",
            zone_id=args.hosted_zone_id,
            name=proof.resource_record_name,
            type=proof.resource_record_type,
            records=[proof.resource_record_value],
            ttl=VALIDATION_TTL_SECONDS,
            allow_overwrite=True,
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _others_record(self, name: str, args: CertificateArgs, certificate: aws.acm.Certificate, other: str) -> aws.route53.Record:
        proof = _proof(certificate, other)
        return aws.route53.Record(
            f"{name}-also-{fingerprint(other)}",
            zone_id=args.hosted_zone_id,
            name=proof.resource_record_name,
            type=proof.resource_record_type,
            records=[proof.resource_record_value],
            ttl=VALIDATION_TTL_SECONDS,
            allow_overwrite=True,
            opts=pulumi.ResourceOptions(parent=self, retain_on_delete=True),
        )

    def _issued(
        self, name: str, certificate: aws.acm.Certificate, records: Sequence[aws.route53.Record], region: str | None = None
    ) -> aws.acm.CertificateValidation:
        return aws.acm.CertificateValidation(
            f"{name}-issued",
            certificate_arn=certificate.arn,
            validation_record_fqdns=[record.fqdn for record in records],
            region=region,
            opts=pulumi.ResourceOptions(parent=self),
        )


def _proof(certificate: aws.acm.Certificate, name: str) -> pulumi.Output[Proof]:
    """What ACM wants to find in DNS as a proof of one name."""
    return certificate.domain_validation_options.apply(lambda options: next(each for each in options if each.domain_name == name))


def _watched(name: str, certificate: aws.acm.Certificate, region: str | None = None) -> Watched:
    return Watched(name=name, subject=CERTIFICATE, dimensions={"CertificateArn": certificate.arn}, region=region)
