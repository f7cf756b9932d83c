"""Violations that somebody answers for, for a time: the waivers of stack config, under `switchyard:waivers`.

What has expired, lacks a part or reaches too far is no waiver: the violation stands. One that covers nothing is a violation itself.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fnmatch import fnmatchcase
from typing import Any

from policies.rules.resource import Resource

KEY = "switchyard:waivers"
POLICY = "waivers"
"""The policy of every pack under whose name it tells of bad waivers."""
DESCRIPTION = "A waiver names a policy and a resource, has a reason and an approver, ends within 180 days, and is needed."
REMEDY = "Fix: correct or delete the entry of switchyard:waivers."
LONGEST = timedelta(days=180)
PARTS = ("policy", "resource", "reason", "approver", "expires")


@dataclass(frozen=True, kw_only=True)
class Waiver:
    """One violation, on the resources of one pattern, that somebody answers for."""

    policy: str
    """The rule's name."""
    resource: str
    """A pattern of logical names."""
    reason: str
    """Why it may stand."""
    approver: str
    """Who says so."""
    expires: date
    """The last day on which it holds."""

    def covers(self, rule: str, resource: Resource) -> bool:
        """Tell whether it is about this rule and this resource."""
        return self.policy == rule and fnmatchcase(resource.name, self.resource)


class Waivers:
    """The waivers of a stack on one day."""

    def __init__(self, config: str, today: date) -> None:
        self._rows = _rows(config)
        self._read = [_read(row, today) for row in self._rows]
        self._used: set[int] = set()

    def cover(self, rule: str, resource: Resource) -> Waiver | None:
        """The waiver that covers a violation, if there is one; it counts as used."""
        found = {place: read for place, read in enumerate(self._read) if isinstance(read, Waiver) and read.covers(rule, resource)}
        self._used.update(found)
        return next(iter(found.values()), None)

    def complaints(self, answers_for: Callable[[Any], bool]) -> Iterator[str]:
        """What is wrong with the waivers of the policies that the caller answers for."""
        for place, (row, read) in enumerate(zip(self._rows, self._read, strict=True)):
            if answers_for(row.get("policy") if isinstance(row, Mapping) else None):
                if isinstance(read, str):
                    yield f"{KEY}[{place}] {read}."
                elif place not in self._used:
                    yield f"{KEY}[{place}] covers no violation."


def _rows(config: str) -> Sequence[Any]:
    try:
        rows = json.loads(config or "[]")
    except ValueError:
        return [None]
    return rows if isinstance(rows, list) else [None]


def _read(row: Any, today: date) -> Waiver | str:
    """The waiver that an entry is, or why it is none."""
    if not isinstance(row, Mapping) or not all(isinstance(row.get(part), str) and row[part].strip() for part in PARTS):
        return "lacks policy, resource, reason, approver or expires"
    try:
        expires = date.fromisoformat(row["expires"])
    except ValueError:
        return "has no day in `expires`, such as 2027-01-31"
    if expires < today:
        return "has expired"
    if expires - today > LONGEST:
        return "ends in more than 180 days"
    return Waiver(**{**{part: row[part] for part in PARTS}, "expires": expires})
