"""Where a rule does not bind: what AWS rules out, and what binds production only. They stand in `controls.yaml` with reason and source."""

from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache

from policies.rules.requirement import register
from policies.rules.resource import Resource


@dataclass(frozen=True, kw_only=True)
class Exemption:
    """One rule that does not bind some resources."""

    rule: str
    resource: str
    """A pattern of logical names, such as `lb-logs*`."""
    stacks: Sequence[str]
    """Patterns of stacks' names."""
    because: str
    """Why, for who reads the reference."""
    source: str
    """Who says so: a page of AWS's, or this project's design."""

    def covers(self, rule: str, resource: Resource) -> bool:
        """Tell whether the rule does not bind this resource."""
        here = self.rule == rule and fnmatchcase(resource.name, self.resource)
        return here and any(fnmatchcase(resource.stack, pattern) for pattern in self.stacks)


@cache
def exemptions() -> Sequence[Exemption]:
    """All of them; raises TypeError where one lacks a part."""
    return [Exemption(**{"stacks": ["*"], **row}) for row in register()["exemptions"]]


def exempt(rule: str, resource: Resource) -> bool:
    """Tell whether any exemption covers it."""
    return any(each.covers(rule, resource) for each in exemptions())
