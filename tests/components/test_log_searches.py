import pulumi_aws as aws
import pytest

from components.log_searches import SEARCHES, LogSearches, LogSearchesArgs
from tests.postgres.page import blocks
from tests.rendering import Rendering, run


@pytest.fixture(scope="module")
def searches() -> Rendering:
    """Make the searches of a stack."""

    def program() -> None:
        LogSearches("searches", LogSearchesArgs(log_group_names=["/aws/rds/instance/database/postgresql"]))

    return run(program, {}, stack="prod")


def test_each_search_is_found_under_the_stack_s_name(searches: Rendering) -> None:
    """In the database's log, by what the page calls it."""
    made = searches.of(aws.cloudwatch.QueryDefinition)
    assert {each.inputs["name"] for each in made} == {
        "switchyard/prod/database/slowest statements",
        "switchyard/prod/database/plans",
        "switchyard/prod/database/same statement per minute",
        "switchyard/prod/database/waits for locks",
    }
    assert {tuple(each.inputs["logGroupNames"]) for each in made} == {("/aws/rds/instance/database/postgresql",)}


def test_the_page_on_slow_queries_shows_the_same_searches() -> None:
    """Word for word: what its tests read a real log with is what the stack saves."""
    assert dict(SEARCHES.values()) == {block.words: block.text for block in blocks() if block.kind == "insights"}


def test_names_leave_room_for_what_is_appended(searches: Rendering) -> None:
    """At most 24 characters, under a component that is called `searches`."""
    assert all(len(each.name) <= 24 for each in searches.of(aws.cloudwatch.QueryDefinition))
