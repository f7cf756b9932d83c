"""Bring the roles of the database about, look at them, and prove that the master's password still opens it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from typing import Any

from psycopg import Connection, Error, OperationalError
from psycopg.errors import InsufficientPrivilege

from ops.database.script import identifier, script
from ops.database.wanted import Limits, Wanted
from ops.errors import EngineError

Session = Connection[tuple[Any, ...]]

BY_IAM = "SELECT rolname FROM pg_roles WHERE pg_has_role(oid, 'rds_iam', 'MEMBER') AND rolname = ANY (%(roles)s)"
OF_THE_WHOLE: Mapping[str, str] = {
    "the extension pg_stat_statements is missing": "SELECT count(*) = 1 FROM pg_extension WHERE extname = 'pg_stat_statements'",
    "anybody may connect": "SELECT NOT has_database_privilege('public', %(database)s, 'CONNECT')",
    "anybody may create in the schema public": "SELECT NOT has_schema_privilege('public', 'public', 'CREATE')",
    "{group} is in rds_iam, or may log in": "SELECT NOT pg_has_role(oid, 'rds_iam', 'MEMBER') AND NOT rolcanlogin "
    "FROM pg_roles WHERE rolname = %(group)s",
    "{analyst} may write": "SELECT 'default_transaction_read_only=on' = ANY (rolconfig) FROM pg_roles WHERE rolname = %(analyst)s",
    "{analyst} may not see the server's statistics": "SELECT pg_has_role(%(analyst)s, 'pg_monitor', 'USAGE')",
    "{master} inherits rds_iam": "SELECT NOT pg_has_role(%(master)s, 'rds_iam', 'USAGE')",
    "a role is in {group} that no service has": "SELECT NOT EXISTS (SELECT FROM pg_auth_members AS of WHERE roleid = to_regrole(%(group)s) "
    "AND member <> to_regrole(%(master)s) AND pg_get_userbyid(member) <> ALL (%(services)s))",
}
"""What would be wrong, and what has to be true for it not to be."""
OF_A_ROLE: Mapping[str, str] = {
    "{role} is missing, or may not log in": "SELECT rolcanlogin FROM pg_roles WHERE rolname = %(role)s",
    "{role} does not log in by IAM": "SELECT pg_has_role(%(role)s, 'rds_iam', 'USAGE')",
    "{role} may make roles or databases": "SELECT NOT (rolsuper OR rolcreaterole OR rolcreatedb) FROM pg_roles WHERE rolname = %(role)s",
    "{role} has other limits": "SELECT rolconnlimit = %(connections)s AND rolconfig @> %(settings)s FROM pg_roles WHERE rolname = %(role)s",
}
OF_A_SERVICE: Mapping[str, str] = {
    "{role} is not in {group}": "SELECT pg_has_role(%(role)s, %(group)s, 'USAGE')",
    "the schema {role} is missing, or is not {role}'s": "SELECT pg_get_userbyid(nspowner) = %(role)s "
    "FROM pg_namespace WHERE nspname = %(role)s",
    "{analyst} may not look into the schema {role}, or may create in it": "SELECT has_schema_privilege(%(analyst)s, nspname, 'USAGE') "
    "AND NOT has_schema_privilege(%(analyst)s, nspname, 'CREATE') FROM pg_namespace WHERE nspname = %(role)s",
}


def prepare(session: Session, wanted: Wanted, again: Callable[[], Session]) -> None:
    """Run the script in one transaction; `again` logs in once more as the master does. EngineError says what did not come about.

    AWS asks every member of `rds_iam` for IAM, and whoever has made a role is a member of it, by administration alone. Whether RDS counts
    the master for that is not documented, so it is tried before the connection that could undo it is closed.
    """
    before = _by_iam(session, wanted)
    _run(session, wanted)
    _still_open(session, again, _by_iam(session, wanted) - before)
    found = list(problems(session, wanted))
    if found:
        raise EngineError(
            "The script ran, and still:\n" + "\n".join(f"  {each}" for each in found), "Look who else changes roles.", changed=True
        )


def problems(session: Session, wanted: Wanted) -> Iterator[str]:
    """What is not as wanted, by the database's own word."""
    held = {"database": wanted.database, "group": wanted.group, "analyst": wanted.analyst, "master": wanted.master}
    yield from _failing(session, OF_THE_WHOLE, {**held, "services": list(wanted.services)})
    roles: Sequence[tuple[str, Limits, Mapping[str, str]]] = [
        (wanted.analyst, wanted.analyst_limits, OF_A_ROLE),
        *((service, wanted.service_limits, {**OF_A_ROLE, **OF_A_SERVICE}) for service in wanted.services),
    ]
    for role, limits, checks in roles:
        settings = [f"{key}={value}" for key, value in limits.settings.items()]
        yield from _failing(session, checks, {**held, "role": role, "connections": limits.connections, "settings": settings})


def _failing(session: Session, checks: Mapping[str, str], values: Mapping[str, Any]) -> Iterator[str]:
    """Those that are not true; also where there is nothing to look at, or no role of that name."""
    for wrong, query in checks.items():
        try:
            row = session.execute(query.encode(), values).fetchone()
        except Error:
            row = None
        if not (row and row[0]):
            yield wrong.format(**values)


def _by_iam(session: Session, wanted: Wanted) -> set[str]:
    roles = [wanted.analyst, *wanted.services]
    return {row[0] for row in session.execute(BY_IAM, {"roles": roles})}


def _run(session: Session, wanted: Wanted) -> None:
    try:
        with session.transaction():
            session.execute(script(wanted).encode())
    except InsufficientPrivilege as error:
        hint = f"The script is for {wanted.master}, and for schemas that the services own."
        raise EngineError(f"The database refused: {error.diag.message_primary}. Nothing was changed.", hint) from None
    except Error as error:
        told = error.diag.message_primary or str(error)
        raise EngineError(f"The database says: {told}. Nothing was changed.", "Correct it, and run the command again.") from None


def _still_open(session: Session, again: Callable[[], Session], new: set[str]) -> None:
    """EngineError when the master's password opens nothing any more: then the roles that came to `rds_iam` leave it again."""
    try:
        with closing(again()) as second:
            second.execute("SELECT 1")
    except OperationalError as error:
        for role in sorted(new):
            session.execute(f"REVOKE rds_iam FROM {identifier(role)}".encode())
        told = f"The master could not log in a second time: {str(error).strip()}"
        undone = f"Taken back, so that its password works: {', '.join(sorted(new)) or 'nothing'} left rds_iam again."
        hint = "Let the master log in by IAM too, or ask AWS why a member of rds_iam by administration alone has to."
        raise EngineError(f"{told}\n{undone}", hint, changed=True) from None
