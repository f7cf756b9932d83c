"""The signals of what stands at the edge, whose figures are in us-east-1, and of certificates, which are in both regions."""

from components.signals import DAY, MINUTE, Dimension, Signal, Subject, Tell

WEB_ACL = Subject(
    type="aws:wafv2/webAcl:WebAcl",
    namespace="AWS/WAFV2",
    dimensions={"WebACL": Dimension(type="aws:wafv2/webAcl:WebAcl", output="visibilityConfig.metricName")},
    always={"Rule": "ALL"},
    signals=(
        Signal(
            role="blocked",
            metric="BlockedRequests",
            statistic="Sum",
            threshold=1000,
            period_seconds=5 * MINUTE,
            periods=3,
            bad_periods=3,
            tell=Tell.TICKET,
            meaning="The web firewall has blocked many requests for a quarter of an hour: an attack, or a rule that hits users.",
        ),
    ),
)

EVERYWHERE = {"Region": "Global"}
"""Under which CloudFront has all its figures."""

DISTRIBUTION = Subject(
    type="aws:cloudfront/distribution:Distribution",
    namespace="AWS/CloudFront",
    dimensions={"DistributionId": Dimension(type="aws:cloudfront/distribution:Distribution", output=None)},
    always=EVERYWHERE,
    signals=(
        Signal(
            role="5xx-rate",
            metric="5xxErrorRate",
            statistic="Average",
            threshold=5,
            periods=5,
            bad_periods=5,
            tell=Tell.PAGE,
            meaning="More than one answer in twenty at the edge is an error of the site or of a service.",
        ),
        Signal(
            role="origin-slow",
            metric="OriginLatency",
            statistic="p90",
            threshold=24_000,
            periods=5,
            bad_periods=5,
            tell=Tell.TICKET,
            meaning="One answer in ten takes an origin more than 24 of the 30 seconds after which the CDN gives up.",
        ),
    ),
)

FUNCTION = Subject(
    type="aws:cloudfront/function:Function",
    namespace="AWS/CloudFront",
    dimensions={"FunctionName": Dimension(type="aws:cloudfront/function:Function", output="name")},
    always=EVERYWHERE,
    signals=(
        Signal(
            role="invalid",
            metric="FunctionValidationErrors",
            statistic="Sum",
            periods=2,
            bad_periods=2,
            tell=Tell.PAGE,
            meaning="A function at the edge gives back what CloudFront cannot use: those users see an error.",
        ),
        Signal(
            role="fails",
            metric="FunctionExecutionErrors",
            statistic="Sum",
            periods=5,
            bad_periods=5,
            tell=Tell.PAGE,
            meaning="A function at the edge ends with an error: those users see one too.",
        ),
        Signal(
            role="throttled",
            metric="FunctionThrottles",
            statistic="Sum",
            periods=5,
            bad_periods=5,
            tell=Tell.PAGE,
            meaning="A function at the edge is stopped because it computes too long or too often.",
        ),
    ),
)

HEALTH_CHECK = Subject(
    type="aws:route53/healthCheck:HealthCheck",
    namespace="AWS/Route53",
    dimensions={"HealthCheckId": Dimension(type="aws:route53/healthCheck:HealthCheck", output=None)},
    signals=(
        Signal(
            role="away",
            metric="HealthCheckStatus",
            statistic="Minimum",
            below=True,
            threshold=1,
            periods=3,
            bad_periods=3,
            tell=Tell.PAGE,
            meaning="Seen from several continents, the home page does not answer. Maintenance and lockdown look the same from there.",
        ),
    ),
)

CERTIFICATE = Subject(
    type="aws:acm/certificate:Certificate",
    namespace="AWS/CertificateManager",
    dimensions={"CertificateArn": Dimension(type="aws:acm/certificate:Certificate", output="arn")},
    signals=(
        Signal(
            role="ends",
            metric="DaysToExpiry",
            statistic="Minimum",
            below=True,
            threshold=45,
            period_seconds=DAY,
            periods=1,
            bad_periods=1,
            tell=Tell.TICKET,
            meaning="The certificate ends in less than 45 days, and ACM, which should have renewed it by now, has not.",
        ),
    ),
)
