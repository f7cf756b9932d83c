"""What a violation says to the person who reads the review or the terminal."""

import textwrap
from collections.abc import Set as AbstractSet

from policies.rules.layer import Rule
from policies.rules.properties import Problem

WIDTH = 70
"""The engine indents a message by ten columns: 80 in all."""
SHORTEST_SECRET = 4
"""Anything shorter is part of plain words, and would black them out."""


def violation(rule: Rule, problem: Problem, secrets: AbstractSet[str]) -> str:
    """Say what the rule demands, what is wrong, what to do, and by which ids the requirement is known.

    Nothing here is a property's value: a rule's texts are fixed (a test reads them for that). Should a secret get in all the same,
    by a resource's name or a key, it is blacked out.
    """
    subject = " ".join(part for part in (problem.resource.name + ":", problem.path, problem.text) if part)
    lines = [rule.description, subject + ".", f"Fix: {rule.remedy}"]
    if rule.controls:
        lines.append(f"Controls: {', '.join(rule.controls)}")
    return "\n".join(textwrap.fill(redacted(line, secrets), WIDTH, subsequent_indent="  ", break_on_hyphens=False) for line in lines)


def redacted(text: str, secrets: AbstractSet[str]) -> str:
    """Black out every secret of a resource that rules have read so far."""
    for secret in sorted(secrets, key=len, reverse=True):
        if len(secret) >= SHORTEST_SECRET:
            text = text.replace(secret, "[secret]")
    return text
