"""The certificate under which the load balancer answers."""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.catalogue import CERTIFICATE
from components.watched import Watched

VALIDATION_TTL_SECONDS = 300


@dataclass(frozen=True, kw_only=True)
class CertificateArgs:
    """The name and where it is proven."""

    domain_name: str
    """The name that the certificate covers."""
    hosted_zone_id: str
    """The public zone in which ACM finds its validation record."""


class Certificate(pulumi.ComponentResource):
    """An ACM certificate validated by DNS; it renews itself as long as the record stays. Not stateful; costs nothing.

    The validation record is the same for every region's certificate of one name, so it may exist already.
    """

    arn: pulumi.Output[str]
    """The certificate, once it is issued."""
    watched: Sequence[Watched]
    """The certificate, issued or not."""

    def __init__(self, name: str, args: CertificateArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("switchyard:certificate:Certificate", name, None, opts)
        certificate = self._certificate(name, args)
        record = self._validation_record(name, args, certificate)
        issued = self._issued(name, certificate, record)
        self.arn = issued.certificate_arn
        self.watched = [Watched(name=name, subject=CERTIFICATE, dimensions={"CertificateArn": certificate.arn})]
        self.register_outputs({})

    def _certificate(self, name: str, args: CertificateArgs) -> aws.acm.Certificate:
        return aws.acm.Certificate(
            name,
            domain_name=args.domain_name,
            validation_method="DNS",
            key_algorithm="EC_prime256v1",
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _validation_record(self, name: str, args: CertificateArgs, certificate: aws.acm.Certificate) -> aws.route53.Record:
        option = certificate.domain_validation_options[0]
        return aws.route53.Record(
            f"{name}-proof",
            zone_id=args.hosted_zone_id,
            name=option.resource_record_name,
            type=option.resource_record_type,
            records=[option.resource_record_value],
            ttl=VALIDATION_TTL_SECONDS,
            allow_overwrite=True,
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _issued(self, name: str, certificate: aws.acm.Certificate, record: aws.route53.Record) -> aws.acm.CertificateValidation:
        return aws.acm.CertificateValidation(
            f"{name}-issued",
            certificate_arn=certificate.arn,
            validation_record_fqdns=[record.fqdn],
            opts=pulumi.ResourceOptions(parent=self),
        )
