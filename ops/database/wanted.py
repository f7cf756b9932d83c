"""Which roles the database is to have, and what holds for each of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from settings import Settings
from settings_types import Dependency

GROUP = "switchyard_services"
"""The group that every service's role is in. No service is called so: their names have no underscores."""
ANALYST = "analyst"
"""The role of whoever looks. Logging in takes an IAM policy that allows `rds-db:connect` as it; the stack gives that to nobody."""


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What keeps one role from taking the database from the others."""

    connections: int
    """At the same time; more are refused."""
    statement_seconds: int
    """A statement that takes longer is cancelled."""
    idle_in_transaction_seconds: int
    """A transaction in which nothing happens for so long is ended: it holds locks, and keeps old rows from being cleaned up."""
    lock_seconds: int
    """A statement that waits longer for a lock is cancelled, so that a migration does not stop everybody who queues behind it."""

    @property
    def settings(self) -> Mapping[str, str]:
        """The limits in time, as settings of a role."""
        return {
            "statement_timeout": f"{self.statement_seconds}s",
            "idle_in_transaction_session_timeout": f"{self.idle_in_transaction_seconds}s",
            "lock_timeout": f"{self.lock_seconds}s",
        }


SERVICE_LIMITS = Limits(connections=100, statement_seconds=30, idle_in_transaction_seconds=60, lock_seconds=10)
ANALYST_LIMITS = Limits(connections=5, statement_seconds=300, idle_in_transaction_seconds=300, lock_seconds=5)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What `database prepare` brings about."""

    database: str
    """The database in which the schemas stand."""
    master: str
    """The user that owns the database, and as whom the SQL runs."""
    services: tuple[str, ...]
    """The roles of the services, one each."""
    service_limits: Limits = SERVICE_LIMITS
    """Hold for each service's role by itself, both colors together."""
    analyst_limits: Limits = ANALYST_LIMITS
    """Hold for the analyst's role."""
    group: str = GROUP
    """The group of the services."""
    analyst: str = ANALYST
    """Whoever looks."""


def wanted(settings: Settings, database: str, master: str, limits: Limits = SERVICE_LIMITS) -> Wanted:
    """What config asks for; settings have refused a service whose name is something else in the database."""
    services = services_of(settings)
    return Wanted(database=database, master=master, services=tuple(services), service_limits=limits)


def services_of(settings: Settings) -> Mapping[str, str]:
    """The services that use the database, by the name of their role, which is that of their resources."""
    using = (name for name, service in settings.services.items() if Dependency.DATABASE in service.uses)
    return {settings.resource_name(name): name for name in using}
