"""What no rule notices, and why that is so."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.policies.given import Given, changed, paths
from tests.policies.test_real_stacks import judgement, resources
from tests.sweep.changes import changes

STACK = "prod"
REASONS = Path(__file__).parent / "reasons.yaml"
TWINS = re.compile(r"\b(blue|green|api|web)\b|-[abc]\b|(?<=-)[0-9a-f]{5}\b|(?<=\bendpoints-)(?!s3$).*|(?<=-env-).*|(?<=-secret-).*")
"""Parts of names that tell apart what is made alike: one of each is changed."""

PASSED_ON = re.compile(r"(?:arn|bucket|id|identifier|name)$", re.IGNORECASE)
"""Inputs by which a resource is known, which others take from it as they take its answers."""


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
    before, found, count = judgement(STACK, preview=False), defaultdict[tuple[str, str], set[str]](set), 0
    for each in _one_of_each(stack):
        for path, said, value in changes(each):
            count += 1
            if not before.with_one(_with(each, path, value, before.given)).rules:
                found[each.type.rpartition(":")[2], re.sub(r"\[\d+\]", "[]", path)].add(said)
    return count, [Survivor(*place, sorted(said)) for place, said in sorted(found.items())]


def _one_of_each(stack: Sequence[Given]) -> Iterator[Given]:
    seen = set()
    for each in sorted(stack, key=lambda one: one.key):
        shape = (each.type, TWINS.sub("", each.name))
        if each.type.startswith(("aws:", "pulumi:providers:aws")) and shape not in seen:
            seen.add(shape)
            yield each


def _with(resource: Given, path: str, value: Any, stack: Mapping[str, Given]) -> Given:
    """Change one property; it comes no longer from those resources of which nothing is left in it."""
    (after,), (left,) = (changed([resource], {resource.key: {path: new}}) for new in (value, "" if isinstance(value, str) else value))
    head = re.split(r"[.\[]", path, maxsplit=1)[0]
    before, now = (json.dumps(each.inputs.get(head)) for each in (resource, left))
    kept = [urn for urn in after.sources.get(head, ()) if not _told(stack[urn], before) or _told(stack[urn], now)]
    return replace(after, sources={**after.sources, head: kept})


def _told(source: Given, text: str) -> bool:
    """Whether an id or another answer of a resource stands in a text."""
    answers = {**source.outputs, **{name: value for name, value in source.inputs.items() if PASSED_ON.search(name)}}
    texts = [f"{source.name}-id", *(text for _, text in paths(answers) if isinstance(text, str))]
    return any(json.dumps(each).strip('"') in text for each in texts)
