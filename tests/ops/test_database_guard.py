"""What `up` refuses to do to the database's data."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from pulumi.automation.events import OpType

from ops import secrets
from ops.database.guard import followers, touched_data
from ops.database.parts import INSTANCE
from ops.errors import Exit
from ops.plan import LEFT, Plan, Step
from tests.configs import parsed
from tests.ops.conftest import Run
from tests.ops.stand_in import StandIn, step_of

RETIRING = {"retiring": "true"}
FOLLOWS = {"replicateSourceDb": "db"}


def step(name: str, op: OpType, old: Mapping[str, Any] | None = None, new: Mapping[str, Any] | None = None) -> Step:
    """A step on an instance."""
    return step_of(INSTANCE, name, (), {"identifier": f"db-{name}", **(old or {})}, new, op)


def nobody(_identifier: str) -> Sequence[str]:
    """No replicas."""
    return ()


def told(*steps: Step, **config: Any) -> list[str]:
    """What is said of a plan with these steps."""
    return touched_data(Plan(steps=list(steps)), parsed({key.replace("__", "."): value for key, value in config.items()}), nobody)


@pytest.mark.parametrize("op", [OpType.DELETE, OpType.REPLACE])
def test_an_instance_does_not_go_undeclared(op: OpType) -> None:
    """Whether it is removed or replaced, its data is lost."""
    assert "and nothing declares that its data may go" in told(step("database", op))[0]


def test_what_retires_may_go() -> None:
    """So may what an update has replaced and could not delete."""
    assert told(step("restored", OpType.DELETE, {"tags": RETIRING})) == []
    assert told(step("database", LEFT, {"tags": RETIRING})) == []
    assert "would be removed" in told(step("database", LEFT))[0]


def test_what_retires_may_be_replaced_by_what_has_data() -> None:
    """Under another name, as `database.generation` gives it. One that is empty, or has the old name, was not declared."""
    new = {"identifier": "db-2", "replicateSourceDb": "arn:aws:rds:eu-central-1:123456789012:db:there"}
    assert told(step("database", OpType.REPLACE, {"tags": RETIRING}, new)) == []
    assert "would be replaced" in told(step("database", OpType.REPLACE, {}, new))[0]
    assert "would be replaced" in told(step("database", OpType.REPLACE, {"tags": RETIRING}, {**new, "identifier": "db-database"}))[0]
    assert "would be replaced" in told(step("database", OpType.REPLACE, {"tags": RETIRING}, {"identifier": "db-2"}))[0]


@pytest.mark.parametrize("op", [OpType.CREATE, OpType.UPDATE])
def test_what_comes_and_what_changes_is_none_of_its_business(op: OpType) -> None:
    """Nor are resources that hold no data."""
    assert told(step("database", op, {}, {"instanceClass": "db.m8g.large"})) == []
    assert told(step_of("aws:rds/proxy:Proxy", "database-proxy", op=OpType.DELETE)) == []


def test_a_source_does_not_go_while_something_that_stays_follows_it() -> None:
    """A replica of another stack counts; one that goes with it does not."""
    leaves = [step(name, OpType.DELETE, {"tags": RETIRING}) for name in ("database", "replica-r1")]
    elsewhere = "arn:aws:rds:eu-central-1:123456789012:db:copy"
    found = touched_data(
        Plan(steps=leaves), parsed({}), lambda identifier: ["db-replica-r1", elsewhere] if identifier == "db-database" else ()
    )
    assert found == [f"database: would be removed, and {elsewhere} would be left without a source and promoted by AWS"]


def test_nothing_is_promoted_by_accident() -> None:
    """A source that is gone from config is a promotion to AWS."""
    lost = step("replica-r1", OpType.UPDATE, FOLLOWS)
    assert "`promoted: true` does not stand in config" in told(lost)[0]
    assert told(lost, database__replicas__r1__promoted=True) == []


def test_a_copy_of_another_region_is_not_promoted_by_taking_its_source_out() -> None:
    """`replica_of` removed is not `promoted: true`."""
    assert told(step("database", OpType.UPDATE, {"replicateSourceDb": "arn:aws:rds:eu-central-1:123456789012:db:database"}))


@pytest.mark.parametrize(
    ("before", "words"), [({}, "would follow again, which AWS makes no instance do"), (FOLLOWS, "follow another instance than db")]
)
def test_nothing_is_made_to_follow(before: Mapping[str, str], words: str) -> None:
    """There is no way back from a promotion but another replica."""
    assert words in told(step("replica-r1", OpType.UPDATE, before, {"replicateSourceDb": "other"}))[0]


def test_an_instance_that_is_gone_has_no_replicas(stack: StandIn) -> None:
    """AWS is asked, and its refusal is an answer."""
    assert followers(stack, "not-there") == ()


def test_up_refuses_it_until_it_is_told_that_the_data_may_go(stack: StandIn, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The hint names the declaration and the option."""
    monkeypatch.setattr(secrets, "empty_entries", lambda _deployment: [])
    stack.beside.append(step("replica-r1", OpType.DELETE))
    result = run("up")
    assert result.exit_code == Exit.REFUSED
    assert "replica-r1: would be removed, and nothing declares that its data may go" in result.stderr
    assert "`switchyard up -s staging --touch-data`" in result.stderr
    assert stack.applied == []
    assert run("up", "--touch-data").exit_code == Exit.DONE
