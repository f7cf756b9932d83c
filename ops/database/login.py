"""Log in as the master, by a connection that proves whom it leads to."""

import os
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import psycopg

from ops.database.address import Address
from ops.database.prepare import Session
from ops.errors import EngineError

ROOTS = "https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem"
"""https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html: the authorities of every region."""
ROOTS_FILE = "PGSSLROOTCERT"
"""libpq's own variable for a file of certificates."""
SECONDS = 15


@contextmanager
def root_certificates() -> Iterator[Path]:
    """A file of the authorities that certify RDS's servers: the operator's, or AWS's, fetched for as long as it is needed."""
    own = os.environ.get(ROOTS_FILE)
    if own:
        yield Path(own)
        return
    try:
        with urlopen(ROOTS, timeout=SECONDS) as answer:
            content = answer.read()
    except (URLError, OSError) as error:
        hint = f"Fetch {ROOTS} in another way, and name the file in {ROOTS_FILE}."
        raise EngineError(f"AWS's certificates for databases cannot be fetched: {error}", hint) from None
    with tempfile.NamedTemporaryFile(suffix=".pem") as file:
        file.write(content)
        file.flush()
        yield Path(file.name)


def log_in(address: Address, password: str, place: tuple[str, int], roots: Path) -> Session:
    """A connection of the master's by way of `place`; the server has to prove the name that it has in AWS."""
    host, port = place
    return psycopg.connect(
        host=address.host,
        hostaddr=socket.gethostbyname(host),
        port=port,
        dbname=address.name,
        user=address.user,
        password=password,
        sslmode="verify-full",
        sslrootcert=str(roots),
        connect_timeout=SECONDS,
        application_name="switchyard database prepare",
        autocommit=True,
    )
