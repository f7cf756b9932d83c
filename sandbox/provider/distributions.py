"""Distributions of CloudFront: what AWS refuses of one, and what the emulator loses."""

import re
from collections.abc import Iterator
from typing import Any

from sandbox.provider.account import EDGE_REGION
from sandbox.provider.errors import ProviderError
from sandbox.provider.limits import Limit
from sandbox.provider.row import Facts
from sandbox.provider.schema import Failure

PORT = Limit(test=lambda port: "" if port in (80, 443) or 1024 <= port <= 65_535 else f"{port}: it is 80, 443 or 1024 to 65535")  # noqa: PLR2004

ERRORS = (400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504)
"""https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/creating-custom-error-pages.html"""

READ = ("GET", "HEAD")

METHODS = (READ, (*READ, "OPTIONS"), (*READ, "OPTIONS", "PUT", "POST", "PATCH", "DELETE"))
"""CloudFront passes on one of these sets."""

BEHAVIORS = ("defaultCacheBehavior", "orderedCacheBehaviors")

LIMITS = {
    "aliases": Limit(high=100),
    "comment": Limit(high=128),
    "defaultRootObject": Limit(high=255, pattern=r"(?!/).*", says="an object's name, without a slash in front"),
    "customErrorResponses.errorCode": Limit(choices=ERRORS),
    "customErrorResponses.errorCachingMinTtl": Limit(0),
    "customErrorResponses.responsePagePath": Limit(pattern=r"/.*", says="a path that begins with a slash"),
    "origins": Limit(1, 100),
    "origins.connectionAttempts": Limit(1, 3),
    "origins.connectionTimeout": Limit(1, 10),
    "origins.originPath": Limit(high=255, pattern=r"|/.*[^/]", says="empty, or a path with a slash in front and none at the end"),
    "origins.customHeaders.name": Limit(1, 256),
    "origins.customHeaders.value": Limit(high=1783),
    "orderedCacheBehaviors": Limit(high=75),
    "orderedCacheBehaviors.pathPattern": Limit(
        1, 255, r"[\w\-.*$/~\"'@:+&;=,?]+", "letters, digits and _ - . * $ / ~ \" ' @ : + & ; = , ?"
    ),
    "viewerCertificate.acmCertificateArn": Limit(pattern=r"arn:[\w-]+:acm:us-east-1:\d+:certificate/.+", says="a certificate in us-east-1"),
    "webAclId": Limit(pattern=r"(?!arn:).*|arn:[\w-]+:wafv2:us-east-1:\d+:global/webacl/.+", says="a web ACL of the scope CLOUDFRONT"),
    **dict.fromkeys(("origins.customOriginConfig.httpPort", "origins.customOriginConfig.httpsPort"), PORT),
    **{
        f"origins.{config}.{timeout}": Limit(1, 120)
        for config in ("customOriginConfig", "vpcOriginConfig")
        for timeout in ("originReadTimeout", "originKeepaliveTimeout")
    },
}

CONFIGS = ("customOriginConfig", "vpcOriginConfig", "s3OriginConfig")
"""Of which an origin has one, or none: then it is a bucket."""

LEGACY = ("forwardedValues", "minTtl", "defaultTtl", "maxTtl")
"""What a cache policy takes the place of."""

INVENTED = ("FunctionAssociations", "LambdaFunctionAssociations", "ForwardedValues", "MinTTL", "DefaultTTL", "MaxTTL")
"""What the emulator says of each behavior, whatever was set."""

LOST_OF_BEHAVIOR = ("functionAssociations", "lambdaFunctionAssociations", *LEGACY, "grpcConfig")

LOST_OF_ORIGIN = ("originAccessControlId", "vpcOriginConfig", "s3OriginConfig", "customOriginConfig", "responseCompletionTimeout")


