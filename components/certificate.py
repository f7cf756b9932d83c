"""The certificates under which the load balancer and the CDN answer."""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.catalogue import CERTIFICATE
from components.naming import EDGE_REGION
from components.watched import Watched

VALIDATION_TTL_SECONDS = 300


@dataclass(frozen=True, kw_only=True)
class CertificateArgs:
    """The name and where it is proven."""

    domain_name: str
    """The name that the certificates cover."""
    hosted_zone_id: str
    """The public zone in which ACM finds their validation record."""


class Certificate(pulumi.ComponentResource):
    """A certificate in the stack's region and one at the edge, validated by DNS; they renew themselves as long as the record stays.

    The validation record is the same for every region's certificate of one name in an account, so the two share it, and another stack's may
    have made it already. Not stateful; costs nothing.
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
        record = self._validation_record(name, args, regional)
        self.arn = self._issued(name, regional, record).certificate_arn
        self.edge_arn = self._issued(f"{name}-edge", edge, record, EDGE_REGION).certificate_arn
        self.watched = [_watched(name, regional), _watched(f"{name}-edge", edge, EDGE_REGION)]
        self.register_outputs({})

    def _certificate(self, name: str, args: CertificateArgs, region: str | None = None) -> aws.acm.Certificate:
        return aws.acm.Certificate(
            name,
            domain_name=args.domain_name,
            validation_method="DNS",
            key_algorithm="EC_prime256v1",
            region=region,
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

    def _issued(
        self, name: str, certificate: aws.acm.Certificate, record: aws.route53.Record, region: str | None = None
    ) -> aws.acm.CertificateValidation:
        return aws.acm.CertificateValidation(
            f"{name}-issued",
            certificate_arn=certificate.arn,
            validation_record_fqdns=[record.fqdn],
            region=region,
            opts=pulumi.ResourceOptions(parent=self),
        )


def _watched(name: str, certificate: aws.acm.Certificate, region: str | None = None) -> Watched:
    return Watched(name=name, subject=CERTIFICATE, dimensions={"CertificateArn": certificate.arn}, region=region)
