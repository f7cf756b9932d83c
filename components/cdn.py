"""The distribution: the one door from the internet, to the static site and to the services."""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components import cdn_behaviors as behaviors
from components.cdn_behaviors import BehaviorsArgs, Origin
from components.edge_catalogue import DISTRIBUTION
from components.naming import EDGE_REGION
from components.watched import Watched
from settings_cdn import PriceClass

TLS_POLICY = "TLSv1.2_2025"
"""The newest floor that still lets TLS 1.2 in; the API's own default is TLSv1."""
FAILOVER_CODES = (500, 502, 503, 504)
"""When the site's copy is asked instead. Not 404: a missing file is missing in both."""
READ_SECONDS = 30
"""How long an answer of a service may take; CloudFront's own default."""


@dataclass(frozen=True, kw_only=True)
class CdnArgs:
    """Where it answers, what stands behind it, and what runs on each request."""

    domain_name: str
    """The name that users type; also the origin's, so that the load balancer's certificate covers it."""
    also: Sequence[str]
    """Names under which it answers beside that one."""
    certificate_arn: pulumi.Input[str]
    """An issued certificate in us-east-1."""
    web_acl_arn: pulumi.Input[str]
    """What looks at each request first."""
    price_class: PriceClass
    """Where in the world answers are kept."""
    site_domain_name: pulumi.Input[str]
    """The site's bucket."""
    site_copy_domain_name: pulumi.Input[str]
    """The copy that is asked when the bucket fails."""
    vpc_origin_id: pulumi.Input[str]
    """The way to the load balancer."""
    keepalive_seconds: int
    """How long a silent connection to the load balancer is kept: less than it keeps one, or a request goes into one that is closing."""
    behaviors: BehaviorsArgs
    """Whose paths are whose, and what applies to each."""


class Cdn(pulumi.ComponentResource):
    """One distribution over HTTP/2, HTTP/3 and IPv6, HTTPS only, behind the web firewall.

    It has no pages for errors of its own: those would replace the services' answers too. Neither a flip of a service nor one of the site
    changes it, since it takes minutes to change. Protected: its name is what the DNS records lead to. Costs by requests and bytes.
    """

    arn: pulumi.Output[str]
    """The distribution, as its logs name it."""
    id: pulumi.Output[str]
    """The distribution, as invalidations name it."""
    host: pulumi.Output[str]
    """Its own name."""
    zone_id: pulumi.Output[str]
    """The zone of that name."""
    watched: Sequence[Watched]
    """The distribution."""

    def __init__(self, name: str, args: CdnArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("switchyard:edge:Cdn", name, None, opts)
        access = self._access(name)
        distribution = self._distribution(name, args, access)
        self._metrics(name, distribution)
        self.arn, self.id = distribution.arn, distribution.id
        self.host, self.zone_id = distribution.domain_name, distribution.hosted_zone_id
        seen = Watched(name=name, subject=DISTRIBUTION, dimensions={"DistributionId": distribution.id}, region=EDGE_REGION)
        self.watched = [seen]
        self.register_outputs({})

    def _access(self, name: str) -> aws.cloudfront.OriginAccessControl:
        return aws.cloudfront.OriginAccessControl(
            f"{name}-access",
            origin_access_control_origin_type="s3",
            signing_behavior="always",
            signing_protocol="sigv4",
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _distribution(self, name: str, args: CdnArgs, access: aws.cloudfront.OriginAccessControl) -> aws.cloudfront.Distribution:
        return aws.cloudfront.Distribution(
            name,
            enabled=True,
            aliases=[args.domain_name, *args.also],
            http_version="http2and3",
            is_ipv6_enabled=True,
            price_class=args.price_class,
            web_acl_id=args.web_acl_arn,
            default_root_object="index.html",
            viewer_certificate=_certificate(args.certificate_arn),
            restrictions=_everywhere(),
            origins=_origins(args, access.id),
            origin_groups=[_site_or_copy()],
            default_cache_behavior=behaviors.pages(args.behaviors),
            ordered_cache_behaviors=behaviors.ordered(args.behaviors),
            opts=pulumi.ResourceOptions(parent=self, protect=True),
        )

    def _metrics(self, name: str, distribution: aws.cloudfront.Distribution) -> aws.cloudfront.MonitoringSubscription:
        realtime = aws.cloudfront.MonitoringSubscriptionMonitoringSubscriptionRealtimeMetricsSubscriptionConfigArgs(
            realtime_metrics_subscription_status="Enabled"
        )
        return aws.cloudfront.MonitoringSubscription(
            f"{name}-metrics",
            distribution_id=distribution.id,
            monitoring_subscription=aws.cloudfront.MonitoringSubscriptionMonitoringSubscriptionArgs(
                realtime_metrics_subscription_config=realtime
            ),
            opts=pulumi.ResourceOptions(parent=self),
        )


def _certificate(arn: pulumi.Input[str]) -> aws.cloudfront.DistributionViewerCertificateArgs:
    return aws.cloudfront.DistributionViewerCertificateArgs(
        acm_certificate_arn=arn, minimum_protocol_version=TLS_POLICY, ssl_support_method="sni-only"
    )


def _everywhere() -> aws.cloudfront.DistributionRestrictionsArgs:
    return aws.cloudfront.DistributionRestrictionsArgs(
        geo_restriction=aws.cloudfront.DistributionRestrictionsGeoRestrictionArgs(restriction_type="none", locations=[])
    )


def _origins(args: CdnArgs, access_id: pulumi.Input[str]) -> list[aws.cloudfront.DistributionOriginArgs]:
    buckets = {Origin.SITE: args.site_domain_name, Origin.COPY: args.site_copy_domain_name}
    services = aws.cloudfront.DistributionOriginVpcOriginConfigArgs(
        vpc_origin_id=args.vpc_origin_id, origin_read_timeout=READ_SECONDS, origin_keepalive_timeout=args.keepalive_seconds
    )
    return [
        *(
            aws.cloudfront.DistributionOriginArgs(origin_id=origin, domain_name=host, origin_access_control_id=access_id)
            for origin, host in buckets.items()
        ),
        aws.cloudfront.DistributionOriginArgs(origin_id=Origin.SERVICES, domain_name=args.domain_name, vpc_origin_config=services),
    ]


def _site_or_copy() -> aws.cloudfront.DistributionOriginGroupArgs:
    members = [aws.cloudfront.DistributionOriginGroupMemberArgs(origin_id=origin) for origin in (Origin.SITE, Origin.COPY)]
    criteria = aws.cloudfront.DistributionOriginGroupFailoverCriteriaArgs(status_codes=[*FAILOVER_CODES])
    return aws.cloudfront.DistributionOriginGroupArgs(origin_id=Origin.SITE_OR_COPY, members=members, failover_criteria=criteria)
