"""`database prepare` on a real PostgreSQL: what the roles may do, and that a second run changes nothing."""

import psycopg
import pytest
from psycopg import errors

from ops.database.prepare import Session, prepare, problems
from ops.database.script import identifier, literal
from ops.errors import EngineError
from tests.postgres.instance import LIKE_POSTGRESQL, Instance, wanted_by

WANTED = wanted_by("api", "back-office")
TABLE = 'CREATE TABLE orders (id int PRIMARY KEY, "of" text)'


@pytest.fixture
def prepared(fresh: Instance) -> Instance:
    """Prepare a new database."""
    fresh.prepare(WANTED)
    return fresh


def test_a_second_run_changes_nothing(prepared: Instance) -> None:
    """Role by role, grant by grant, also once there are tables."""
    with prepared.as_role("api") as api:
        api.execute(TABLE)
    before = prepared.catalog()
    prepared.prepare(WANTED)
    assert prepared.catalog() == before
    assert any("back-office" in schema for schema in before["schemas"])


def test_a_new_database_is_found_unprepared(fresh: Instance) -> None:
    """Everything that is looked at is missing at first, and nothing is afterwards."""
    with fresh.master() as master:
        wrong = list(problems(master, WANTED))
        assert "the extension pg_stat_statements is missing" in wrong
        assert "anybody may connect" in wrong
        assert "api is missing, or may not log in" in wrong
        assert "the schema back-office is missing, or is not back-office's" in wrong
        fresh.prepare(WANTED)
        assert list(problems(master, WANTED)) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("ALTER ROLE api NOLOGIN", "api is missing, or may not log in"),
        ("REVOKE rds_iam FROM api GRANTED BY switchyard", "api does not log in by IAM"),
        ("ALTER ROLE api CREATEDB", "api may make roles or databases"),
        ("ALTER ROLE api CONNECTION LIMIT -1", "api has other limits"),
        ("ALTER ROLE api RESET statement_timeout", "api has other limits"),
        ("REVOKE switchyard_services FROM api GRANTED BY switchyard", "api is not in switchyard_services"),
        ("ALTER SCHEMA api OWNER TO switchyard", "the schema api is missing, or is not api's"),
        ("REVOKE USAGE ON SCHEMA api FROM analyst", "analyst may not look into the schema api, or may create in it"),
        ("GRANT CREATE ON SCHEMA api TO analyst", "analyst may not look into the schema api, or may create in it"),
        ("ALTER ROLE analyst RESET default_transaction_read_only", "analyst may write"),
        ("REVOKE pg_monitor FROM analyst GRANTED BY rds_superuser", "analyst may not see the server's statistics"),
        ("GRANT CONNECT ON DATABASE appdata TO PUBLIC", "anybody may connect"),
        ("GRANT CREATE ON SCHEMA public TO PUBLIC", "anybody may create in the schema public"),
        ("GRANT rds_iam TO switchyard_services", "switchyard_services is in rds_iam, or may log in"),
        ("GRANT rds_iam TO switchyard WITH INHERIT TRUE", "switchyard inherits rds_iam"),
        ("CREATE ROLE worker IN ROLE switchyard_services", "a role is in switchyard_services that no service has"),
        ("DROP EXTENSION pg_stat_statements", "the extension pg_stat_statements is missing"),
    ],
    ids=str,
)
def test_each_thing_that_is_looked_at_is_seen_when_it_is_wrong(instance: Instance, change: str, told: str) -> None:
    """One change of somebody's, and the one sentence about it."""
    instance.prepare(WANTED)  # not made anew for each of them: all is rolled back
    with instance.server.connect(database="appdata") as owner:
        owner.execute("BEGIN")
        owner.execute(change.encode())
        assert told in list(problems(owner, WANTED))
        owner.execute("ROLLBACK")
        assert list(problems(owner, WANTED)) == []


def test_what_somebody_changed_is_put_right(prepared: Instance) -> None:
    """The next run brings the limits, the group and the way in back."""
    before = prepared.catalog()
    with prepared.server.connect(database="appdata") as owner:
        owner.execute("ALTER ROLE api NOLOGIN CONNECTION LIMIT 3")
        owner.execute("ALTER ROLE api SET statement_timeout = 0")
        owner.execute("REVOKE switchyard_services, rds_iam FROM api GRANTED BY switchyard")
        owner.execute("GRANT CONNECT ON DATABASE appdata TO PUBLIC")
        owner.execute("ALTER ROLE analyst RESET default_transaction_read_only")
    assert prepared.catalog() != before
    prepared.prepare(WANTED)
    with prepared.master() as master:
        assert list(problems(master, WANTED)) == []


def test_a_service_has_its_schema_and_no_other(prepared: Instance) -> None:
    """Its tables come to stand there by themselves; the neighbor's and the common schema are closed."""
    with prepared.as_role("api") as api:
        api.execute(TABLE)
        assert api.execute("SELECT 'orders'::regclass::oid = 'api.orders'::regclass::oid").fetchone() == (True,)
        with pytest.raises(errors.InsufficientPrivilege):
            api.execute("CREATE TABLE public.orders (id int)")
        with pytest.raises(errors.InsufficientPrivilege):
            api.execute('CREATE TABLE "back-office".orders (id int)')
    with prepared.as_role("back-office") as neighbor, pytest.raises(errors.InsufficientPrivilege):
        neighbor.execute("SELECT * FROM api.orders")