def failures(inputs: Facts) -> Iterator[Failure]:
    """Find what AWS refuses, as far as the inputs are known."""
    yield from _origin_failures(inputs)
    patterns: list[str] = []
    for where, behavior in behaviors(inputs):
        yield from _behavior_failures(where, behavior)
        pattern = behavior.get("pathPattern", where)
        if pattern in patterns:
            yield f"{where}.pathPattern", f"{pattern!r} is another behavior's already"
        patterns.append(pattern)
    for index, response in enumerate(inputs.get("customErrorResponses") or ()):
        if ("responseCode" in response) != ("responsePagePath" in response):
            yield f"customErrorResponses[{index}]", "responseCode and responsePagePath go together"
    certificate = inputs.get("viewerCertificate") or {}
    given = [name for name in ("acmCertificateArn", "cloudfrontDefaultCertificate", "iamCertificateId") if certificate.get(name)]
    if len(given) > 1:
        yield "viewerCertificate", f"give one of {', '.join(given)}"
    if certificate.get("cloudfrontDefaultCertificate") and inputs.get("aliases"):
        yield "viewerCertificate", "CloudFront's own certificate does not speak for aliases"
    restriction = (inputs.get("restrictions") or {}).get("geoRestriction") or {}
    if restriction.get("restrictionType") == "none" and restriction.get("locations"):
        yield "restrictions.geoRestriction.locations", "the restriction none takes no locations"


def behaviors(inputs: Facts) -> Iterator[tuple[str, Any]]:
    """Return the behaviors with their property paths."""
    yield BEHAVIORS[0], inputs.get(BEHAVIORS[0]) or {}
    for index, behavior in enumerate(inputs.get(BEHAVIORS[1]) or ()):
        yield f"{BEHAVIORS[1]}[{index}]", behavior


def _origin_failures(inputs: Facts) -> Iterator[Failure]:
    origins = inputs.get("origins") or []
    ids = [origin.get("originId") for origin in origins]
    for index, origin in enumerate(origins):
        if ids[index] and ids[index] in ids[:index]:
            yield f"origins[{index}].originId", f"{ids[index]!r} is another origin's already"
        given = [name for name in CONFIGS if origin.get(name)]
        if len(given) > 1:
            yield f"origins[{index}]", f"give one of {', '.join(given)}"
        if origin.get("originAccessControlId") and (origin.get("s3OriginConfig") or {}).get("originAccessIdentity"):
            yield f"origins[{index}].originAccessControlId", "an origin has an access control or an access identity, not both"
    ids += [group.get("originId") for group in inputs.get("originGroups") or ()]
    for where, behavior in behaviors(inputs):
        target = behavior.get("targetOriginId")
        if target and ids and None not in ids and target not in ids:
            yield f"{where}.targetOriginId", f"{target!r} is not one of the origins: {', '.join(ids)}"


def _behavior_failures(where: str, behavior: Any) -> Iterator[Failure]:
    allowed, cached = (behavior.get(name) or READ for name in ("allowedMethods", "cachedMethods"))
    if set(allowed) not in map(set, METHODS):
        yield f"{where}.allowedMethods", f"{', '.join(allowed)}: CloudFront allows {'; or '.join(map(', '.join, METHODS))}"
    if set(cached) not in map(set, METHODS[:2]) or not set(cached) <= set(allowed):
        yield f"{where}.cachedMethods", f"{', '.join(cached)}: it is GET and HEAD, with OPTIONS where that is allowed"
    legacy = [name for name in LEGACY if behavior.get(name)]
    if behavior.get("cachePolicyId") and legacy:
        yield f"{where}.{legacy[0]}", "a behavior with a cache policy takes none of its own"
    events: list[str] = []
    for index, association in enumerate(behavior.get("functionAssociations") or ()):
        event, at = association.get("eventType", ""), f"{where}.functionAssociations[{index}]"
        if event.startswith("origin-"):
            yield f"{at}.eventType", f"{event!r}: a function sees viewer-request or viewer-response"
        if event and event in events:
            yield f"{at}.eventType", f"{event!r} has a function already"
        events.append(event)


