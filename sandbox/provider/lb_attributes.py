"""The attributes of load balancers, target groups and listeners: AWS keeps them as a list of keys and values beside the thing."""

from collections.abc import Mapping
from typing import Any

from sandbox.provider.row import Call

LOGS = {
    f"{property_}.{member}": f"{key}.s3.{member}"
    for property_, key in (("accessLogs", "access_logs"), ("connectionLogs", "connection_logs"), ("healthCheckLogs", "health_check_logs"))
    for member in ("enabled", "bucket", "prefix")
}

LOAD_BALANCER = {
    **LOGS,
    "clientKeepAlive": "client_keep_alive.seconds",
    "desyncMitigationMode": "routing.http.desync_mitigation_mode",
    "dropInvalidHeaderFields": "routing.http.drop_invalid_header_fields.enabled",
    "enableCrossZoneLoadBalancing": "load_balancing.cross_zone.enabled",
    "enableDeletionProtection": "deletion_protection.enabled",
    "enableHttp2": "routing.http2.enabled",
    "enableTlsVersionAndCipherSuiteHeaders": "routing.http.x_amzn_tls_version_and_cipher_suite.enabled",
    "enableWafFailOpen": "waf.fail_open.enabled",
    "enableXffClientPort": "routing.http.xff_client_port.enabled",
    "enableZonalShift": "zonal_shift.config.enabled",
    "idleTimeout": "idle_timeout.timeout_seconds",
    "preserveHostHeader": "routing.http.preserve_host_header.enabled",
    "xffHeaderProcessingMode": "routing.http.xff_header_processing.mode",
}

TARGET_GROUP = {
    "deregistrationDelay": "deregistration_delay.timeout_seconds",
    "loadBalancingAlgorithmType": "load_balancing.algorithm.type",
    "loadBalancingAnomalyMitigation": "load_balancing.algorithm.anomaly_mitigation",
    "loadBalancingCrossZoneEnabled": "load_balancing.cross_zone.enabled",
    "slowStart": "slow_start.duration_seconds",
    "stickiness.cookieDuration": "stickiness.lb_cookie.duration_seconds",
    "stickiness.enabled": "stickiness.enabled",
    "stickiness.type": "stickiness.type",
    **{
        f"targetGroupHealth.{name}.minimumHealthyTargets{suffix.title()}": f"target_group_health.{key}.minimum_healthy_targets.{suffix}"
        for name, key in (("dnsFailover", "dns_failover"), ("unhealthyStateRouting", "unhealthy_state_routing"))
        for suffix in ("count", "percentage")
    },
}

LISTENER = {
    "routingHttpResponseServerEnabled": "routing.http.response.server.enabled",
    **{
        f"routingHttpResponse{property_}HeaderValue": f"routing.http.response.{header}.header_value"
        for property_, header in (
            ("AccessControlAllowCredentials", "access_control_allow_credentials"),
            ("AccessControlAllowHeaders", "access_control_allow_headers"),
            ("AccessControlAllowMethods", "access_control_allow_methods"),
            ("AccessControlAllowOrigin", "access_control_allow_origin"),
            ("AccessControlExposeHeaders", "access_control_expose_headers"),
            ("AccessControlMaxAge", "access_control_max_age"),
            ("ContentSecurityPolicy", "content_security_policy"),
            ("StrictTransportSecurity", "strict_transport_security"),
            ("XContentTypeOptions", "x_content_type_options"),
            ("XFrameOptions", "x_frame_options"),
        )
    },
}


def changing(noun: str, keys: Mapping[str, str]) -> Call:
    """Return the call that sets the attributes of a `load_balancer`, `target_group` or `listener`, from property paths to AWS's keys."""
    pairs = ", ".join(f"{{Key: '{key}', Value: {path}}}" for path, key in keys.items())
    give = f"{{{_arn(noun)}: id, Attributes: [{pairs}][?Value != `null`]}}"
    return Call(f"modify_{noun}_attributes", give, on=tuple({path.split(".")[0]: None for path in keys}))


def reading(noun: str, keys: Mapping[str, str]) -> Call:
    """Return the call that reads them back."""
    tree: dict[str, Any] = {}
    for path, key in keys.items():
        *parents, last = path.split(".")
        branch = tree
        for parent in parents:
            branch = branch.setdefault(parent, {})
        branch[last] = f"Attributes[?Key == '{key}'] | [0].Value"
    return Call(f"describe_{noun}_attributes", f"{{{_arn(noun)}: id}}", _hash(tree))


def _hash(tree: Mapping[str, Any]) -> str:
    """Return a tree of expressions as one JMESPath hash."""
    return "{" + ", ".join(f"{name}: {_hash(part) if isinstance(part, dict) else part}" for name, part in tree.items()) + "}"


def _arn(noun: str) -> str:
    return noun.title().replace("_", "") + "Arn"
