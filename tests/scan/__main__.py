"""Run checkov on production, and write the page of what it finds: `make scan`. Exits 1 where a finding has no reason."""

import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from tests.policies.test_real_stacks import resources
from tests.scan.plan import plan

REASONS = Path(__file__).parent / "reasons.yaml"
HEAD = """# What a public scanner finds

<!-- Made by `make scan`. -->

[checkov](https://www.checkov.io) {version} on the production stack, rendered with all outputs known and written as a Terraform plan:
{passed} checks passed, {failed} did not. Each of those has its reason here.

| check | on | why it stands |
| --- | --- | --- |
"""


def scanned(checkov: str) -> Mapping[str, Any]:
    """What checkov says of production, as it tells it."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "tfplan.json"
        file.write_text(json.dumps(plan(resources("prod", preview=False))), encoding="utf-8")
        words = [checkov, "-f", str(file), "--framework", "terraform_plan", "--compact", "--quiet", "--output", "json"]
        told = subprocess.run(words, capture_output=True, text=True, check=False).stdout
    report: Mapping[str, Any] = json.loads(told)
    return report


def rows(report: Mapping[str, Any], reasons: Mapping[str, str]) -> Iterator[str]:
    """A row of the page for each check that failed."""
    found = defaultdict[str, list[str]](list)
    for each in report["results"]["failed_checks"]:
        found[each["check_id"]].append(each["resource"])
    for check, where in sorted(found.items()):
        yield f"| {check} | {_places(where)} | {reasons.get(check, '')} |"


def unexplained(report: Mapping[str, Any], reasons: Mapping[str, str]) -> Sequence[str]:
    """The checks that failed and have no reason."""
    return sorted({each["check_id"] for each in report["results"]["failed_checks"]} - reasons.keys())


def _places(where: Sequence[str]) -> str:
    first = f"`{min(where)}`"
    return first if len(where) == 1 else f"{first} and {len(where) - 1} more"


if __name__ == "__main__":
    reasons, report = yaml.safe_load(REASONS.read_text(encoding="utf-8")), scanned(sys.argv[1])
    summary = report["summary"]
    sys.stdout.write(HEAD.format(version=summary["checkov_version"], passed=summary["passed"], failed=summary["failed"]))
    sys.stdout.write("".join(f"{row}\n" for row in rows(report, reasons)))
    missing = unexplained(report, reasons)
    sys.exit(f"without a reason: {', '.join(missing)}" if missing else 0)
