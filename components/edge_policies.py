"""What the edge keeps and for how long, and the headers that every answer carries."""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws
from pulumi_aws.cloudfront import (
    CachePolicyParametersInCacheKeyAndForwardedToOriginArgs as KeyArgs,
)
from pulumi_aws.cloudfront import (
    CachePolicyParametersInCacheKeyAndForwardedToOriginCookiesConfigArgs as CookiesArgs,
)
from pulumi_aws.cloudfront import (
    CachePolicyParametersInCacheKeyAndForwardedToOriginCookiesConfigCookiesArgs as CookieNamesArgs,
)
from pulumi_aws.cloudfront import (
    CachePolicyParametersInCacheKeyAndForwardedToOriginHeadersConfigArgs as HeadersArgs,
)
from pulumi_aws.cloudfront import (
    CachePolicyParametersInCacheKeyAndForwardedToOriginHeadersConfigHeadersArgs as HeaderNamesArgs,
)
from pulumi_aws.cloudfront import (
    CachePolicyParametersInCacheKeyAndForwardedToOriginQueryStringsConfigArgs as QueriesArgs,
)

from components import security_headers
from components.blue_green import PREVIEW_HEADER
from settings_cdn import DAY_SECONDS, YEAR_SECONDS, Cdn

KEY_HEADERS = ("Authorization", "Origin", PREVIEW_HEADER)
"""Of a service's answer: for whom it is, for which site, and by which color it was made where somebody has asked for one."""
AGGRESSIVE_SECONDS = 60
"""How long answers are kept at least while `contingency.aggressive_caching` is on."""


@dataclass(frozen=True, kw_only=True)
class EdgePoliciesArgs:
    """What is kept, for whom, and with which headers."""

    settings: Cdn
    """Session cookie, the ceiling for services, and the headers."""
    aggressive_caching: bool
    """Whether answers of services are kept against their will."""


class EdgePolicies(pulumi.ComponentResource):
    """A cache policy for each purpose, and the headers.

    Assets are kept for a year, since their names change with their content. Pages are kept as they themselves say. A service's answer is
    kept only where it says so, no longer than the ceiling, and only for the same user: Authorization and the session cookie are part of
    the key. All of them compress by Brotli and gzip. Not stateful; costs nothing.
    """

    assets_id: pulumi.Output[str]
    """The cache policy of `/assets/*`."""
    pages_id: pulumi.Output[str]
    """The cache policy of the site's other files."""
    services_id: pulumi.Output[str]
    """The cache policy of the services' paths."""
    headers_id: pulumi.Output[str]
    """The response headers policy."""

    def __init__(self, name: str, args: EdgePoliciesArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("switchyard:edge:EdgePolicies", name, None, opts)
        self.assets_id = self._files(f"{name}-assets", YEAR_SECONDS).id
        self.pages_id = self._files(f"{name}-pages", 0).id
        self.services_id = self._services(f"{name}-services", args).id
        self.headers_id = self._headers(f"{name}-headers", args.settings).id
        self.register_outputs({})

    def _files(self, name: str, default_seconds: int) -> aws.cloudfront.CachePolicy:
        return aws.cloudfront.CachePolicy(
            name,
            min_ttl=0,
            default_ttl=default_seconds,
            max_ttl=YEAR_SECONDS,
            parameters_in_cache_key_and_forwarded_to_origin=_key(headers=(), cookies=(), queries="none"),
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _services(self, name: str, args: EdgePoliciesArgs) -> aws.cloudfront.CachePolicy:
        least, most = (AGGRESSIVE_SECONDS, DAY_SECONDS) if args.aggressive_caching else (0, args.settings.service_ttl_seconds)
        kept = most > 0
        cookies = (args.settings.session_cookie,)
        key = (
            _key(headers=KEY_HEADERS, cookies=cookies, queries="all") if kept else _key(headers=(), cookies=(), queries="none", keeps=False)
        )
        return aws.cloudfront.CachePolicy(
            name,
            min_ttl=least,
            default_ttl=least,
            max_ttl=most,
            parameters_in_cache_key_and_forwarded_to_origin=key,
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _headers(self, name: str, settings: Cdn) -> aws.cloudfront.ResponseHeadersPolicy:
        return aws.cloudfront.ResponseHeadersPolicy(
            name,
            security_headers_config=security_headers.known(settings),
            custom_headers_config=security_headers.others(settings),
            remove_headers_config=security_headers.removed(),
            opts=pulumi.ResourceOptions(parent=self),
        )


def _key(*, headers: Sequence[str], cookies: Sequence[str], queries: str, keeps: bool = True) -> KeyArgs:
    """What tells answers apart; what is named is sent to the origin too."""
    return KeyArgs(
        headers_config=HeadersArgs(
            header_behavior="whitelist" if headers else "none", headers=HeaderNamesArgs(items=[*headers]) if headers else None
        ),
        cookies_config=CookiesArgs(
            cookie_behavior="whitelist" if cookies else "none", cookies=CookieNamesArgs(items=[*cookies]) if cookies else None
        ),
        query_strings_config=QueriesArgs(query_string_behavior=queries),
        enable_accept_encoding_brotli=keeps,
        enable_accept_encoding_gzip=keeps,
    )
