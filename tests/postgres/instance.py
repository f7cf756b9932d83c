"""A server as RDS hands it over, and what a test asks it.

The role `rds_iam` and the master's memberships are RDS's. Whom a server lets in is in pg_hba.conf: members of `rds_iam` without a password,
which stands for IAM, and the master by its password.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg

from ops.database.prepare import prepare
from ops.database.wanted import Wanted
from tests.postgres_server import Server

DATABASE, MASTER, PASSWORD = "appdata", "switchyard", "only for tests"
LIKE_RDS = (f"host all {MASTER} all scram-sha-256", "host all +rds_iam all trust", "host all all all scram-sha-256")
LIKE_POSTGRESQL = ("host all +rds_iam all reject", "host all all all scram-sha-256")
"""By PostgreSQL's own rules whoever made a role is a member of it, and the group in a line of pg_hba.conf means members of any kind."""

SET_UP = f"""
CREATE ROLE rds_iam NOLOGIN;
CREATE ROLE rds_superuser NOLOGIN;
CREATE ROLE {MASTER} LOGIN CREATEROLE CREATEDB PASSWORD '{PASSWORD}';
GRANT rds_superuser TO {MASTER};
GRANT rds_iam TO {MASTER} WITH ADMIN TRUE, INHERIT FALSE, SET FALSE;
GRANT pg_monitor TO rds_superuser WITH ADMIN TRUE;
GRANT pg_signal_backend TO rds_superuser;
"""
CATALOG: Mapping[str, str] = {
    "roles": "SELECT rolname, rolcanlogin, rolsuper, rolcreaterole, rolcreatedb, rolinherit, rolconnlimit FROM pg_roles",
    "memberships": "SELECT roleid::regrole, member::regrole, grantor::regrole, admin_option, inherit_option, set_option "
    "FROM pg_auth_members",
    "settings of roles": "SELECT setrole::regrole, setdatabase, setconfig FROM pg_db_role_setting",
    "databases": "SELECT datname, datdba::regrole, datacl FROM pg_database",
    "schemas": "SELECT nspname, nspowner::regrole, nspacl FROM pg_namespace WHERE nspname !~ '^pg_(toast_)?temp'",
    "tables": "SELECT oid::regclass, relowner::regrole, relacl FROM pg_class WHERE relnamespace <> 'pg_toast'::regnamespace",
    "default privileges": "SELECT defaclrole::regrole, defaclnamespace::regnamespace, defaclobjtype, defaclacl FROM pg_default_acl",
    "extensions": "SELECT extname, extowner::regrole, extnamespace::regnamespace, extversion FROM pg_extension",
}
"""All that the script could change."""


@dataclass
class Instance:
    """A server with the database `appdata`, which its master owns."""

    server: Server

    def set_up(self) -> None:
        """Make what RDS makes."""
        with self.server.connect() as owner:
            owner.execute(SET_UP)
            owner.execute(f"CREATE DATABASE {DATABASE} OWNER {MASTER}")
        self.server.let_in(LIKE_RDS)

    def forget(self, roles: Sequence[str]) -> None:
        """Make the database anew, without these roles."""
        with self.server.connect() as owner:
            owner.execute(f"DROP DATABASE {DATABASE} WITH (FORCE)")
            for role in roles:
                owner.execute(f'DROP ROLE IF EXISTS "{role}"')
            owner.execute(f"CREATE DATABASE {DATABASE} OWNER {MASTER}")

    def master(self) -> psycopg.Connection[tuple[Any, ...]]:
        """A connection of the master's, by its password."""
        return self.server.connect(MASTER, DATABASE, password=PASSWORD)

    def master_by_loopback(self) -> psycopg.Connection[tuple[Any, ...]]:
        """A connection of the master's whatever the server demands of a login."""
        connection = self.server.connect(database=DATABASE)
        connection.execute(f"SET SESSION AUTHORIZATION {MASTER}")
        return connection

    def as_role(self, role: str) -> psycopg.Connection[tuple[Any, ...]]:
        """A connection of a role that logs in by IAM."""
        return self.server.connect(role, DATABASE)

    def prepare(self, wanted: Wanted) -> None:
        """Do what the command does."""
        with self.master() as connection:
            prepare(connection, wanted, self.master)

    def catalog(self) -> dict[str, list[str]]:
        """All that the script could change, as it is now."""
        with self.server.connect(database=DATABASE) as owner:
            return {name: sorted(map(str, owner.execute(query).fetchall())) for name, query in CATALOG.items()}


def wanted_by(*services: str) -> Wanted:
    """What config asks for that has these services."""
    return Wanted(database=DATABASE, master=MASTER, services=services)
