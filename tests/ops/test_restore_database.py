"""`switchyard restore database`, with instances, proxy and parameters in the emulated AWS."""

from collections.abc import Iterator

import pytest

from ops.database.parts import INSTANCE
from ops.errors import Exit
from ops.guard import PARAMETER
from ops.stack_file import StackFile
from tests.ops.cloud import Cloud
from tests.ops.conftest import Run
from tests.ops.databases import Databases, Servers
from tests.ops.stand_in import CloudTarget, step_of

PAST = "2026-01-01T00:00:00Z"
FUTURE = "2999-01-01T00:00:00Z"


@pytest.fixture
def stack(cloud: Cloud, stack_file: StackFile) -> Iterator[Databases]:
    """Give staging with a database, and a snapshot of it."""
    cloud.reset(stack_file.settings())
    servers = Servers(cloud)
    servers.make()
    servers.rds.create_db_snapshot(DBInstanceIdentifier="database", DBSnapshotIdentifier="before-the-upgrade")
    yield Databases(CloudTarget(stack_file, cloud), servers)
    servers.rds.delete_db_snapshot(DBSnapshotIdentifier="before-the-upgrade")
    servers.remove()


def behind_the_proxy(stack: Databases) -> list[str]:
    """The instances that the proxy leads to."""
    return [each["RdsResourceId"] for each in stack.servers.rds.describe_db_proxy_targets(DBProxyName="proxy")["Targets"]]


def test_without_an_origin_it_shows_what_there_is(stack: Databases, run: Run) -> None:
    """The time that backups reach up to, the snapshots, and the commands; nothing is changed."""
    result = run("restore", "database")
    assert result.exit_code == Exit.DONE, result.output
    assert "database: any second of its last 7 days up to 20" in result.stdout
    assert "before-the-upgrade" in result.stdout
    assert "switchyard restore database --from before-the-upgrade -s staging" in result.stdout
    assert stack.previews == []


@pytest.mark.parametrize("origin", [PAST, "before-the-upgrade"])
def test_a_second_instance_is_made_beside_the_first(stack: Databases, run: Run, origin: str) -> None:
    """Services are not touched; what leads them there and back is told, and how it ends."""
    result = run("restore", "database", "--from", origin)
    assert result.exit_code == Exit.DONE, result.output
    assert stack.applied == [["restored", "restored"]]
    assert stack.config.restore
    assert stack.config.restore.origin == origin
    assert behind_the_proxy(stack) == ["database"]
    assert (
        f"restored: database-restored is available at database-restored.aaaaaaaaaa.eu-west-1.rds.amazonaws.com, with the data of {origin}"
        in (result.stdout)
    )
    for way in ("--use", "--back"):
        assert f"switchyard restore database {way} -s staging" in result.stdout
    assert "database.restore.retiring: true" in result.stderr


def test_services_are_led_to_it_and_back(stack: Databases, run: Run) -> None:
    """One setting, the parameters and the instance behind the proxy; the file is what it was before."""
    assert run("restore", "database", "--from", PAST).exit_code == Exit.DONE
    before = stack.target.file.path.read_text(encoding="utf-8")
    result = run("restore", "database", "--use")
    assert result.exit_code == Exit.DONE, result.output
    assert stack.applied[1:] == [["api-endpoint-DATABASE_HOST", "database-proxy-target"]]
    assert (stack.config.use, behind_the_proxy(stack)) == ("restored", ["database-restored"])
    assert "To undo it:\n  " in result.stdout
    assert "switchyard restore database --back -s staging" in result.stdout
    back = run("restore", "database", "--back")
    assert back.exit_code == Exit.DONE, back.output
    assert (stack.config.use, behind_the_proxy(stack)) == ("primary", ["database"])
    assert stack.target.file.path.read_text(encoding="utf-8") == before
    assert "switchyard restore database --use -s staging" in back.stdout


def test_both_at_once(stack: Databases, run: Run) -> None:
    """When there is no time to look."""
    result = run("restore", "database", "--from", PAST, "--use")
    assert result.exit_code == Exit.DONE, result.output
    assert behind_the_proxy(stack) == ["database-restored"]


