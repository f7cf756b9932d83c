"""The front door: everything between a user and the load balancer, and what stays of each request."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi

from components.cdn import Cdn, CdnArgs
from components.cdn_behaviors import BehaviorsArgs
from components.dns import Dns, DnsArgs
from components.edge_logs import EdgeLogs, EdgeLogsArgs
from components.edge_policies import EdgePolicies, EdgePoliciesArgs
from components.site import Site, SiteArgs
from components.site_routing import SiteRouting, SiteRoutingArgs
from components.vpc_origin import VpcOrigin, VpcOriginArgs
from components.watched import Watched
from components.web_firewall import WebFirewall, WebFirewallArgs
from settings import Settings

CLOSING_SECONDS = 5
"""So much sooner than the load balancer the CDN gives up a silent connection."""
LONGEST_KEEPALIVE_SECONDS = 60
"""https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesOrigin.html: more is by AWS's leave."""


@dataclass(frozen=True, kw_only=True)
class FrontDoorArgs:
    """What it is told, and what it leads to."""

    settings: Settings
    """Nearly all of it has a say here: the name, the site, caching, headers, firewall, the services' paths, the measures."""
    certificate_arn: pulumi.Input[str]
    """An issued certificate in us-east-1."""
    load_balancer_arn: pulumi.Input[str]
    """What answers for the services."""
    firewall_key_arn: pulumi.Input[str]
    """Encrypts the web firewall's log, in us-east-1."""
    logs_key_arn: pulumi.Input[str]
    """Encrypts the access log."""
    site_key_arns: Mapping[str | None, pulumi.Input[str]]
    """Encrypt the site's files, by region (None for the stack's own)."""
    ready: Sequence[pulumi.Resource]
    """What must exist before there is a way into the network."""


class FrontDoor(pulumi.ComponentResource):
    """The web firewall, the site, the distribution in front of both site and services, its log, and the name that leads to it.

    Stateful in its parts: the distribution, the buckets and the logs are protected. The parts say what they cost.
    """

    outputs: Mapping[str, pulumi.Output[str]]
    """Where releases of the site go, the distribution, and the store that says which release is shown."""
    watched: Sequence[Watched]
    """The distribution, its functions, its firewall and the health check."""

    def __init__(self, name: str, args: FrontDoorArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("switchyard:edge:FrontDoor", name, None, opts)
        firewall, site, routing = self._firewall(args), self._site(args), self._routing(args.settings)
        cdn = self._cdn(args, firewall, site, self._behaviors(args.settings, routing, self._policies(args.settings)))
        self._logs(args, cdn)
        dns = self._dns(args.settings, cdn)
        self.outputs = {"bucket": site.bucket, "distribution": cdn.id, "store": routing.store_arn}
        self.watched = [*firewall.watched, *routing.watched, *cdn.watched, *dns.watched]
        self.register_outputs({})

    def _firewall(self, args: FrontDoorArgs) -> WebFirewall:
        settings = args.settings
        firewall_args = WebFirewallArgs(
            account_id=settings.account_id,
            key_arn=args.firewall_key_arn,
            log_retention_days=settings.monitoring.log_retention_days,
            settings=settings.web_firewall,
            lockdown=settings.shuts_out,
            allowed_networks=settings.admitted,
        )
        return WebFirewall("waf", firewall_args, self._here())

    def _site(self, args: FrontDoorArgs) -> Site:
        site_args = SiteArgs(
            account_id=args.settings.account_id,
            copy_region=args.settings.recovery.region,
            key_arns=args.site_key_arns,
            log_retention_days=args.settings.load_balancer.log_retention_days,
        )
        return Site("site", site_args, self._here())

    def _routing(self, settings: Settings) -> SiteRouting:
        routing_args = SiteRoutingArgs(
            site=settings.site,
            maintenance=settings.contingency.maintenance,
            allowed_networks=settings.contingency.allowed_networks,
            aggressive_caching=settings.contingency.aggressive_caching,
        )
        return SiteRouting("routing", routing_args, self._here())

    def _policies(self, settings: Settings) -> EdgePolicies:
        policies_args = EdgePoliciesArgs(settings=settings.cdn, aggressive_caching=settings.contingency.aggressive_caching)
        return EdgePolicies("policies", policies_args, self._here())

    def _behaviors(self, settings: Settings, routing: SiteRouting, policies: EdgePolicies) -> BehaviorsArgs:
        services = sorted(settings.services.values(), key=lambda service: service.priority)
        return BehaviorsArgs(
            service_paths=[path for service in services for path in service.paths],
            assets_policy_id=policies.assets_id,
            pages_policy_id=policies.pages_id,
            services_policy_id=policies.services_id,
            headers_policy_id=policies.headers_id,
            site_function_arn=routing.site_function_arn,
            service_function_arn=routing.service_function_arn,
            answers_function_arn=routing.answers_function_arn,
        )

    def _cdn(self, args: FrontDoorArgs, firewall: WebFirewall, site: Site, behaviors: BehaviorsArgs) -> Cdn:
        origin = VpcOrigin("origin", VpcOriginArgs(load_balancer_arn=args.load_balancer_arn, ready=args.ready), self._here())
        cdn_args = CdnArgs(
            domain_name=args.settings.domain.name,
            also=args.settings.domain.taken_over,
            certificate_arn=args.certificate_arn,
            web_acl_arn=firewall.arn,
            price_class=args.settings.cdn.price_class,
            site_domain_name=site.domain_name,
            site_copy_domain_name=site.copy_domain_name,
            vpc_origin_id=origin.id,
            keepalive_seconds=_keepalive_seconds(args.settings.load_balancer.idle_timeout_seconds),
            behaviors=behaviors,
        )
        return Cdn("cdn", cdn_args, self._here())

    def _logs(self, args: FrontDoorArgs, cdn: Cdn) -> EdgeLogs:
        logs_args = EdgeLogsArgs(
            account_id=args.settings.account_id,
            distribution_arn=cdn.arn,
            key_arn=args.logs_key_arn,
            retention_days=args.settings.load_balancer.log_retention_days,
        )
        return EdgeLogs("cdn-logs", logs_args, self._here())

    def _dns(self, settings: Settings, cdn: Cdn) -> Dns:
        dns_args = DnsArgs(
            domain_name=settings.domain.name,
            taken_over=settings.domain.taken_over,
            hosted_zone_id=settings.domain.hosted_zone_id,
            cdn_domain_name=cdn.host,
            cdn_zone_id=cdn.zone_id,
            is_public=settings.cdn.is_public,
        )
        return Dns("dns", dns_args, self._here())

    def _here(self) -> pulumi.ResourceOptions:
        return pulumi.ResourceOptions(parent=self)


def _keepalive_seconds(idle_timeout_seconds: int) -> int:
    """How long the CDN keeps a silent connection to a load balancer that closes one after so long."""
    return min(max(1, idle_timeout_seconds - CLOSING_SECONDS), LONGEST_KEEPALIVE_SECONDS)
