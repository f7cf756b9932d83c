import pytest

from sandbox.provider import tags
from sandbox.provider.wire import UNKNOWN

DEFAULTS = {"Project": "switchyard", "Owner": "default"}


def test_the_resource_wins_over_the_defaults() -> None:
    """Both show up in `tagsAll`."""
    assert tags.merged({"Owner": "own"}, DEFAULTS) == {"Project": "switchyard", "Owner": "own"}
    assert tags.merged(None, DEFAULTS) == DEFAULTS


def test_an_unknown_tag_makes_all_of_them_unknown() -> None:
    """As the official provider does."""
    assert tags.merged({"Owner": UNKNOWN}, DEFAULTS) == UNKNOWN


def test_what_is_there_is_told_apart_again() -> None:
    """A default tag is not the resource's, unless it says so itself or the value is another; AWS's own count for nothing."""
    actual = {"Project": "switchyard", "Owner": "default", "Name": "web", "aws:cloudformation:stack-name": "x"}
    found = tags.split(actual, {"Owner": "default"}, DEFAULTS)
    assert found == {"tags": {"Owner": "default", "Name": "web"}, "tagsAll": {"Project": "switchyard", "Owner": "default", "Name": "web"}}
    assert tags.split({"Project": "other"}, {}, DEFAULTS)["tags"] == {"Project": "other"}


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ({"aws:name": "x"}, 'tags["aws:name"]'),
        ({"Name": "a,b"}, 'tags["Name"]'),
        ({"Name": "x" * 257}, 'tags["Name"]'),
        ({"n" * 129: "x"}, f'tags["{"n" * 129}"]'),
        ({str(number): "x" for number in range(51)}, "tags"),
    ],
)
def test_tags_that_aws_refuses_are_named(given: dict[str, str], path: str) -> None:
    """Length, characters, number and AWS's own prefix."""
    assert [found for found, _ in tags.failures(given)] == [path]
    assert not list(tags.failures({"Name": "a b_c.d:e/f=g+h-i@j", "Later": UNKNOWN}))