def test_without_a_proxy_services_read_the_instances_address(stack: Databases, run: Run) -> None:
    """And what is open stays open, which is said."""
    stack.target.file.edit({"database.proxy": None})
    stack.servers.tell("database.aaaaaaaaaa.eu-west-1.rds.amazonaws.com")
    result = run("restore", "database", "--back")
    assert result.exit_code == Exit.DONE, result.output
    assert "open connections stay where they are" in result.stderr


def test_a_proxy_or_a_parameter_that_leads_elsewhere_is_an_error(stack: Databases, run: Run) -> None:
    """AWS is asked, not the engine."""
    assert run("restore", "database", "--from", PAST).exit_code == Exit.DONE
    stack.does = {PARAMETER}
    stack.servers.tell("elsewhere")
    result = run("restore", "database", "--use")
    assert result.exit_code == Exit.FAILED
    assert "proxy: database-restored is to be behind the proxy, and database is." in result.stderr
    assert "are told elsewhere." in result.stderr


@pytest.mark.parametrize(
    ("origin", "words"),
    [
        (FUTURE, "and 2999-01-01T00:00:00Z is later"),
        ("not-there", "AWS has no snapshot 'not-there'"),
        ("yesterday 3am", "must be a snapshot's id"),
    ],
)
def test_what_aws_cannot_restore_is_refused_before_anything_changes(stack: Databases, run: Run, origin: str, words: str) -> None:
    """A time to come, a snapshot that is not there, words that are neither."""
    result = run("restore", "database", "--from", origin)
    assert result.exit_code == Exit.BAD_INPUT
    assert words in result.stderr
    assert (stack.config.restore, stack.previews) == (None, [])


def test_one_restore_at_a_time(stack: Databases, run: Run) -> None:
    """Another origin would replace the instance; how the first one ends is told. The same origin again is no other one."""
    assert run("restore", "database", "--from", PAST).exit_code == Exit.DONE
    result = run("restore", "database", "--from", "before-the-upgrade")
    assert result.exit_code == Exit.REFUSED
    assert f"There is an instance that was restored from {PAST}" in result.stderr
    assert "database.restore.retiring: true" in result.stderr
    assert run("restore", "database", "--from", PAST).exit_code == Exit.DONE
    assert len(stack.applied) == 1
    assert "restored already, from" in run("restore", "database").stderr


def test_anything_else_in_the_preview_is_refused(stack: Databases, run: Run) -> None:
    """The file is what it was."""
    stack.beside.append(step_of(INSTANCE, "database", ("instanceClass",)))
    result = run("restore", "database", "--from", PAST)
    assert result.exit_code == Exit.REFUSED
    assert "update Instance database (instanceClass)" in result.stderr
    assert (stack.config.restore, stack.applied) == (None, [])


def test_nobody_is_led_to_what_was_not_restored(stack: Databases, run: Run) -> None:
    """It says what to do first."""
    result = run("restore", "database", "--use")
    assert result.exit_code == Exit.BAD_INPUT
    assert "Nothing was restored" in result.stderr
    assert stack.previews == []


def test_the_way_back_takes_nothing_with_it(stack: Databases, run: Run) -> None:
    """Two things at once would be unclear."""
    assert run("restore", "database", "--back", "--use").exit_code == Exit.BAD_INPUT
    assert run("restore", "redis").exit_code == Exit.BAD_INPUT
    assert stack.previews == []


def test_a_copy_of_another_region_is_not_restored(stack: Databases, run: Run) -> None:
    """It has no past of its own."""
    config = {"version": "17.11", "instance_class": "db.t4g.medium", "storage_gib": 20, "max_storage_gib": 100}
    source = "arn:aws:rds:eu-central-1:123456789012:db:database"
    stack.target.file.edit({"database": {**config, "replica_of": source}})
    result = run("restore", "database")
    assert result.exit_code == Exit.BAD_INPUT
    assert "follows one of another region" in result.stderr
