"""Which operations are added to which of the emulator's services."""

from moto.elasticache.models import elasticache_backends
from moto.elasticache.responses import ElastiCacheResponse

from sandbox.added import add, cache_groups, cache_users, replication_groups


def add_all() -> None:
    """Add them, before the emulator serves anything."""
    for part in (cache_groups, cache_users, replication_groups):
        add(ElastiCacheResponse, elasticache_backends, part.OPERATIONS)
