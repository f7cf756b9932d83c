"""Every command of every runbook, run in the sandbox as it stands on the page."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ops.errors import Exit
from tests.engine.conftest import FACTS, Switchyard
from tests.ops.test_reference import told
from tests.rendering import ROOT, stack_config

pytestmark = pytest.mark.engine

PINS = stack_config("prod")["switchyard:services"]["api"]["blue"]
STANDS_FOR = {
    r"sha256:…": f"sha256:{'e' * 64}",
    r"ami-…": PINS["ami"],
    r" --via \S+": "",  # the sandbox opens a door of its own
    r"--watch \d+": "--watch 1",
    r"--from dist": f"--from {ROOT / 'tests' / 'engine' / 'site'}",
}
"""What a page leaves to its reader, and minutes that nobody here has."""
PAGES = ("first-deployment", "release", "canary", "drift", "stuck", "services", "alarms", "emergency", "site", "rollback")
"""In the order in which an operator would meet them, so that each command finds what it is about."""


def test_all_runbooks_are_here() -> None:
    """A new page is run too; the one on rules holds none of our commands, and has a test of its own."""
    assert {path.stem for path in (ROOT / "docs" / "runbooks").glob("*.md")} == {*PAGES, "adding-a-rule"}
    assert not list(told(ROOT / "docs" / "runbooks" / "adding-a-rule.md", "switchyard"))


def commands() -> Iterator[tuple[str, str]]:
    """Page and command, each command once, the arguments that are left open filled in."""
    seen = set()
    for page in PAGES:
        for line in told(ROOT / "docs" / "runbooks" / f"{page}.md", "switchyard"):
            filled = line
            for words, instead in STANDS_FOR.items():
                filled = re.sub(words, instead, filled)
            runs = " -s " in filled and "rehearse" not in filled  # a rehearsal has a test of its own
            if filled not in seen and runs:
                seen.add(filled)
                yield page, filled


@pytest.fixture(scope="module")
def production(switchyard: Switchyard) -> Switchyard:
    """Bring production up in the sandbox, and give its secrets values."""
    assert switchyard.run("up", "-s", "prod", "--sandbox").returncode == Exit.DONE
    secrets = switchyard.sandbox.client("secretsmanager", FACTS)
    for entry in secrets.list_secrets()["SecretList"]:
        secrets.put_secret_value(SecretId=entry["ARN"], SecretString="rehearsed")
    return switchyard


@pytest.mark.parametrize(("page", "line"), list(commands()), ids=lambda text: str(Path(text)))
def test_a_command_of_a_runbook_runs(production: Switchyard, page: str, line: str) -> None:
    """To its end, or to a refusal in the product's own words: what a page shows is never misunderstood and never fails."""
    ended = production.run(*line.split(), "--sandbox")
    assert ended.returncode in {Exit.DONE, Exit.REFUSED}, f"{page}: {line}\n{ended.stdout}{ended.stderr}"
    assert ended.stdout or ended.stderr
