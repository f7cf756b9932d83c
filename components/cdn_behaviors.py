"""The distribution's behaviors: whose a path is, where it is answered, what is kept of the answer, and what runs before and after."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import pulumi
from pulumi_aws.cloudfront import (
    DistributionDefaultCacheBehaviorArgs,
    DistributionDefaultCacheBehaviorFunctionAssociationArgs,
    DistributionOrderedCacheBehaviorArgs,
    DistributionOrderedCacheBehaviorFunctionAssociationArgs,
)

ASSETS = "/assets/*"
"""Files whose names change with their content; they belong to no release."""
READ = ("GET", "HEAD", "OPTIONS")
"""What the site is asked: a group of origins takes nothing else."""
ALL = (*READ, "PUT", "POST", "PATCH", "DELETE")
KEPT = ("GET", "HEAD")
"""Whose answers may be kept."""
HTTPS_ONLY = "redirect-to-https"
REQUEST, RESPONSE = "viewer-request", "viewer-response"
ALL_VIEWER = "216adef6-5c7f-47e4-b989-5492eafa07d3"
"""AWS's own policy Managed-AllViewer: services get every header, cookie and query, the name that the viewer typed among them
(https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html)."""


class Origin(StrEnum):
    """Where an answer comes from."""

    SITE = "site"
    COPY = "site-copy"
    SITE_OR_COPY = "site-or-copy"
    SERVICES = "services"


@dataclass(frozen=True, kw_only=True)
class BehaviorsArgs:
    """Paths, and what applies to them."""

    service_paths: Sequence[str]
    """The services' path patterns, in the order in which they are tried."""
    assets_policy_id: pulumi.Input[str]
    """The cache policy of assets."""
    pages_policy_id: pulumi.Input[str]
    """The cache policy of the site's other files."""
    services_policy_id: pulumi.Input[str]
    """The cache policy of services."""
    headers_policy_id: pulumi.Input[str]
    """The headers of every answer."""
    site_function_arn: pulumi.Input[str]
    """Leads a request into the viewer's release."""
    service_function_arn: pulumi.Input[str]
    """The gate alone."""
    answers_function_arn: pulumi.Input[str]
    """Looks at answers of services."""


@dataclass(frozen=True, kw_only=True)
class _Behavior:
    """What applies to a path, whichever."""

    origin: Origin
    methods: Sequence[str]
    cache_policy_id: pulumi.Input[str]
    functions: Mapping[str, pulumi.Input[str]]
    """By the event on which each runs."""
    origin_request_policy_id: str | None = None


def pages(args: BehaviorsArgs) -> DistributionDefaultCacheBehaviorArgs:
    """The behavior of every path that is not another's: the site's."""
    found = _site(args.pages_policy_id, args.site_function_arn)
    return DistributionDefaultCacheBehaviorArgs(
        target_origin_id=found.origin,
        viewer_protocol_policy=HTTPS_ONLY,
        allowed_methods=[*found.methods],
        cached_methods=[*KEPT],
        compress=True,
        cache_policy_id=found.cache_policy_id,
        response_headers_policy_id=args.headers_policy_id,
        function_associations=[
            DistributionDefaultCacheBehaviorFunctionAssociationArgs(event_type=event, function_arn=arn)
            for event, arn in found.functions.items()
        ],
    )


def ordered(args: BehaviorsArgs) -> list[DistributionOrderedCacheBehaviorArgs]:
    """All others: assets, then each path of the services."""
    assets = _ordered(args, ASSETS, _site(args.assets_policy_id, args.service_function_arn))
    return [assets, *(_ordered(args, path, _service(args)) for path in args.service_paths)]


def _ordered(args: BehaviorsArgs, path: str, found: _Behavior) -> DistributionOrderedCacheBehaviorArgs:
    return DistributionOrderedCacheBehaviorArgs(
        path_pattern=path,
        target_origin_id=found.origin,
        viewer_protocol_policy=HTTPS_ONLY,
        allowed_methods=[*found.methods],
        cached_methods=[*KEPT],
        compress=True,
        cache_policy_id=found.cache_policy_id,
        origin_request_policy_id=found.origin_request_policy_id,
        response_headers_policy_id=args.headers_policy_id,
        function_associations=[
            DistributionOrderedCacheBehaviorFunctionAssociationArgs(event_type=event, function_arn=arn)
            for event, arn in found.functions.items()
        ],
    )


def _site(cache_policy_id: pulumi.Input[str], request: pulumi.Input[str]) -> _Behavior:
    return _Behavior(origin=Origin.SITE_OR_COPY, methods=READ, cache_policy_id=cache_policy_id, functions={REQUEST: request})


def _service(args: BehaviorsArgs) -> _Behavior:
    return _Behavior(
        origin=Origin.SERVICES,
        methods=ALL,
        cache_policy_id=args.services_policy_id,
        functions={REQUEST: args.service_function_arn, RESPONSE: args.answers_function_arn},
        origin_request_policy_id=ALL_VIEWER,
    )
