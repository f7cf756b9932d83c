"""Finds the rules: every module of a family is one rule, its name is the verdict, and its row stands in `controls.yaml`."""

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache

from policies.rules.layer import Rule
from policies.rules.requirement import requirement

FAMILIES = ("security", "monitoring", "delivery")


def rules_of(family: str) -> tuple[Rule, ...]:
    """Return the rules of a family in the order of their names; raises where a module holds none, one of another name, or has no row."""
    return tuple(_rule(f"{_package(family)}.{name}", name) for name in sorted(_names(family)))


@cache
def rules() -> Mapping[str, Rule]:
    """All rules of all families, by name."""
    return {rule.name: rule for family in FAMILIES for rule in rules_of(family)}


@cache
def names() -> frozenset[str]:
    """The names of all rules of all families; loads none of them."""
    return frozenset(name for family in FAMILIES for name in _names(family))


def _names(family: str) -> Iterator[str]:
    return (module.name for module in pkgutil.iter_modules(importlib.import_module(_package(family)).__path__))


def _package(family: str) -> str:
    return f"policies.rules.{family}"


def _rule(path: str, name: str) -> Rule:
    module = importlib.import_module(path)
    rule: Rule = module.RULE
    if rule.name != name:
        raise ValueError(f"{path} holds a rule named {rule.name}: the file and the rule have one name")
    return replace(rule, description=module.__doc__ or "", requirement=requirement(name))
