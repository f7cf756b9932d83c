"""`--via HOST:PORT`: the end of a port forwarding that the operator has opened."""

from urllib.parse import urlsplit

from ops.errors import BadInputError


def host_and_port(via: str, example: str) -> tuple[str, int]:
    """Both parts; BadInputError for anything else."""
    try:
        place = urlsplit(f"//{via}")
        host, port = place.hostname, place.port
    except ValueError:
        host, port = None, None
    if not (host and port) or place.netloc != via or place.username is not None:
        raise BadInputError(f"--via is HOST:PORT, for example {example}, and not {via!r}.", "Name the end of the port forwarding.")
    return host, port