def test_the_analyst_reads_everything_and_writes_nothing(prepared: Instance) -> None:
    """Also tables that came later; and what others' statements were."""
    with prepared.as_role("api") as api:
        api.execute(TABLE)
        api.execute("INSERT INTO orders VALUES (1, 'somebody')")
    with prepared.as_role("analyst") as analyst:
        assert analyst.execute("SELECT id FROM api.orders").fetchall() == [(1,)]
        assert analyst.execute("SELECT count(*) > 0 FROM pg_stat_statements WHERE query LIKE 'INSERT INTO orders%'").fetchone() == (True,)
        with pytest.raises(errors.ReadOnlySqlTransaction):
            analyst.execute("DELETE FROM api.orders")
        analyst.execute("SET default_transaction_read_only = off")
        with pytest.raises(errors.InsufficientPrivilege):
            analyst.execute("DELETE FROM api.orders")


def test_limits_hold_when_a_role_logs_in(prepared: Instance) -> None:
    """As the server says of the session itself."""
    with prepared.as_role("api") as api:
        shown = [api.execute(f"SHOW {setting}".encode()).fetchone() for setting in WANTED.service_limits.settings]
    assert shown == [("30s",), ("1min",), ("10s",)]


def test_nobody_in_particular_does_not_come_in(prepared: Instance) -> None:
    """A role that no service has may not connect."""
    with prepared.server.connect() as owner:
        owner.execute("CREATE ROLE stranger LOGIN IN ROLE rds_iam")
    try:
        with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
            prepared.as_role("stranger")
    finally:
        with prepared.server.connect() as owner:
            owner.execute("DROP ROLE stranger")


def test_a_service_that_uses_the_database_no_more_is_shut_out_and_keeps_its_data(prepared: Instance) -> None:
    """Until it uses it again."""
    with prepared.as_role("back-office") as office:
        office.execute(TABLE)
    prepared.prepare(wanted_by("api"))
    with pytest.raises(psycopg.OperationalError):
        prepared.as_role("back-office")
    prepared.prepare(WANTED)
    with prepared.as_role("back-office") as office:
        assert office.execute("SELECT count(*) FROM orders").fetchone() == (0,)


def test_the_master_keeps_nothing_of_the_services(prepared: Instance) -> None:
    """What it needed to make their schemas is given back: it may give roles away, and is none of them."""
    with prepared.master() as master, pytest.raises(errors.InsufficientPrivilege):
        master.execute("SET ROLE api")
    with prepared.master() as master:
        assert master.execute("SELECT pg_has_role('switchyard', 'api', 'USAGE')").fetchone() == (False,)


def test_postgresql_s_own_rule_shuts_out_who_made_a_role(fresh: Instance) -> None:
    """Administration alone makes a member, and a line of pg_hba.conf counts members of any kind: why the master logs in twice."""
    fresh.server.let_in(LIKE_POSTGRESQL)
    with fresh.server.connect() as owner:
        owner.execute("CREATE ROLE maker LOGIN CREATEROLE PASSWORD 'for tests'")
        with fresh.server.connect("maker", password="for tests") as maker:
            maker.execute("CREATE ROLE made")
        owner.execute("GRANT rds_iam TO made")
        try:
            with pytest.raises(psycopg.OperationalError, match="rejects connection"):
                fresh.server.connect("maker", password="for tests")
        finally:
            owner.execute("DROP ROLE made, maker")


def test_where_the_master_would_be_shut_out_it_is_taken_back(fresh: Instance) -> None:
    """By PostgreSQL's own rules who made a role is a member of it; should RDS have it so too, this says it and undoes it."""

    def as_postgresql_has_it() -> Session:
        fresh.server.let_in(LIKE_POSTGRESQL)
        return fresh.master()

    with fresh.master() as master:
        with pytest.raises(EngineError) as caught:
            prepare(master, WANTED, as_postgresql_has_it)
        assert caught.value.changed
        assert "rejects connection" in caught.value.message
        assert "analyst, api, back-office left rds_iam again" in caught.value.message
        assert [wrong for wrong in problems(master, WANTED) if "IAM" in wrong] == [
            "analyst does not log in by IAM",
            "api does not log in by IAM",
            "back-office does not log in by IAM",
        ]


def test_roles_that_were_in_use_keep_their_way_in(prepared: Instance) -> None:
    """What is taken back is what this run gave: a service that runs is not locked out because the master is."""
    with prepared.master() as master:
        prepared.server.let_in(LIKE_POSTGRESQL)
        with pytest.raises(EngineError, match="Taken back, so that its password works: worker left rds_iam again"):
            prepare(master, wanted_by("api", "back-office", "worker"), prepared.master)
        assert master.execute("SELECT pg_has_role('api', 'rds_iam', 'USAGE')").fetchone() == (True,)


def test_a_refusal_leaves_nothing_behind(fresh: Instance) -> None:
    """One transaction: a schema that is somebody else's stops it, and no role is there afterwards."""
    with fresh.server.connect(database="appdata") as owner:
        owner.execute("CREATE SCHEMA api")
    before = fresh.catalog()
    with pytest.raises(EngineError, match=r"The database refused: permission denied for schema api\. Nothing was changed\."):
        fresh.prepare(WANTED)
    assert fresh.catalog() == before


@pytest.mark.parametrize("name", ['a"b', "a'b", "a b", "$$", "Ünï-code", "a\\b", "select"])
def test_quoting_holds_whatever_is_in_a_name(instance: Instance, name: str) -> None:
    """By the server's own reading of it."""
    with instance.server.connect() as owner:
        found = owner.execute(f"SELECT {literal(name)} AS {identifier(name)}".encode())
        assert found.description is not None
        assert (found.description[0].name, found.fetchone()) == (name, (name,))
