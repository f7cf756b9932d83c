"""`switchyard database prepare`: the roles of the database, shown as SQL first, and brought about after a yes."""

from contextlib import AbstractContextManager, closing, nullcontext
from functools import partial

import psycopg

from ops.agreement import agreed
from ops.console import count, done, out, progress
from ops.database.address import Address, address_of, password_of
from ops.database.login import log_in, root_certificates
from ops.database.prepare import prepare, problems
from ops.database.script import script
from ops.database.tunnel import tunnel
from ops.database.wanted import Wanted, wanted
from ops.deployment import Deployment
from ops.errors import BadInputError, EngineError, RefusedError
from ops.via import host_and_port

NO_POSTGRESQL = "The sandbox holds no PostgreSQL: nothing was run."


def database_prepare(deployment: Deployment, *, show: bool = False, via: str = "", yes: bool = False) -> None:
    """Print the SQL, and run it after a yes; with `show` only print it. In the sandbox nothing can be run, which is refused."""
    address = address_of(deployment)
    roles = wanted(deployment.target.file.settings(), address.name, address.user)
    if not roles.services:
        raise BadInputError("No service uses the database.", "Name it in a service's `uses`: `uses: [database]`.")
    out.print(script(roles), soft_wrap=True)
    if show:
        return
    if deployment.target.sandboxed:
        raise RefusedError(NO_POSTGRESQL, "On AWS this SQL would run. The project's tests run it against a real server.")
    question = f"Run this in {address.name} on {address.host}?"
    if agreed(question, f"database prepare {deployment.options} --yes", yes=yes):
        _bring_about(deployment, address, roles, via)


def _bring_about(deployment: Deployment, address: Address, roles: Wanted, via: str) -> None:
    with _way(deployment, address, via) as place, root_certificates() as roots:
        again = partial(log_in, address, password_of(deployment, address), place, roots)
        try:
            session = again()
        except psycopg.OperationalError as error:
            hint = "Is the way open, and is the secret's password the database's (`switchyard drift`)?"
            raise EngineError(f"The database lets nobody in: {str(error).strip()}", hint) from None
        with closing(session):
            wrong = list(problems(session, roles))
            for each in wrong:
                progress(f"so far: {each}")
            prepare(session, roles, again)
    told = f"{count(len(wrong), 'thing')} put right" if wrong else "all of it was there and right"
    done(f"{deployment.target.name}: {address.name} has the roles of {', '.join(roles.services)}: {told}")


def _way(deployment: Deployment, address: Address, via: str) -> AbstractContextManager[tuple[str, int]]:
    """The operator's own port forwarding, or one that SSM opens here."""
    return nullcontext(host_and_port(via, "localhost:5432")) if via else tunnel(deployment, address)
