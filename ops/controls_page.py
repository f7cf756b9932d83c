"""The page of controls: `python -m ops.controls_page > docs/reference/controls.md`."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from policies.rules.catalogue import FAMILIES, rules_of
from policies.rules.exemptions import exemptions
from policies.rules.layer import Rule, StackRule
from policies.rules.requirement import register

HEAD = """# Controls

<!-- Made by `python -m ops.controls_page > docs/reference/controls.md`; a test holds it to policies/controls.yaml and the rules. -->

What the policy packs demand, and what becomes of every control of AWS Security Hub for the services that the stack uses. Every rule is
mandatory on every stack, but where an exemption is listed. `FSBP` is AWS's Foundational Security Best Practices; Security Hub has controls
beside them, which are marked by its name. What a control has to do with NIST SP 800-53 Rev. 5 and the CIS AWS Foundations Benchmark is what
Security Hub says (read on 2026-11-28). ASVS is OWASP's Application Security Verification Standard 5.0; OWASP is its Top 10 of 2025.
A rule without an id is this project's own.
"""

KINDS = {"exempt": "exempt", "not_decidable": "not decidable here"}


def controls_page() -> str:
    """The page, as Markdown."""
    rules = {family: rules_of(family) for family in FAMILIES}
    parts = [HEAD, *(line for family, members in rules.items() for line in _family(family, members)), *_exemptions()]
    return "\n".join([*parts, *_controls([rule for members in rules.values() for rule in members])])


def _family(family: str, rules: Sequence[Rule]) -> Iterator[str]:
    yield from (f"## {family.capitalize()}", "", "| rule | demands | severity | checked | ids |", "| --- | --- | --- | --- | --- |")
    for rule in rules:
        when = "in the preview" if isinstance(rule, StackRule) else "before the resource"
        ids = ", ".join(rule.requirement.controls)
        yield f"| `{rule.name}` | {rule.description} | {rule.requirement.severity} | {when} | {ids} |"
    yield ""


def _exemptions() -> Iterator[str]:
    yield from ("## Exemptions", "", "| rule | resource | stacks | because | source |", "| --- | --- | --- | --- | --- |")
    for each in exemptions():
        yield f"| `{each.rule}` | `{each.resource}` | {', '.join(each.stacks)} | {each.because} | {each.source} |"
    yield ""


def _controls(rules: Sequence[Rule]) -> Iterator[str]:
    yield from (
        "## Controls of Security Hub",
        "",
        "| control | asks | what becomes of it | NIST | CIS |",
        "| --- | --- | --- | --- | --- |",
    )
    rows = register()["rules"]
    for control, row in register()["controls"].items():
        covering = [f"`{rule.name}`" for rule in rules if control in rows[rule.name].get("security_hub", ())]
        name, becomes = f"{'FSBP' if row['fsbp'] else 'Security Hub'} {control}", ", ".join(covering) or _why(row)
        yield f"| {name} | {row['asks']} | {becomes} | {_list(row, 'nist')} | {_list(row, 'cis')} |"
    yield ""


def _why(row: Mapping[str, Any]) -> str:
    return next(f"{words}: {row[key]}" for key, words in KINDS.items() if key in row)


def _list(row: Mapping[str, Any], key: str) -> str:
    return ", ".join(row.get(key, ()))


if __name__ == "__main__":
    sys.stdout.write(controls_page())
