"""`switchyard policies`: what the packs demand, in the words of their own messages."""

from difflib import get_close_matches

from ops.console import out
from ops.errors import BadInputError
from policies.rules import catalogue
from policies.rules.catalogue import FAMILIES, rules_of
from policies.rules.report import explanation


def show() -> None:
    """Print what each pack demands, a line a rule."""
    for family in FAMILIES:
        out.print(family, style="bold")
        for rule in rules_of(family):
            out.print(f"  {rule.name}: {rule.description}", markup=False, highlight=False, soft_wrap=True)


def explain(name: str) -> None:
    """Print all that is known of a rule; BadInputError where there is none of that name."""
    rules = catalogue.rules()
    if name not in rules:
        near = get_close_matches(name, rules)
        hint = f"Did you mean {near[0]}?" if near else "`switchyard policies list` names them all."
        raise BadInputError(f"There is no rule {name!r}.", hint)
    out.print(f"{name} ({rules[name].requirement.severity})\n{explanation(rules[name])}", markup=False)
