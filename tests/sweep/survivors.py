"""What no rule notices, and why that is so."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.policies.given import REMOVED, Given, changed
from tests.policies.test_real_stacks import resources
from tests.sweep.changes import changes
from tests.sweep.judgement import Judgement

STACK = "prod"
REASONS = Path(__file__).parent / "reasons.yaml"
TWINS = re.compile(r"\b(blue|green|api|web)\b|-[abc]\b|(?<=-)[0-9a-f]{5}\b|(?<=\bendpoints-)(?!s3$).*|(?<=-env-).*|(?<=-secret-).*")
"""Parts of names that tell apart what is made alike: one of each is changed."""


@dataclass(frozen=True)
class Survivor:
    """A property whose change no rule notices."""

    type: str
    """`LaunchTemplate`."""
    path: str
    """`blockDeviceMappings[].ebs.volumeSize`."""
    changes: Sequence[str]
    """What was done to it."""

    @property
    def because(self) -> str:
        """The reason; empty where nobody has given one."""
        return next((reason for pattern, reason in reasons().items() if fnmatchcase(f"{self.type} {self.path}", pattern)), "")


@cache
def reasons() -> Mapping[str, str]:
    """Reasons by pattern of type and path; the first that fits holds."""
    rows = yaml.safe_load(REASONS.read_text(encoding="utf-8"))
    return {pattern.replace("[", "[[]"): row["because"] for row in rows for pattern in row["of"]}


@cache
def sweep() -> tuple[int, Sequence[Survivor]]:
    """How many changes were made, and what survived, by type and path."""
    stack = resources(STACK, preview=False)
    judgement, found, count = Judgement(stack), defaultdict[tuple[str, str], set[str]](set), 0
    for each in _one_of_each(stack):
        for path, said, value in changes(each):
            count += 1
            if not judgement.noticed_by(_with(each, path, value)):
                found[each.type.rpartition(":")[2], re.sub(r"\[\d+\]", "[]", path)].add(said)
    return count, [Survivor(*place, sorted(said)) for place, said in sorted(found.items())]


def _one_of_each(stack: Sequence[Given]) -> Iterator[Given]:
    seen = set()
    for each in sorted(stack, key=lambda one: one.key):
        shape = (each.type, TWINS.sub("", each.name))
        if each.type.startswith(("aws:", "pulumi:providers:aws")) and shape not in seen:
            seen.add(shape)
            yield each


def _with(resource: Given, path: str, value: Any) -> Given:
    """Change one property; what came from another resource does so no longer."""
    (after,) = changed([resource], {resource.key: {path: value}})
    head = re.split(r"[.\[]", path, maxsplit=1)[0]
    literal = value is REMOVED or isinstance(value, str | list)
    return replace(after, sources={**after.sources, head: []}) if literal and after.sources.get(head) else after
