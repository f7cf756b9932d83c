"""What a rule's spec says, and where the specs are."""

import importlib
import pkgutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from policies.rules.catalogue import rules
from policies.rules.layer import Rule
from tests.policies import specs
from tests.policies.given import REMOVED, UNKNOWN, Change, Given, Key, changed

RULES: Mapping[str, Rule] = rules()


@dataclass(frozen=True, kw_only=True)
class Case:
    """One thing changed in what was compliant, and the resources that the rule must then name."""

    says: str
    change: Change = field(default_factory=dict)
    drop: Sequence[Key] = ()
    add: Sequence[Given] = ()
    fires_on: Sequence[Key] = ()
    """By default the resources that are changed or added."""
    others_wait: Sequence[str] = ()
    """Rules that can say nothing either, once this is changed, before a new stack's ids are known."""

    @property
    def named(self) -> set[Key]:
        """The resources that the rule must name, and no other."""
        return set(self.fires_on or [*self.change, *(each.key for each in self.add)])

    def apply(self, resources: Iterable[Given], *, unknown: bool = False) -> list[Given]:
        """Make the change to these resources, or its unknown variant."""
        return [*changed(resources, self.unknown if unknown else self.change, self.drop), *self.add]

    @property
    def unknown(self) -> Change:
        """The same change, but nobody knows yet to what; empty if it sets no input. Where values come from is always known."""
        return {
            key: {path: UNKNOWN if _sets_input(path, value) else value for path, value in values.items() if value is not REMOVED}
            for key, values in self.change.items()
            if any(_sets_input(path, value) for path, value in values.items())
        }


@dataclass(frozen=True, kw_only=True)
class Spec:
    """A rule's compliant resources, the ways to break it, and how it is proven on the real stacks."""

    compliant: Sequence[Given]
    cases: Sequence[Case]
    undecided: Sequence[tuple[Key, str]]
    """Inputs that the rule cannot do without: one of them unknown, it is undecided. None for a rule that reads no value."""
    mutations: Sequence[Case]
    """Changes to the real stacks that this rule, and no other, must notice."""
    also_compliant: Mapping[str, Change] = field(default_factory=dict)
    """Changes that the rule must not mind, by what they say."""


def _sets_input(path: str, value: Any) -> bool:
    return value is not REMOVED and not path.startswith(("options.", "sources."))


SPECS: dict[str, Spec] = {
    module.name: importlib.import_module(f"{specs.__name__}.{module.name}").SPEC for module in pkgutil.iter_modules(specs.__path__)
}


def cases() -> list[tuple[str, Any]]:
    """All cases of all specs, with the rule that each is about."""
    return [(name, case) for name, spec in SPECS.items() for case in spec.cases]
