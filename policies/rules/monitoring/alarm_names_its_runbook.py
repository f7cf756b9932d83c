"""An alarm says where to read what to do."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from policies.rules.aws_types import ALARM, COMPOSITE_ALARM
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource

PROJECT = Path(__file__).parents[3]
LINK = re.compile(r"(docs/runbooks/[a-z-]+\.md)#([a-z0-9-]+)\.$")
"""At the end, where a mail shows it."""


def check(alarm: Resource) -> Iterator[Problem]:
    """Find an alarm whose description names no section of a runbook, or one that is not there."""
    link = LINK.search(alarm.value("alarmDescription", ""))
    if not link:
        yield alarm.problem("alarmDescription", "names no section of a runbook")
    elif link[2] not in sections(link[1]):
        yield alarm.problem("alarmDescription", "names a section that the runbooks do not have")


@cache
def sections(page: str) -> frozenset[str]:
    """The anchors of a runbook's sections; none where there is no such page."""
    path = PROJECT / page
    headings = re.findall(r"^## (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE) if path.is_file() else []
    return frozenset(heading.lower().replace(" ", "-") for heading in headings)


RULE = ResourceRule(
    name="alarm_names_its_runbook",
    applies_to=(ALARM, COMPOSITE_ALARM),
    check=check,
)
