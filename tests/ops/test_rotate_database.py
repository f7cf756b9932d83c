"""`switchyard rotate database`, with the password's entry and the instances in the emulated AWS."""

from collections.abc import Iterator

import pytest

from ops.database.parts import INSTANCE, MASTER, MASTER_VALUE
from ops.errors import Exit
from ops.rotation import PASSWORD, SECRET_VERSION
from ops.stack_file import StackFile
from tests.ops.cloud import Cloud
from tests.ops.conftest import Run
from tests.ops.databases import Databases, Servers
from tests.ops.stand_in import CloudTarget, step_of


@pytest.fixture
def stack(cloud: Cloud, stack_file: StackFile) -> Iterator[Databases]:
    """Give staging with a database, a replica and the first password."""
    cloud.reset(stack_file.settings())
    servers = Servers(cloud)
    servers.make()
    yield Databases(CloudTarget(stack_file, cloud), servers)
    servers.remove()


def secret(stack: Databases) -> str:
    """What Secrets Manager gives."""
    return str(stack.cloud.client("secretsmanager").get_secret_value(SecretId=stack.servers.entry)["SecretString"])


def test_a_rotation_touches_the_password_and_nothing_else(stack: Databases, run: Run) -> None:
    """The password is made, kept and given to the primary; a replica has its source's."""
    result = run("rotate", "database")
    assert result.exit_code == Exit.DONE, result.output
    assert stack.applied == [[MASTER, MASTER_VALUE, "database"]]
    assert (stack.config.password_version, secret(stack)) == (2, "2")
    assert "the master logs in with password 2 from now on" in result.stdout
    assert 'git commit -m "rotate the database\'s master password to 2" Pulumi.staging.yaml' in result.stdout


def test_it_says_that_services_are_not_touched(stack: Databases, run: Run) -> None:
    """They have no password, and nothing has to be undone."""
    result = run("rotate", "database")
    assert stack.version == 2
    assert "services are not touched: they log in by IAM" in result.output
    assert "To undo it" not in result.output


def test_a_promoted_replica_gets_the_password_too(stack: Databases, run: Run) -> None:
    """It takes writes, and has the stack's password."""
    stack.servers.rds.promote_read_replica(DBInstanceIdentifier="database-r1")
    stack.target.file.edit({"database.replicas.r1.promoted": True})
    stack.promoted.add("r1")
    result = run("rotate", "database")
    assert result.exit_code == Exit.DONE, result.output
    assert stack.applied == [[MASTER, MASTER_VALUE, "database", "replica-r1"]]


def test_a_rotation_that_was_cut_short_is_brought_to_its_end(stack: Databases, run: Run) -> None:
    """It is not counted twice."""
    stack.does = {PASSWORD}
    stopped = run("rotate", "database")
    assert stopped.exit_code == Exit.FAILED
    assert "Secrets Manager still gives the password of before." in stopped.stderr
    stack.does = {PASSWORD, SECRET_VERSION, INSTANCE}
    result = run("rotate", "database")
    assert result.exit_code == Exit.DONE, result.output
    assert (stack.config.password_version, secret(stack)) == (2, "2")


def test_anything_else_in_the_preview_is_refused(stack: Databases, run: Run) -> None:
    """The file is what it was."""
    stack.beside.append(step_of(INSTANCE, "replica-r1", ("instanceClass",)))
    result = run("rotate", "database")
    assert result.exit_code == Exit.REFUSED
    assert "update Instance replica-r1 (instanceClass)" in result.stderr
    assert stack.config.password_version is None


def test_an_instance_that_has_not_taken_it_is_an_error(stack: Databases, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """AWS is asked, not the engine."""
    describe = stack.servers.rds.describe_db_instances

    def pending(**asked: str) -> object:
        found = describe(**asked)
        found["DBInstances"][0]["PendingModifiedValues"] = {"MasterUserPassword": "****"}
        return found

    monkeypatch.setattr(stack.servers.rds, "describe_db_instances", pending)
    result = run("rotate", "database")
    assert result.exit_code == Exit.FAILED
    assert "primary: RDS has not taken the new password yet" in result.stderr


def test_a_stopped_instance_is_refused_before_anything_is_written(stack: Databases, run: Run) -> None:
    """AWS would refuse it after the secret had changed."""
    stack.servers.rds.stop_db_instance(DBInstanceIdentifier="database")
    result = run("rotate", "database")
    stack.servers.rds.start_db_instance(DBInstanceIdentifier="database")
    assert result.exit_code == Exit.REFUSED
    assert "The instance primary is stopped" in result.stderr
    assert secret(stack) == "1"


def test_a_copy_of_another_region_has_its_sources_password(stack: Databases, run: Run) -> None:
    """It is rotated there."""
    config = {"version": "17.11", "instance_class": "db.t4g.medium", "storage_gib": 20, "max_storage_gib": 100}
    source = "arn:aws:rds:eu-central-1:123456789012:db:database"
    stack.target.file.edit({"database": {**config, "replica_of": source}})
    result = run("rotate", "database")
    assert result.exit_code == Exit.BAD_INPUT
    assert "follows one of another region" in result.stderr


def test_there_is_nothing_to_cut_off(stack: Databases, run: Run) -> None:
    """The option is for Redis, which keeps two passwords."""
    result = run("rotate", "database", "--cut-off")
    assert result.exit_code == Exit.BAD_INPUT
    assert "cut off by each rotation" in result.stderr
    assert stack.applied == []


def test_a_stack_without_a_database_has_no_password(stack: Databases, run: Run) -> None:
    """It says what is missing."""
    stack.target.file.edit({"services.api.uses": [], "database": None})
    result = run("rotate", "database")
    assert result.exit_code == Exit.BAD_INPUT
    assert "Pulumi.staging.yaml has no section switchyard:database." in result.stderr
