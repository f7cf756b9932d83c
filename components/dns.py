"""The name under which users come, and the check from outside that it answers."""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.edge_catalogue import HEALTH_CHECK
from components.naming import EDGE_REGION, fingerprint
from components.watched import Watched

HTTPS = 443
FAMILIES = {"ipv4": "A", "ipv6": "AAAA"}
FAILURES, INTERVAL_SECONDS = 3, 30


@dataclass(frozen=True, kw_only=True)
class DnsArgs:
    """The name and where it leads."""

    domain_name: str
    """The name."""
    taken_over: Sequence[str]
    """Names of other stacks, under which users come here now."""
    hosted_zone_id: str
    """The public zone in which it lives."""
    cdn_domain_name: pulumi.Input[str]
    """The distribution's own name."""
    cdn_zone_id: pulumi.Input[str]
    """The zone of that name."""
    is_public: bool
    """Whether everybody may come; where not, neither may Route 53, and the check rests."""


class Dns(pulumi.ComponentResource):
    """Alias records for IPv4 and IPv6 that lead to the CDN, and for each name a check that asks for its home page from several continents.

    A record of its own name that leads elsewhere is left alone, and the update fails; one of a name that it takes over is written over, and
    stays when it gives the name back. Not stateful. A query for an alias to CloudFront is free; a health check is about 2 USD a month.
    """

    watched: Sequence[Watched]
    """The health checks; nothing where the stack is closed to the public."""

    def __init__(self, name: str, args: DnsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("switchyard:edge:Dns", name, None, opts)
        for family, kind in FAMILIES.items():
            self._record(f"{name}-{family}", kind, args)
            for taken in args.taken_over:
                self._taken(f"{name}-{fingerprint(taken)}-{family}", kind, taken, args)
        names = {name: args.domain_name, **{f"{name}-{fingerprint(taken)}": taken for taken in args.taken_over}}
        seen = [self._watched(each, domain_name, args) for each, domain_name in names.items()]
        self.watched = seen if args.is_public else []
        self.register_outputs({})

    def _record(self, name: str, kind: str, args: DnsArgs) -> aws.route53.Record:
        return aws.route53.Record(
            name,
            zone_id=args.hosted_zone_id,
            name=args.domain_name,
            type=kind,
            aliases=[_to_the_cdn(args)],
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _taken(self, name: str, kind: str, taken: str, args: DnsArgs) -> aws.route53.Record:
        return aws.route53.Record(
            name,
            zone_id=args.hosted_zone_id,
            name=taken,
            type=kind,
            aliases=[_to_the_cdn(args)],
            allow_overwrite=True,
            opts=pulumi.ResourceOptions(parent=self, retain_on_delete=True),
        )

    def _watched(self, name: str, domain_name: str, args: DnsArgs) -> Watched:
        """One name, asked for from outside."""
        check = self._health_check(name, domain_name, args)
        return Watched(name=name, subject=HEALTH_CHECK, dimensions={"HealthCheckId": check.id}, region=EDGE_REGION)

    def _health_check(self, name: str, domain_name: str, args: DnsArgs) -> aws.route53.HealthCheck:
        return aws.route53.HealthCheck(
            f"{name}-health",
            type="HTTPS",
            fqdn=domain_name,
            port=HTTPS,
            resource_path="/",
            enable_sni=True,
            failure_threshold=FAILURES,
            request_interval=INTERVAL_SECONDS,
            disabled=not args.is_public,
            opts=pulumi.ResourceOptions(parent=self),
        )


def _to_the_cdn(args: DnsArgs) -> aws.route53.RecordAliasArgs:
    return aws.route53.RecordAliasArgs(name=args.cdn_domain_name, zone_id=args.cdn_zone_id, evaluate_target_health=False)
