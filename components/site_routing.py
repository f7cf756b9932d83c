"""Which release of the site a viewer sees, and whether anybody passes: three small functions at the edge, and the keys that they read."""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components import edge
from components.edge_catalogue import FUNCTION
from components.naming import EDGE_REGION
from components.watched import Watched
from settings_site import Site


@dataclass(frozen=True, kw_only=True)
class SiteRoutingArgs:
    """What the keys say."""

    site: Site
    """The releases that users see, and their shares."""
    maintenance: bool
    """Whether everybody outside `allowed_networks` is answered with a page that says to come back later."""
    allowed_networks: Sequence[str]
    """Networks, IPv4 or IPv6, that may pass then."""
    aggressive_caching: bool
    """Whether answers of services are kept against their will, and must then set no cookie."""


class SiteRouting(pulumi.ComponentResource):
    """A key-value store with a key for each thing that moves, and the functions that read them at each request.

    A flip of the site changes the key `traffic`, maintenance the key `maintenance`: each is at every edge within seconds, and the
    distribution stays as it is. Not stateful: config says every key. 0.10 USD per million requests for a function, 0.03 for its reads
    (https://aws.amazon.com/cloudfront/pricing/).
    """

    store_arn: pulumi.Output[str]
    """The store."""
    site_function_arn: pulumi.Output[str]
    """For requests of the site's pages: the gate, then the way into the viewer's release."""
    service_function_arn: pulumi.Output[str]
    """For requests of assets and services: the gate alone."""
    answers_function_arn: pulumi.Output[str]
    """For answers of services: no cookie in what is kept against their will."""
    watched: Sequence[Watched]
    """The functions."""

    def __init__(self, name: str, args: SiteRoutingArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("switchyard:edge:SiteRouting", name, None, opts)
        store = self._store(name)
        keys = [
            self._key(name, store, edge.TRAFFIC_KEY, _traffic(args.site)),
            self._key(name, store, edge.MAINTENANCE_KEY, edge.maintenance_value(args.maintenance, args.allowed_networks)),
            self._key(name, store, edge.CACHING_KEY, edge.caching_value(args.aggressive_caching)),
        ]
        site = self._function(f"{name}-site", edge.site_function(), store, keys)
        service = self._function(f"{name}-service", edge.service_function(), store, keys)
        answers = self._function(f"{name}-answers", edge.answers_function(), store, keys)
        self.store_arn, self.site_function_arn = store.arn, site.arn
        self.service_function_arn, self.answers_function_arn = service.arn, answers.arn
        functions = {"site": site, "service": service, "answers": answers}
        self.watched = [_watched(f"{name}-{role}", function) for role, function in functions.items()]
        self.register_outputs({})

    def _store(self, name: str) -> aws.cloudfront.KeyValueStore:
        return aws.cloudfront.KeyValueStore(f"{name}-store", comment="What moves at the edge", opts=pulumi.ResourceOptions(parent=self))

    def _key(self, name: str, store: aws.cloudfront.KeyValueStore, key: str, value: str) -> aws.cloudfront.KeyvaluestoreKey:
        return aws.cloudfront.KeyvaluestoreKey(
            f"{name}-{key}", key_value_store_arn=store.arn, key=key, value=value, opts=pulumi.ResourceOptions(parent=self)
        )

    def _function(
        self, name: str, code: str, store: aws.cloudfront.KeyValueStore, keys: Sequence[aws.cloudfront.KeyvaluestoreKey]
    ) -> aws.cloudfront.Function:
        return aws.cloudfront.Function(
            name,
            runtime=edge.RUNTIME,
            code=code,
            key_value_store_associations=[store.arn],
            publish=True,
            opts=pulumi.ResourceOptions(parent=self, depends_on=[*keys]),
        )


def _traffic(site: Site) -> str:
    canary = site.canary
    release, percent = (canary.release, canary.percent) if canary else ("", 0)
    return edge.traffic_value(site.live, release, percent, site.single_page, site.previous or "")


def _watched(name: str, function: aws.cloudfront.Function) -> Watched:
    return Watched(name=name, subject=FUNCTION, dimensions={"FunctionName": function.name}, region=EDGE_REGION)
