"""Names that the program leaves to the provider, as the official one makes them: logical name, hyphen, seven hex digits."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.provider.wire import UNKNOWN

SUFFIX = 7
"""Random hex digits of an auto-name."""

PREFIXED_SUFFIX = 26
"""Characters that follow a name prefix."""


class NameTooLongError(ValueError):
    """The logical name leaves no room for the random digits."""


@dataclass(frozen=True)
class Naming:
    """Where a resource type has its name, and what AWS allows there."""

    limit: int = 255
    """Characters."""
    input_name: str = "name"
    """The input that holds it."""
    prefix: str = ""
    """What AWS wants in front, such as `alias/`."""
    lower: bool = False
    in_place: bool = False
    """Whether AWS gives a thing another name; most have theirs for life."""
    pattern: str = ""
    """Regular expression for the whole name."""
    says: str = ""
    """The pattern in words."""

    @property
    def prefix_property(self) -> str:
        """Where the program may give the beginning of the name."""
        return f"{self.input_name}Prefix"

    def name(self, logical: str, seed: bytes, old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
        """Return the name for a resource whose inputs give none; an update keeps the one it has.

        Raises NameTooLongError in the official provider's words.
        """
        prefix, digits = self._start(logical, new)
        kept = old.get(self.input_name)
        if isinstance(kept, str) and re.fullmatch(re.escape(prefix) + rf"[0-9a-f]{{{digits}}}", kept):
            return kept
        if len(prefix) + digits > self.limit:
            raise NameTooLongError(f"name '{prefix}' plus {digits} random chars is longer than maximum length {self.limit}")
        return prefix + hashlib.sha256(seed).hexdigest()[:digits]

    def is_auto(self, logical: str, inputs: Mapping[str, Any]) -> bool:
        """Whether the name in these inputs is one of ours, so that a replacement can exist beside the old resource."""
        prefix, digits = self._start(logical, inputs)
        return bool(re.fullmatch(re.escape(prefix) + rf"[0-9a-f]{{{digits}}}", str(inputs.get(self.input_name, ""))))

    def _start(self, logical: str, inputs: Mapping[str, Any]) -> tuple[str, int]:
        """Return what the name begins with, and how many random digits follow."""
        given = inputs.get(self.prefix_property)
        if given and given != UNKNOWN:
            return str(given), PREFIXED_SUFFIX
        start = f"{self.prefix}{logical}-"
        return (start.lower() if self.lower else start), SUFFIX
