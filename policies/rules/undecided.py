"""The message that lists what a pack could not decide before the update: written for people, read back by `switchyard`."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from policies.rules.layer import Undecided
from policies.rules.stack import Stack

POLICY = "undecided"
"""The advisory policy of every pack under whose name the message arrives."""
DESCRIPTION = "What the rules of this pack cannot decide before the update."

_HEAD = re.compile(r"(\d+) checks? ")
_CHECK = re.compile(
    r"^  (?P<rule>\S+) on (?P<resource>.+)\n"
    r"    needs (?P<path>.+) of (?P<holder>.+)"
    r"(?P<waits>(?:\n    waits for .+)*)$",
    re.MULTILINE,
)
_SOURCE = re.compile(r"    waits for (.+)")


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """An undecided check. Resources appear by label, or by URN where two would share one."""

    rule: str
    resource: str
    """The resource that was to be judged."""
    path: str
    """The unknown property; `outputs.<name>` if it is an answer of the provider."""
    holder: str
    """The resource whose property it is; most often the one that was to be judged."""
    waits_for: tuple[str, ...] = ()
    """The resources that the value comes from; none if nothing says where from."""


def label(urn: str) -> str:
    """Name a resource in a few characters: `lb.TargetGroup/api-blue`."""
    _, _, types, name = urn.split("::", 3)
    module, _, class_name = types.rpartition("$")[2].partition(":")[2].rpartition(":")
    return f"{module.partition('/')[0]}.{class_name}/{name}"


def waiting(found: Iterable[Undecided], stack: Stack) -> Sequence[Waiting]:
    """Add to each undecided check where its value will come from, which only the whole stack tells."""
    shared = Counter(label(urn) for urn in stack.urns)

    def short(urn: str) -> str:
        return label(urn) if shared[label(urn)] <= 1 else urn

    return [
        Waiting(
            rule=each.rule,
            resource=short(each.resource.urn),
            path=each.path,
            holder=short(each.holder.urn),
            waits_for=tuple(short(urn) for urn in stack.origins(each.holder, each.path)),
        )
        for each in found
    ]


def message(checks: Sequence[Waiting]) -> str:
    """Write the list."""
    lines = [f"{len(checks)} check{'s'[: len(checks) > 1]} cannot be decided yet:"]
    for check in checks:
        lines.append(f"  {check.rule} on {check.resource}")
        lines.append(f"    needs {check.path} of {check.holder}")
        lines.extend(f"    waits for {source}" for source in check.waits_for)
    return "\n".join(lines)


def parse(text: str) -> Sequence[Waiting]:
    """Read the list back; raises ValueError if it does not hold as many checks as it says."""
    checks = [
        Waiting(
            rule=check["rule"],
            resource=check["resource"],
            path=check["path"],
            holder=check["holder"],
            waits_for=tuple(_SOURCE.findall(check["waits"])),
        )
        for check in _CHECK.finditer(text)
    ]
    head = _HEAD.match(text)
    if head is None or int(head[1]) != len(checks):
        raise ValueError("this is not the list of undecided checks that a policy pack writes")
    return checks
