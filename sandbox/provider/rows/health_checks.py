"""Route 53: health checks."""

from collections.abc import Iterator
from typing import Any

from sandbox.provider.errors import ProviderError
from sandbox.provider.limits import Limit
from sandbox.provider.row import Call, Facts, Row
from sandbox.provider.schema import Failure

NAMES = {
    "fqdn": "FullyQualifiedDomainName",
    "ipAddress": "IPAddress",
    "invertHealthcheck": "Inverted",
    "childHealthchecks": "ChildHealthChecks",
    "childHealthThreshold": "HealthThreshold",
}
"""What AWS calls the properties of a health check."""

CHECKED = ("type", "measureLatency", "requestInterval")
"""Those that cannot be changed."""

CHANGED = (
    *("childHealthThreshold", "childHealthchecks", "disabled", "enableSni", "failureThreshold", "fqdn", "invertHealthcheck"),
    *("ipAddress", "port", "regions", "resourcePath", "searchString"),
)

MATCHING = ("HTTP_STR_MATCH", "HTTPS_STR_MATCH")

OF_ENDPOINTS = ("HTTP", "HTTPS", *MATCHING, "TCP")
"""Health checks of the internet; the emulator loses what those of alarms and routing controls are about."""

GIVEN = ", ".join(f"{name}: {name}" for name in CHECKED + CHANGED)

REFERENCE = "referenceName && join('-', [referenceName, unique]) || unique"


def _check_failures(inputs: Facts) -> Iterator[Failure]:
    """Each type has properties of its own."""
    type_ = inputs.get("type", "HTTPS")
    if type_ != "CALCULATED" and (inputs.get("childHealthchecks") or inputs.get("childHealthThreshold")):
        yield "childHealthchecks", "are for the type CALCULATED"
    if type_ == "CALCULATED" and (inputs.get("fqdn") or inputs.get("ipAddress")):
        yield "type", "CALCULATED looks at other health checks, not at an endpoint"
    if type_ not in MATCHING and inputs.get("searchString"):
        yield "searchString", f"is for the types {' and '.join(MATCHING)}"
    if type_ == "TCP" and inputs.get("resourcePath"):
        yield "resourcePath", "TCP knows no paths"
    if not type_.startswith("HTTPS") and inputs.get("enableSni"):
        yield "enableSni", "is for HTTPS"


def _refuse_aimless(_client: Any, facts: Facts) -> None:
    """Refuse a health check without an endpoint."""
    if facts["type"] in OF_ENDPOINTS and not facts.get("fqdn") and not facts.get("ipAddress"):
        raise ProviderError("InvalidInput: a health check of an endpoint needs fqdn or ipAddress")
    if facts["type"] == "TCP" and not facts.get("port"):
        raise ProviderError("InvalidInput: a health check of the type TCP needs a port")


ROWS = (
    Row(
        type="aws.route53.HealthCheck",
        before=Call(_refuse_aimless),
        create=Call("create_health_check", f"{{CallerReference: {REFERENCE}, HealthCheckConfig: {{{GIVEN}}}}}", "HealthCheck"),
        id="Id",
        read=Call("get_health_check", "{HealthCheckId: id}", "HealthCheck.HealthCheckConfig"),
        update=Call("update_health_check", "{HealthCheckId: id}"),
        delete=Call("delete_health_check", "{HealthCheckId: id}"),
        names=NAMES,
        computed={"arn": "arn:aws:route53:::healthcheck/{id}"},
        defaults={"failureThreshold": 3},
        replaces=(*CHECKED, "referenceName", "routingControlArn"),
        limits={
            "type": Limit(choices=(*OF_ENDPOINTS, "CALCULATED")),
            "requestInterval": Limit(choices=(10, 30)),
            "referenceName": Limit(1, 27),
            "resourcePath": Limit(pattern=r"/.*", says="a path that begins with a slash"),
        },
        check=_check_failures,
    ),
)
