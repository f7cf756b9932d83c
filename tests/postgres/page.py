"""The blocks of the page on slow queries, in the order in which they stand there."""

import re
from dataclasses import dataclass

from tests.rendering import ROOT

PAGE = ROOT / "docs" / "runbooks" / "slow-queries.md"
BLOCK = re.compile(r"^## (?P<heading>[^\n]+)$|^```(?P<kind>sql|insights)(?P<words>[^\n]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """One block of code."""

    heading: str
    """The step that it stands in."""
    kind: str
    """`sql` or `insights`."""
    words: str
    """What stands beside the kind: who runs it, or what it is called."""
    text: str

    @property
    def by_master(self) -> bool:
        """Whether it is for the master; the others are for the analyst."""
        return self.words == "as the master"

    @property
    def statements(self) -> list[str]:
        """One after the other, as psql sends them: each ends with a semicolon at the end of a line."""
        return [each for each in re.split(r"(?<=;)\n", self.text) if each.strip()]


def blocks() -> list[Block]:
    """All of them."""
    found, heading = [], ""
    for match in BLOCK.finditer(PAGE.read_text(encoding="utf-8")):
        heading = match["heading"] or heading
        if match["kind"]:
            found.append(Block(heading, match["kind"], match["words"].strip(), match["text"]))
    return found


def step(number: str) -> list[Block]:
    """The SQL of one step."""
    return [block for block in blocks() if block.kind == "sql" and block.heading.startswith(f"{number}. ")]
