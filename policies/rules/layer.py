"""The layer under the rules: what a rule is, and how it comes to pass, fail or undecided, and to nothing else.

A rule looks at one resource at a time. Whatever stops it there is an answer too: a value that only the update will tell makes the
check undecided, a property that is not set or any exception makes it fail. Neither touches the next resource or the next rule.
"""

import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from policies.rules.properties import MissingError, Problem, UndecidedError
from policies.rules.requirement import NO_ROW, Requirement
from policies.rules.resource import Resource
from policies.rules.stack import Stack

PROJECT = Path(__file__).parents[2]
EVERY_TYPE = ("*",)


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What all rules say of themselves."""

    name: str
    """The verdict, which is also the name of the rule's file."""
    applies_to: tuple[str, ...]
    """The types of the resources that `check` is called for, one at a time; EVERY_TYPE is all there are."""
    check: Callable[..., Iterable[Problem]]
    """Finds what is wrong with one resource; a generator, most often."""
    may_wait_for: tuple[str, ...] = ()
    """Types whose every update leaves something unknown that the rule needs, as a template's version: a check may wait for it."""
    description: str = ""
    """What is demanded, as a sentence: the docstring of the rule's file, which the catalogue adds."""
    requirement: Requirement = NO_ROW
    """The rule's row in `controls.yaml`, which the catalogue adds too."""

    def concerns(self, kind: str) -> bool:
        """Tell whether resources of this type are judged."""
        return kind in self.applies_to or self.applies_to == EVERY_TYPE


@dataclass(frozen=True, kw_only=True)
class ResourceRule(Rule):
    """A rule about the inputs of one resource: it is checked before the engine touches the resource, in every preview and update."""

    check: Callable[[Resource], Iterable[Problem]]


@dataclass(frozen=True, kw_only=True)
class StackRule(Rule):
    """A rule about a resource among the others: checked when all are known, so it protects in previews (an update is over by then)."""

    check: Callable[[Resource, Stack], Iterable[Problem]]


@dataclass(frozen=True, kw_only=True)
class Undecided:
    """A check that cannot be answered before the update."""

    rule: str
    resource: Resource
    """The resource that was judged."""
    holder: Resource
    """The resource whose property is unknown; most often the same."""
    path: str


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What a rule says of a resource: it passes when there are neither problems nor anything undecided."""

    problems: tuple[Problem, ...] = ()
    undecided: tuple[Undecided, ...] = ()


def judge(rule: Rule, resource: Resource, *stack: Stack) -> Verdict:
    """Ask one rule about one resource (and, a stack rule, about the stack). Never raises: a rule that crashes has failed."""
    problems: list[Problem] = []
    try:
        problems.extend(rule.check(resource, *stack))  # what was found before an exception stays in the list
    except UndecidedError as error:
        undecided = Undecided(rule=rule.name, resource=resource, holder=error.resource, path=error.path)
        return Verdict(problems=tuple(problems), undecided=(undecided,))
    except MissingError as error:
        problems.append(Problem(error.resource, error.path, "is not set"))
    except Exception as error:  # noqa: BLE001 -- any exception in a rule is a violation
        problems.append(Problem(resource, "", _crash(rule, error)))
    return Verdict(problems=tuple(problems))


def _crash(rule: Rule, error: Exception) -> str:
    """Say which rule broke and where, without the exception's own words: they may quote a value."""
    frames = traceback.extract_tb(error.__traceback__)[1:] or traceback.extract_tb(error.__traceback__)
    place = [frame for frame in frames if frame.filename == frames[0].filename][-1]
    path = Path(place.filename)
    file = path.relative_to(PROJECT) if path.is_relative_to(PROJECT) else path.name
    return f"could not be judged: the rule {rule.name} broke with {type(error).__name__} at {file}:{place.lineno}"
