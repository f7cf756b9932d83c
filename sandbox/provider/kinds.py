"""What a property holds, as text that a file can keep: `str`, `list str`, `map any`, `object pulumi_aws.lb._inputs.ListenerActionArgs`."""

from collections.abc import Mapping
from dataclasses import dataclass, field

SCALARS: Mapping[str, type] = {"str": str, "int": int, "float": float, "bool": bool}
"""Python's types for the forms of one value; `any` is left as it is."""

Classes = Mapping[str, Mapping[str, str]]
"""Properties of the objects by the name of their class: Pulumi name and kind."""


@dataclass(frozen=True)
class Kind:
    """A form, and what it is a form of."""

    text: str
    classes: Classes = field(default_factory=dict, repr=False, compare=False)

    @property
    def form(self) -> str:
        """One of `list`, `map`, `object`, `any` and those of SCALARS."""
        return self.text.partition(" ")[0]

    @property
    def _of(self) -> str:
        return self.text.partition(" ")[2]

    @property
    def item(self) -> "Kind":
        """What a list or map has in it."""
        return Kind(self._of, self.classes)

    @property
    def scalar(self) -> type | None:
        """Python's type, if that is one."""
        return SCALARS.get(self.text)

    @property
    def members(self) -> Mapping[str, "Kind"]:
        """Properties of an object; none of everything else."""
        return kinds(self.classes[self._of], self.classes) if self.form == "object" else {}

    @property
    def noun(self) -> str:
        """What an object is called."""
        return self.text.rpartition(".")[2].removesuffix("Args")


def kinds(texts: Mapping[str, str], classes: Classes) -> Mapping[str, Kind]:
    """Return the kinds of some properties."""
    return {name: Kind(text, classes) for name, text in texts.items()}
