"""A real PostgreSQL, set up like a new instance of RDS as far as roles go."""

from collections.abc import Iterator

import pytest

from ops.database.wanted import ANALYST, GROUP
from tests.postgres.instance import LIKE_RDS, Instance
from tests.postgres_server import NoServerError, installed, postgres

SERVICES = ("api", "back-office")


@pytest.fixture(scope="module")
def instance() -> Iterator[Instance]:
    """Start a server with an empty database and a master that is no superuser."""
    try:
        home = installed()
    except NoServerError as error:
        pytest.skip(str(error))
    with postgres(home) as server:
        made = Instance(server)
        made.set_up()
        yield made


@pytest.fixture
def fresh(instance: Instance) -> Instance:
    """Bring the instance back to the day it was made."""
    instance.forget([*SERVICES, "worker", ANALYST, GROUP])
    instance.server.let_in(LIKE_RDS)
    return instance
