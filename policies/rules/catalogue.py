"""Finds the rules: every module of a family is one rule, and its name is the verdict."""

import importlib
import pkgutil

from policies.rules.layer import Rule

FAMILIES = ("security", "monitoring", "delivery")


def rules_of(family: str) -> tuple[Rule, ...]:
    """Return the rules of a family in the order of their names; raises if a module holds no rule or one of another name."""
    package = importlib.import_module(f"policies.rules.{family}")
    names = sorted(module.name for module in pkgutil.iter_modules(package.__path__))
    return tuple(_rule(f"{package.__name__}.{name}", name) for name in names)


def _rule(module: str, name: str) -> Rule:
    rule: Rule = importlib.import_module(module).RULE
    if rule.name != name:
        raise ValueError(f"{module} holds a rule named {rule.name}: the file and the rule have one name")
    return rule
