"""The SQL that prepares the database, as it is shown and as it is run."""

from collections.abc import Iterable
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ops.database.wanted import Limits, Wanted

OLDEST = 160_000
"""`server_version_num` of the first version in which a grant says whether it is inherited (`WITH INHERIT FALSE, SET TRUE`)."""


def identifier(name: str) -> str:
    """A name in SQL."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A string in SQL, whatever is in it: `standard_conforming_strings` has been on since PostgreSQL 9.1."""
    return "'" + text.replace("'", "''") + "'"


def literals(texts: Iterable[str]) -> str:
    """An array of names in SQL."""
    return f"ARRAY[{', '.join(map(literal, texts))}]::name[]"


def make(role: str, kind: str) -> str:
    """Make a role where it is missing; PostgreSQL has no `IF NOT EXISTS` for it."""
    made = f"CREATE ROLE {identifier(role)} {kind};"
    return f"DO $$ BEGIN\n  {made}\nEXCEPTION WHEN duplicate_object THEN\n  ALTER ROLE {identifier(role)} {kind};\nEND $$;"


def limits(role: str, held: Limits) -> str:
    """Hold a role to its limits."""
    settings = [f"ALTER ROLE {identifier(role)} SET {key} = {literal(value)};" for key, value in held.settings.items()]
    return "\n".join([f"ALTER ROLE {identifier(role)} CONNECTION LIMIT {held.connections};", *settings])


def script(wanted: Wanted) -> str:
    """The whole script; it is run in one transaction."""
    environment = Environment(loader=FileSystemLoader(Path(__file__).parent), undefined=StrictUndefined, trim_blocks=True, autoescape=False)  # noqa: S701 -- SQL is no HTML
    environment.filters |= {"identifier": identifier, "literal": literal, "literals": literals}
    return environment.get_template("prepare.sql.j2").render(wanted=wanted, oldest=OLDEST, make=make, limits=limits)
