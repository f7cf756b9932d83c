"""Which operations are added to which of the emulator's services."""

from moto.backup.models import backup_backends
from moto.backup.responses import BackupResponse
from moto.backup.urls import url_paths
from moto.elasticache.models import elasticache_backends
from moto.elasticache.responses import ElastiCacheResponse

from sandbox.added import add, backups, cache_groups, cache_users, replication_groups, restore_tests


def add_all() -> None:
    """Add them, before the emulator serves anything."""
    for part in (cache_groups, cache_users, replication_groups):
        add(ElastiCacheResponse, elasticache_backends, part.OPERATIONS)
    for piece in (backups, restore_tests):
        add(BackupResponse, backup_backends, piece.OPERATIONS)
        url_paths.update(dict.fromkeys(piece.PATHS, BackupResponse.dispatch))
