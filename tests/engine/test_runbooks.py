"""Every command of every runbook, run in the sandbox as it stands on the page."""

import json
import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from ops.console import progress
from ops.deployment import Deployment
from ops.errors import Exit
from ops.secrets import empty_entries
from tests.engine.conftest import FACTS, Switchyard
from tests.leaks import generated, leaks
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
EVENTS = "events"
"""The file in the sandbox's home that keeps what the engine told of the first `up`."""
PAGES = (
    *("first-deployment", "release", "canary", "drift", "stuck", "services", "secrets", "alarms", "emergency", "site"),
    *("rotating-redis", "database", "slow-queries", "rollback", "backups"),
)
"""In the order in which an operator would meet them, so that each command finds what it is about."""


def test_all_runbooks_are_here() -> None:
    """A new page is run too. Two have tests of their own: one holds none of our commands, the other is about two stacks."""
    assert {path.stem for path in (ROOT / "docs" / "runbooks").glob("*.md")} == {*PAGES, "adding-a-rule", "disaster-recovery"}
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


@dataclass(frozen=True)
class Production:
    """The production stack, and what an operator has put into its secrets."""

    switchyard: Switchyard
    filled: Mapping[str, str]
    """By an entry's name, its value."""

    @property
    def deployment(self) -> Deployment:
        """The stack in the sandbox."""
        return replace(self.switchyard, stack="prod").open(progress)


@pytest.fixture(scope="module")
def production(switchyard: Switchyard) -> Production:
    """Bring production up in the sandbox, keeping the engine's events, and give the secrets that have no value one."""
    switchyard.set_up("up", "-s", "prod", "--sandbox", keeping=switchyard.home / EVENTS)
    made = Production(switchyard, {})
    client = switchyard.sandbox.client("secretsmanager", FACTS)
    filled = {entry.name: (entry.arn, secrets.token_urlsafe(24)) for entry in empty_entries(made.deployment)}
    for arn, value in filled.values():
        client.put_secret_value(SecretId=arn, SecretString=value)
    return replace(made, filled={name: value for name, (_, value) in filled.items()})


@pytest.mark.parametrize(("page", "line"), list(commands()), ids=lambda text: str(Path(text)))
def test_a_command_of_a_runbook_runs(production: Production, page: str, line: str) -> None:
    """To its end, or to a refusal in the product's own words: what a page shows is never misunderstood and never fails."""
    ended = production.switchyard.run(*line.split(), "--sandbox")
    assert ended.returncode in {Exit.DONE, Exit.REFUSED}, f"{page}: {line}\n{ended.stdout}{ended.stderr}"
    assert ended.stdout or ended.stderr


def test_after_all_of_it_no_secret_has_leaked(production: Production) -> None:
    """Not into the state, its history, the engine's events, a log or any other file, nor onto the screen: in no spelling."""
    state = json.loads(production.deployment.command("stack", "export", "--show-secrets"))
    made = generated(state)
    home = production.switchyard.home
    assert {"api-blue-token", "web-green-token"} <= made.keys()
    assert production.filled.keys() >= {"api-payment-key", "shared-sentry-dsn"}
    assert "api-green-preview" in (home / EVENTS).read_text(encoding="utf-8")
    assert leaks({**made, **production.filled}, home, "\n".join(production.switchyard.said)) == []
