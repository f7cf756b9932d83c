"""The parameters by which a service is told what it needs, beside its own settings."""

from collections.abc import Mapping

from settings_types import Dependency

ENDPOINT_VARIABLES = ("LOAD_BALANCER", "DOMAIN_NAME")
"""What every service is told: where the other services answer, and under which name."""

FEATURES_VARIABLE = "DISABLED_FEATURES"
"""What tells a service which of its features to switch off: a JSON list, `[]` when there is none (SSM keeps no empty parameter)."""

THING_VARIABLES: Mapping[Dependency, tuple[str, ...]] = {
    Dependency.DATABASE: ("DATABASE_HOST", "DATABASE_PORT", "DATABASE_NAME", "DATABASE_READERS"),
    Dependency.REDIS: ("REDIS_HOST", "REDIS_READER_HOST", "REDIS_PORT", "REDIS_USER"),
}
"""What a service that uses a thing of the data tier is told of it."""

THING_SECRETS: Mapping[Dependency, tuple[str, ...]] = {Dependency.REDIS: ("redis-password",)}
"""The secrets that a service reads which uses a thing: the stack makes their values, so that no pins name them."""
