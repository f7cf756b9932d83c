"""A resource as rules see it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from policies.rules.properties import REQUIRED, Problem, Properties, UndecidedError

OUTPUTS = "outputs"
"""What the path of an output begins with."""


@dataclass(frozen=True, kw_only=True)
class Options:
    """The resource options that a rule may look at."""

    protect: bool = False
    ignore_changes: tuple[str, ...] = ()
    delete_before_replace: bool = False


@dataclass(frozen=True, kw_only=True, eq=False)
class Resource:
    """One resource: its inputs, which are what the program and the provider's defaults ask for, and what is known around them.

    The inputs are the same in a preview, in an update and in a saved state; outputs and sources are there for stack rules only.
    """

    type: str
    urn: str
    name: str
    """The logical name: `<service>-<color>-<role>` for most."""
    decode_inputs: Callable[[], Mapping[str, Any]]
    decode_outputs: Callable[[], Mapping[str, Any]] = dict
    options: Options = Options()
    sources: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Per input, the URNs of the resources that its value comes from: known even while the value is not."""

    @property
    def stack(self) -> str:
        """The name of the stack that it belongs to."""
        return self.urn.split(":", 3)[2]

    @cached_property
    def inputs(self) -> Properties:
        """All inputs, decoded when a rule first reads one."""
        return Properties(self, self.decode_inputs(), "")

    @cached_property
    def outputs(self) -> Properties:
        """All outputs, decoded when a rule first reads one."""
        return Properties(self, self.decode_outputs(), OUTPUTS)

    def value(self, path: str, default: Any = REQUIRED) -> Any:
        """Return an input; see Properties.value."""
        return self.inputs.value(path, default)

    def has(self, path: str) -> bool:
        """Tell whether an input is set; see Properties.has."""
        return self.inputs.has(path)

    def items(self, path: str) -> Sequence[Properties]:
        """Return the entries of an input; see Properties.items."""
        return self.inputs.items(path)

    def texts(self, path: str) -> Sequence[tuple[str, str]]:
        """Return the known texts inside an input; see Properties.texts."""
        return self.inputs.texts(path)

    @property
    def set_inputs(self) -> Collection[str]:
        """The names of all inputs that are set."""
        return self.decode_inputs().keys()

    def names(self, path: str) -> frozenset[str]:
        """Return the keys of an input; see Properties.names."""
        return self.inputs.names(path)

    def problem(self, path: str, text: str) -> Problem:
        """Make a problem with an input, or with the resource itself if `path` is empty."""
        return self.inputs.problem(path, text)

    def output(self, path: str) -> Any:
        """Return an output; raises UndecidedError as long as the provider has not told it."""
        found = self.outputs.value(path, None)
        if found is None:
            raise UndecidedError(self, f"{OUTPUTS}.{path}")
        return found

    def tag(self, name: str, default: Any = REQUIRED) -> Any:
        """Return a tag; raises MissingError if it is not set and has no default."""
        return self.inputs.value(f"tags.{name}", default)
