"""What a violation, or a rule itself, says to the person who reads the review or the terminal."""

import textwrap
from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from policies.rules.exemptions import exemptions
from policies.rules.layer import Rule
from policies.rules.properties import Problem
from policies.rules.waivers import Waiver

WIDTH = 70
"""The engine indents a message by ten columns: 80 in all."""
SHORTEST_SECRET = 4
"""Anything shorter is part of plain words, and would black them out."""


def violation(rule: Rule, problem: Problem, secrets: AbstractSet[str], waiver: Waiver | None = None) -> str:
    """Say what the rule demands, what is wrong, what to do, and by which ids the requirement is known.

    Nothing here is a property's value: a rule's texts are fixed (a test reads them for that). Should a secret get in all the same,
    by a resource's name or a key, it is blacked out.
    """
    subject = " ".join(part for part in (problem.resource.name + ":", problem.path, problem.text) if part)
    waived = [f"Waived until {waiver.expires} by {waiver.approver}: {waiver.reason}"] if waiver else []
    return "\n".join(_filled(redacted(line, secrets)) for line in (*waived, rule.description, subject + ".", *_advice(rule)))


def explanation(rule: Rule) -> str:
    """Say the same of the rule itself: what it demands and why, what to do, its ids, and where it does not bind."""
    free = [f"Not for {each.resource} of {', '.join(each.stacks)}: {each.because}" for each in exemptions() if each.rule == rule.name]
    return "\n".join(_filled(line) for line in (rule.description, rule.requirement.rationale, *_advice(rule), *free))


def _advice(rule: Rule) -> Iterator[str]:
    yield f"Fix: {rule.requirement.remedy}"
    if rule.requirement.controls:
        yield f"Controls: {', '.join(rule.requirement.controls)}"


def _filled(line: str) -> str:
    return textwrap.fill(line, WIDTH, subsequent_indent="  ", break_on_hyphens=False)


def redacted(text: str, secrets: AbstractSet[str]) -> str:
    """Black out every secret of a resource that rules have read so far."""
    for secret in sorted(secrets, key=len, reverse=True):
        if len(secret) >= SHORTEST_SECRET:
            text = text.replace(secret, "[secret]")
    return text
