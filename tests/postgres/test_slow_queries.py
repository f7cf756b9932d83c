"""The page on slow queries, block by block, against a server with the fault in it that the page is about: each step finds it."""

import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any, TypeVar

import psycopg
import pytest
from psycopg import errors
from psycopg.rows import dict_row

from tests.postgres.instance import Instance, wanted_by
from tests.postgres.page import Block, blocks, step

SLOW = "SELECT id, total FROM api.orders WHERE customer_id = %s ORDER BY created_at DESC LIMIT 20"
ONE_OF_MANY = "SELECT product, pieces FROM api.order_lines WHERE order_id = %s"
SEED = """
CREATE TABLE orders (id int PRIMARY KEY, customer_id int NOT NULL, created_at timestamptz NOT NULL, total numeric NOT NULL, note text);
INSERT INTO orders SELECT n, n % 2000, now() - n * interval '1 minute', n % 100, repeat('x', 80) FROM generate_series(1, 200000) AS n;
CREATE TABLE order_lines (order_id int NOT NULL, product text NOT NULL, pieces int NOT NULL);
INSERT INTO order_lines SELECT n % 5000, 'product ' || n, 1 FROM generate_series(1, 15000) AS n;
CREATE INDEX order_lines_of_an_order ON order_lines (order_id);
ANALYZE orders, order_lines;
"""
AS_ON_RDS = {
    "log_line_prefix": "'%t:%r:%u@%d:[%p]:'",
    "log_min_duration_statement": "'5ms'",
    "auto_explain.log_min_duration": "'5ms'",
    "auto_explain.log_analyze": "on",
    "deadlock_timeout": "'200ms'",
    "log_temp_files": "0",
    "log_min_duration_sample": "0",
    "log_statement_sample_rate": "1",
}
"""The prefix is RDS's, which nobody can change; limits are low, so that a small table shows what a large one would."""
Row = dict[str, Any]
T = TypeVar("T")


@pytest.fixture(scope="module")
def shop(instance: Instance) -> Instance:
    """Seed a slow statement and an N+1, and let both run for a while."""
    instance.prepare(wanted_by("api"))
    with instance.server.connect() as owner:
        for key, value in AS_ON_RDS.items():
            owner.execute(f"ALTER SYSTEM SET {key} = {value}".encode())
        owner.execute("SELECT pg_reload_conf()")
    with instance.as_role("api") as api:
        api.execute(SEED.encode())
        for customer in range(20):
            api.execute(SLOW, [customer])
            for order in range(3):
                api.execute(ONE_OF_MANY, [order])
    with instance.server.connect(database="appdata") as owner:
        owner.execute("SELECT pg_stat_force_next_flush()")
    return instance


def run(shop: Instance, block: Block) -> list[list[Row]]:
    """The rows of each statement of a block, run by whom it is for; none for a statement that has none."""
    with shop.master() if block.by_master else shop.as_role("analyst") as session, session.cursor(row_factory=dict_row) as cursor:
        answers: list[list[Row]] = []
        for statement in block.statements:
            cursor.execute(statement.encode())
            answers.append([*cursor.fetchall()] if cursor.description else [])
        return answers


def plan(rows: list[Row]) -> str:
    """The text of a plan."""
    return "\n".join(row["QUERY PLAN"] for row in rows)


@contextmanager
def meanwhile(work: Callable[[], object]) -> Iterator[None]:
    """Do something over and over in the background."""
    over = threading.Event()

    def again() -> None:
        while not over.is_set():
            work()

    thread = threading.Thread(target=again)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def await_rows(look: Callable[[], list[T]]) -> list[T]:
    """What is there as soon as anything is."""
    for _ in range(100):
        rows = look()
        if rows:
            return rows
        time.sleep(0.1)
    raise AssertionError("nothing came")


@pytest.fixture(autouse=True)
def without_the_index(shop: Instance) -> Iterator[None]:
    """Each test leaves the fault where it was."""
    yield
    with shop.as_role("api") as api:
        api.execute("DROP INDEX IF EXISTS api.orders_of_a_customer")


@pytest.mark.parametrize("block", [block for block in blocks() if block.kind == "sql"], ids=lambda block: block.heading)
def test_every_block_runs_as_it_stands(shop: Instance, block: Block) -> None:
    """By whom the page says: nothing in it is for the eye alone."""
    assert len(run(shop, block)) == len(block.statements) > 0


@pytest.mark.parametrize("block", [block for block in blocks() if block.by_master], ids=lambda block: block.heading)
def test_what_is_for_the_master_is_not_for_the_analyst(shop: Instance, block: Block) -> None:
    """The role that looks cannot do what the page does as the master; but ending nobody is allowed to everybody."""
    if block.heading.startswith("3. "):
        with lock_held(shop), shop.as_role("analyst") as analyst, pytest.raises(errors.InsufficientPrivilege):
            analyst.execute(block.text.encode())
    else:
        with shop.as_role("analyst") as analyst, pytest.raises((errors.InsufficientPrivilege, errors.ReadOnlySqlTransaction)):
            analyst.execute(block.statements[0].encode())


