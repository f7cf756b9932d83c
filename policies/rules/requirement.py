"""What is known of a rule beside its check: how bad a violation is, why it is demanded, what to do, and by which ids others know it.

All of it stands in `policies/controls.yaml`, which is written for people too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).parents[1] / "controls.yaml"
NEWEST_CIS = "v5.0.0/"
"""Of the versions of the CIS AWS Foundations Benchmark that Security Hub knows, the one that messages name."""


class Severity(StrEnum):
    """How bad a violation is; every rule is mandatory whatever its severity."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


@dataclass(frozen=True, kw_only=True)
class Requirement:
    """A rule's row."""

    severity: Severity = Severity.CRITICAL
    rationale: str = ""
    """What goes wrong without it."""
    remedy: str = ""
    """What to do about a violation, in terms of this project's settings and components."""
    controls: tuple[str, ...] = ()
    """The ids that reviewers know it by, such as `FSBP ELB.4`; none for what only this project demands."""


NO_ROW = Requirement()
"""What a rule has that is not of the catalogue."""


@cache
def register() -> Mapping[str, Any]:
    """Everything that `controls.yaml` says."""
    content: Mapping[str, Any] = yaml.load(FILE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return content


def requirement(rule: str) -> Requirement:
    """A rule's row; raises KeyError where there is none."""
    row = register()["rules"][rule]
    return Requirement(severity=Severity(row["severity"]), rationale=row["rationale"], remedy=row["remedy"], controls=tuple(_ids(row)))


def _ids(row: Mapping[str, Any]) -> Sequence[str]:
    controls = register()["controls"]
    hub = row.get("security_hub", [])
    cis = sorted({section for control in hub for section in controls[control].get("cis", []) if section.startswith(NEWEST_CIS)})
    return [
        *(f"{'FSBP' if controls[control]['fsbp'] else 'Security Hub'} {control}" for control in hub),
        *(f"CIS {section}" for section in cis),
        *(f"ASVS {section}" for section in row.get("asvs", [])),
        *(f"OWASP {category}:2025" for category in row.get("top10", [])),
    ]
