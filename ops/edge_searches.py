"""Where what stands at the edge is looked for: the part of `ops/searches.py` that is CloudFront's, its logs' and its health check's."""

from collections.abc import Mapping

from ops.whereabouts import Search

EDGE_AGAIN = frozenset(
    {
        "aws:cloudfront/keyvaluestoreKey:KeyvaluestoreKey",  # PutKey takes the place of what is there
        "aws:cloudfront/monitoringSubscription:MonitoringSubscription",  # one of a distribution
        "aws:s3/bucketLogging:BucketLogging",
        "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
    }
)
"""What the next update simply makes again."""

LISTED = "{MaxItems: '100'}"


def _end(noun: str) -> Search:
    """Return the search for an end of a log's delivery, by its name: AWS takes no tags with a Put of one that there is."""
    return Search("logs", f"get_delivery_{noun.lower()}", "{name: name}", f"[delivery{noun}]", "{name}")


def _policy(noun: str) -> Search:
    """Return the search for a policy of the stack's own making, which has a name of its own."""
    name = f"{noun}.{noun}Config.Name"
    operation = f"list_{'cache' if noun == 'CachePolicy' else 'response_headers'}_policies"
    return Search("cloudfront", operation, "{Type: 'custom', MaxItems: '100'}", f"{noun}List.Items", f"{noun}.Id", {name: "name"})


EDGE_SEARCHES: Mapping[str, Search] = {
    "aws:cloudfront/cachePolicy:CachePolicy": _policy("CachePolicy"),
    "aws:cloudfront/distribution:Distribution": Search(
        "cloudfront", "list_distributions", LISTED, "DistributionList.Items", "Id", {"Aliases.Items[0]": "aliases[0]"}
    ),
    "aws:cloudfront/function:Function": Search("cloudfront", "describe_function", "{Name: name}", "[FunctionSummary]", "{name}"),
    "aws:cloudfront/keyValueStore:KeyValueStore": Search(
        "cloudfront", "describe_key_value_store", "{Name: name}", "[KeyValueStore]", "{name}"
    ),
    "aws:cloudfront/originAccessControl:OriginAccessControl": Search(
        "cloudfront", "list_origin_access_controls", LISTED, "OriginAccessControlList.Items", "Id", {"Name": "name"}
    ),
    "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": _policy("ResponseHeadersPolicy"),
    "aws:cloudfront/vpcOrigin:VpcOrigin": Search(
        "cloudfront", "list_vpc_origins", LISTED, "VpcOriginList.Items", "Id", {"Name": "vpcOriginEndpointConfig.name"}
    ),
    "aws:cloudwatch/logDelivery:LogDelivery": Search(
        "logs",
        "describe_deliveries",
        "{limit: `50`}",
        "deliveries",
        "id",
        {"deliverySourceName": "deliverySourceName", "deliveryDestinationArn": "deliveryDestinationArn"},
    ),
    "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": _end("Destination"),
    "aws:cloudwatch/logDeliverySource:LogDeliverySource": _end("Source"),
    "aws:route53/healthCheck:HealthCheck": Search(
        "route53",
        "list_health_checks",
        LISTED,
        "HealthChecks",
        "Id",
        {"HealthCheckConfig.FullyQualifiedDomainName": "fqdn", "HealthCheckConfig.ResourcePath": "resourcePath"},
    ),
}
"""Where what was half-made is looked for. A distribution is the one of its name: AWS gives a name to one distribution only."""