@contextmanager
def lock_held(shop: Instance) -> Iterator[tuple[int, int]]:
    """A transaction that somebody left open, and a statement that waits for it; their processes."""
    with closing(shop.as_role("api")) as blocker, closing(shop.as_role("api")) as waiter:
        blocker.execute("BEGIN")
        blocker.execute("UPDATE orders SET note = '' WHERE id = 1")

        def wait() -> None:
            waiter.execute("UPDATE orders SET note = 'x' WHERE id = 1")

        thread = threading.Thread(target=wait)
        thread.start()
        try:
            with shop.server.connect() as owner:
                waits = "SELECT FROM pg_stat_activity WHERE pid = %s AND wait_event_type = 'Lock'"
                await_rows(lambda: [{} for _ in owner.execute(waits, [waiter.info.backend_pid])])
            yield blocker.info.backend_pid, waiter.info.backend_pid
        finally:
            if not blocker.broken:
                blocker.cancel_safe()
            blocker.close()
            thread.join()


def test_step_2_shows_what_runs(shop: Instance) -> None:
    """The statement, its service, and what it waits for; not whoever asks."""
    [block] = step("2")
    with lock_held(shop) as (blocker, waiter):
        [rows] = run(shop, block)
    found = {row["pid"]: row for row in rows}
    assert found[waiter]["wait_event_type"] == "Lock"
    assert found[blocker]["state"] == "idle in transaction"
    assert {row["service"] for row in rows} == {"api"}


def test_step_3_names_who_blocks_and_ends_it(shop: Instance) -> None:
    """The waiting statement and the open transaction; ended, the other goes on."""
    look, end = step("3")
    with lock_held(shop) as (blocker, waiter):
        [[row]] = run(shop, look)
        assert (row["pid"], row["blocked_by"], row["of_service"]) == (waiter, blocker, "api")
        assert row["its_last_statement"].startswith("UPDATE orders SET note")
        [[ended]] = run(shop, end)
        assert (ended["pid"], ended["ended"]) == (blocker, True)
    with shop.as_role("api") as api:
        assert api.execute("SELECT note FROM orders WHERE id = 1").fetchone() == ("x",)
    assert run(shop, look) == [[]]


def test_step_4_puts_the_slow_statement_first(shop: Instance) -> None:
    """Of what the service runs: many pages for few rows."""
    statements, settings = step("4")
    [rows] = run(shop, statements)
    by_api = [row for row in rows if row["service"] == "api" and row["statement"].startswith("SELECT")]
    assert by_api[0]["statement"].startswith("SELECT id, total FROM api.orders WHERE customer_id = $1")
    assert by_api[0]["calls"] >= 20
    assert by_api[0]["pages_per_call"] > 100 * by_api[0]["rows_per_call"]
    [known] = run(shop, settings)
    assert [row["name"] for row in known] == [
        "auto_explain.log_min_duration",
        "log_lock_waits",
        "log_min_duration_statement",
        "log_temp_files",
        "track_io_timing",
    ]


def test_step_5_finds_the_n_plus_1_by_its_calls(shop: Instance) -> None:
    """One list and a hundred statements for its rows, each of them fast."""
    count, instead = step("5")
    with closing(shop.as_role("api")) as api:

        def page() -> None:
            for order in range(100):
                api.execute(ONE_OF_MANY, [order])
            time.sleep(0.5)

        with meanwhile(page):
            [rows] = run(shop, count)
    first = rows[0]
    assert first["statement"].startswith("SELECT product, pieces FROM api.order_lines WHERE order_id = $1")
    assert first["calls_per_minute"] > 600
    assert (first["service"], first["mean_ms"] < 5, first["rows_per_call"]) == ("api", True, 3)
    [answered] = run(shop, instead)
    assert {row["order_id"]: row["count"] for row in answered} == {17: 3, 18: 3, 19: 3}


def test_step_6_leads_to_the_table_without_an_index(shop: Instance) -> None:
    """The large one that is read whole, by the statistics and by both plans; the small one is left out."""
    tables, generic, real, known = step("6")
    [found] = run(shop, tables)
    assert [row["of_table"] for row in found] == ["api.orders"]
    assert found[0]["read_whole"] >= 20
    for block in (generic, real):
        [rows] = run(shop, block)
        assert "Seq Scan on orders" in plan(rows)
    assert "Rows Removed by Filter" in plan(rows)
    indexes, [statistics] = run(shop, known)
    assert [row["definition"] for row in indexes] == ["CREATE UNIQUE INDEX orders_pkey ON api.orders USING btree (id)"]
    assert statistics["rows"] == 200_000
    assert statistics["analyzed"]


