"""boto3 clients, made once each: making one reads the model of its service, which takes longer than a call does."""

from collections.abc import Callable
from functools import cached_property
from threading import Lock
from typing import Any


class Clients:
    """The clients of one session. Threads may share them; only the making is not safe in more than one."""

    def __init__(self, session: Callable[[], Any], **settings: Any) -> None:
        self._make_session = session
        self._settings = settings
        self._made: dict[tuple[str, str, str], Any] = {}
        self._lock = Lock()

    def client(self, service: str, region: str, endpoint: str | None = None) -> Any:
        """Return the client of a service in a region, at AWS's own endpoint unless one is given."""
        key = (service, region, endpoint or "")
        with self._lock:
            if key not in self._made:
                self._made[key] = self._session.client(service, region_name=region, endpoint_url=endpoint, **self._settings)
            return self._made[key]

    @cached_property
    def _session(self) -> Any:
        return self._make_session()
