"""The stack as the engine's state has it now: read again when the state has changed, so that a command shows while the site is open."""

from collections.abc import Callable, Sequence
from threading import Lock
from typing import Any

from sandbox.edge.distribution import Distribution, Resource, read


class View:
    """A state that is watched."""

    def __init__(self, stamp: Callable[[], object], resources: Callable[[], Sequence[Any]]) -> None:
        self._stamp, self._read = stamp, resources
        self._lock = Lock()
        self._seen: object = None
        self._resources: Sequence[Resource] = ()
        self._distribution: Distribution | None = None

    def resources(self) -> Sequence[Resource]:
        """The resources, as they are now."""
        with self._lock:
            self._look()
            return self._resources

    def distribution(self) -> Distribution:
        """The distribution, as it is now; BadInputError where there is none, and SwitchyardError where it has what is not known here."""
        with self._lock:
            self._look()
            if self._distribution is None:
                self._distribution = read(self._resources)
            return self._distribution

    def _look(self) -> None:
        stamp = self._stamp()
        if stamp != self._seen:
            self._resources, self._distribution = self._read(), None
            self._seen = stamp