def refuse_unfit(client: Any, facts: Facts) -> None:
    """Refuse what AWS finds out when it makes a distribution: what is missing, and what does not fit with other resources."""
    for where, behavior in behaviors(facts):
        if not behavior.get("cachePolicyId") and not behavior.get("forwardedValues"):
            raise ProviderError(f"InvalidArgument: {where} needs cachePolicyId")
        for association in behavior.get("functionAssociations") or ():
            client.describe_function(Name=association["functionArn"].rpartition("/")[2])
    for index, origin in enumerate(facts["origins"]):
        if not any(origin.get(name) for name in CONFIGS) and not re.search(r"\.s3[.-][\w.-]*amazonaws\.com$", origin["domainName"]):
            raise ProviderError(f"InvalidArgument: origins[{index}] is no bucket ({origin['domainName']}): it needs one of {CONFIGS[:2]}")
        if origin.get("originAccessControlId"):
            client.get_origin_access_control(Id=origin["originAccessControlId"])
    _refuse_aliases(client, facts, facts.get("aliases") or [])


def _refuse_aliases(client: Any, facts: Facts, aliases: list[str]) -> None:
    for page in client.get_paginator("list_distributions").paginate():
        for other in page["DistributionList"].get("Items") or ():
            taken = set(aliases) & set(other["Aliases"].get("Items") or ())
            if taken and other["Id"] != facts.get("id"):
                raise ProviderError(f"CNAMEAlreadyExists: {min(taken)} is an alias of {other['Id']} already")
    certificate = facts["viewerCertificate"]
    if not certificate.get("acmCertificateArn"):
        return
    if not certificate.get("sslSupportMethod") or not certificate.get("minimumProtocolVersion"):
        raise ProviderError("InvalidViewerCertificate: acmCertificateArn needs sslSupportMethod and minimumProtocolVersion")
    acm = facts["clients"]("acm", region=EDGE_REGION)
    found = acm.describe_certificate(CertificateArn=certificate["acmCertificateArn"])["Certificate"]
    names = {found["DomainName"], *found["SubjectAlternativeNames"]}
    if found["Status"] != "ISSUED":
        raise ProviderError(f"InvalidViewerCertificate: {found['CertificateArn']} is {found['Status']}, not ISSUED")
    for alias in aliases:
        if not names & {alias, f"*.{alias.partition('.')[2]}"}:
            raise ProviderError(f"InvalidViewerCertificate: {alias} is not a name of the certificate: {', '.join(sorted(names))}")


def look(client: Any, facts: Facts) -> dict[str, Any]:
    """Describe a distribution, with what the emulator has lost put back from what the state has, and without what it has invented."""
    answer = client.get_distribution(Id=facts["id"])
    config = answer["Distribution"]["DistributionConfig"]
    origins = {origin.get("originId"): origin for origin in facts.get("origins") or ()}
    for origin in config["Origins"]["Items"]:
        _put_back(origin, origins.get(origin["Id"]), LOST_OF_ORIGIN)
    told = {behavior.get("pathPattern"): behavior for _, behavior in behaviors(facts)}
    for behavior in (config["DefaultCacheBehavior"], *(config["CacheBehaviors"].get("Items") or ())):
        for name in INVENTED:
            behavior.pop(name, None)
        _put_back(behavior, told.get(behavior.get("PathPattern")), LOST_OF_BEHAVIOR)
    if config["ViewerCertificate"].get("ACMCertificateArn"):
        del config["ViewerCertificate"]["CloudFrontDefaultCertificate"]
    return {**answer["Distribution"], "ETag": answer["ETag"]}


def _put_back(found: dict[str, Any], told: Any, names: tuple[str, ...]) -> None:
    found.update({name: told[name] for name in names if told and told.get(name)})


def disable(client: Any, facts: Facts) -> None:
    """Take a distribution out of service, without which AWS deletes none."""
    answer = client.get_distribution_config(Id=facts["id"])
    config = {**answer["DistributionConfig"], "Enabled": False}
    client.update_distribution(Id=facts["id"], IfMatch=answer["ETag"], DistributionConfig=config)
