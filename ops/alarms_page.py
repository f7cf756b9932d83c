"""The page of alarms: `python -m ops.alarms_page > docs/reference/alarms.md`."""

import sys
from collections.abc import Iterator

from components.catalogue import CATALOGUE, SLOW
from components.signals import Missing, Signal, Subject

HEAD = """# Alarms

<!-- Made by `python -m ops.alarms_page > docs/reference/alarms.md`; a test holds it to components/catalogue.py. -->

What is watched of each kind of resource, and who is told. Every resource of the kind has every alarm of its table, but only replicas have
one on how far they are behind: the rule
`resources_have_their_alarms` demands it, and `alarm_decides_as_the_catalogue_says` that each is as it stands here. Both colors have
the same alarms, whichever is live. A color's unhealthy target wakes somebody only if the color had a request within the last hour: the
composite alarm `<service>-<color>-hurt` joins `sick` and `busy`.

The emulator in which both stacks are rehearsed has no metrics and runs no alarm's actions: that an alarm fires at the right time is not
shown here. What is shown is that each is on a metric, a namespace and dimensions of CloudWatch's documentation, and reaches a topic.
"""


def alarms_page() -> str:
    """The page, as Markdown."""
    return "\n".join([HEAD, *(line for subject in CATALOGUE for line in _table(subject))])


def _table(subject: Subject) -> Iterator[str]:
    names = " and ".join(f"`{name}`" for name in subject.dimensions)
    yield from (f"## {subject.type.rpartition(':')[2]}", "", f"`{subject.namespace}`, by {names}.")
    yield from ("", "| alarm | metric | bad | a gap is | tells | means |", "| --- | --- | --- | --- | --- | --- |")
    for signal in subject.signals:
        gap = "good" if signal.missing is Missing.GOOD else "bad"
        runbook = f"[`{signal.role}`](../runbooks/alarms.md#{signal.role})"
        yield f"| {runbook} | `{signal.metric}` {signal.statistic} | {_bad(signal)} | {gap} | {signal.tell} | {signal.meaning} |"
    yield ""


def _bad(signal: Signal) -> str:
    own = "the resource's least" if signal.of_least else "a share of the resource's own" if signal.own_threshold else None
    threshold = own or ("the objective" if signal is SLOW else f"{signal.threshold:g}")
    side, minutes = "below" if signal.below else "above", signal.period_seconds // 60
    return f"{side} {threshold} in {signal.bad_periods} of {signal.periods} x {minutes} min"


if __name__ == "__main__":
    sys.stdout.write(alarms_page())
