"""The signals of what stands at the edge. Their figures are in us-east-1, whatever the stack's own region is."""

from components.signals import MINUTE, Dimension, Signal, Subject, Tell

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