def test_steps_7_and_8_make_the_index_and_see_it_used(shop: Instance) -> None:
    """Under writes of everybody; the same statement then reads a few pages by it, and the master has given the role back."""
    make, _progress, half_made, _drop = step("7")
    again, used = step("8")
    [before] = run(shop, again)
    assert "orders_of_a_customer" not in plan(before)
    with closing(shop.as_role("api")) as writer, meanwhile(lambda: writer.execute("UPDATE orders SET total = total WHERE id = 7")):
        run(shop, make)
    [after] = run(shop, again)
    assert "Index Scan using orders_of_a_customer on orders" in plan(after)
    assert "Seq Scan" not in plan(after)
    assert run(shop, half_made) == [[]]
    with shop.as_role("api") as api:
        api.execute(SLOW, [1234])
        api.execute("SELECT pg_stat_force_next_flush()")
    [indexes] = run(shop, used)
    assert {row["index"]: row["used"] > 0 for row in indexes}["api.orders_of_a_customer"]
    with shop.master() as master, pytest.raises(errors.InsufficientPrivilege):
        master.execute("SET ROLE api")


def test_step_7_sees_what_is_under_way_and_what_was_left_half_made(shop: Instance) -> None:
    """An index that waits for an open transaction shows its phase; ended there, it is the one to drop."""
    make, progress, half_made, drop = step("7")
    with closing(shop.as_role("api")) as open_, closing(shop.as_role("api")) as maker:
        open_.execute("BEGIN")
        open_.execute("UPDATE orders SET total = total WHERE id = 9")

        def build() -> None:
            with pytest.raises(psycopg.Error):
                maker.execute("CREATE INDEX CONCURRENTLY orders_half_made ON api.orders (total)")

        thread = threading.Thread(target=build)
        thread.start()
        [row] = await_rows(lambda: run(shop, progress)[0])
        assert (row["of_table"], row["phase"]) == ("api.orders", "waiting for writers before build")
        maker.cancel_safe()
        thread.join()
    [[left]] = run(shop, half_made)
    assert left["half_made"] == "api.orders_half_made"
    run(shop, drop)
    assert run(shop, half_made) == [[]]
    assert make.by_master


def entries(shop: Instance) -> list[str]:
    """The server's log as CloudWatch has it: an entry goes on to the next one's time."""
    return re.split(r"\n(?=\d{4}-\d\d-\d\d \d\d:\d\d:\d\d )", shop.server.log)


def searched(shop: Instance, called: str) -> list[dict[str, str]]:
    """What a search of the page takes out of the log's entries, by its own expressions."""
    [block] = [block for block in blocks() if block.kind == "insights" and block.words == called]
    filters = re.findall(r"like /(.+?)/(?= or|$)", block.text.splitlines()[0])
    [parse] = re.findall(r"parse @message /(.+)/$", block.text, re.MULTILINE)
    expression = re.compile(parse.replace("(?<", "(?P<"))
    kept = [entry for entry in entries(shop) if any(re.search(each, entry) for each in filters)]
    return [match.groupdict() for match in map(expression.search, kept) if match]


def test_the_search_for_slow_statements_reads_the_log(shop: Instance) -> None:
    """Service, time and statement of each entry; a plan is not counted as one more."""
    found = searched(shop, "slowest statements")
    slow = [entry for entry in found if entry["text"].startswith("SELECT id, total FROM api.orders")]
    assert len(slow) >= 20
    assert {entry["service"] for entry in slow} == {"api"}
    assert all(float(entry["ms"]) > 0 for entry in slow)


def test_the_search_for_the_same_statement_counts_an_n_plus_1(shop: Instance) -> None:
    """Whatever its values are, the text is one: sixty of it, where the list's statement is there twenty times."""
    found = searched(shop, "same statement per minute")
    texts = [entry["text"].splitlines()[0] for entry in found if entry["service"] == "api"]
    assert texts.count("SELECT product, pieces FROM api.order_lines WHERE order_id = $1") >= 60


def test_the_search_for_plans_finds_the_plan_of_the_slow_statement(shop: Instance) -> None:
    """`auto_explain` has written it, with what was read in vain."""
    [entry] = [each for each in searched(shop, "plans") if "api.orders WHERE customer_id" in each["plan"]][:1]
    assert "Seq Scan on orders" in entry["plan"]
    assert "Rows Removed by Filter" in entry["plan"]


def test_the_search_for_locks_finds_who_waited(shop: Instance) -> None:
    """After the time that makes a wait worth an entry."""
    with lock_held(shop):
        found = await_rows(lambda: searched(shop, "waits for locks"))
    assert found[-1]["service"] == "api"
