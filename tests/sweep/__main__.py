"""The page of what survives: `make sweep`."""

import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence

from tests.sweep.survivors import Survivor, sweep

HEAD = """# What no rule notices

<!-- Made by `make sweep`; a test holds it to the rules and the stack, and demands a reason for everything. -->

Every property of every resource of the production stack is made worse in turn: removed, emptied, flipped, set to nothing, to a hundred
times as much, or to something else. Of what is made alike (colors, zones, services, endpoints) one is changed. A value that came from
another resource comes from nowhere then. Most changes are noticed by a rule; this is the rest, with the reason. What a reason says of AWS
is what AWS documents; none was tried there.
"""


def page() -> str:
    """The page, as Markdown."""
    count, survivors = sweep()
    return "\n".join([HEAD, f"{count} changes were made; those of {len(survivors)} properties pass.", "", *_tables(survivors)])


def _tables(survivors: Sequence[Survivor]) -> Iterator[str]:
    by_reason = defaultdict(list)
    for each in survivors:
        by_reason[each.because].append(each)
    for reason, members in sorted(by_reason.items()):
        yield from (f"## {reason or 'Not explained yet'}", "", "| property | changes |", "| --- | --- |")
        yield from (f"| {each.type} `{each.path}` | {', '.join(each.changes)} |" for each in members)
        yield ""


if __name__ == "__main__":
    sys.stdout.write(page())
