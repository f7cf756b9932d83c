import pytest

from sandbox.provider import schema
from sandbox.provider.diff import Change, changes, drifted, same
from sandbox.provider.wire import UNKNOWN

TARGET_GROUP = schema.load("aws.lb.TargetGroup").computed


@pytest.mark.parametrize(
    ("old", "new", "alike"),
    [
        (None, "", True),
        (None, False, True),
        (None, [], True),
        (None, 0, False),
        ('{"a": 1, "b": [2]}', '{"b":[2],"a":1}', True),
        ('{"a": 1}', '{"a": 2}', False),
        ("{x", "{y", False),
        ("arn:aws:kms:eu-west-1:1:key/abc", "abc", True),
        ("arn:aws:kms:eu-west-1:1:key/abc", "bc", False),
        ({"a": None}, {}, True),
        ([1, 2], [2, 1], False),
        (["a"], "a", False),
        ({"block": {}}, {"block": {}}, True),
        ({"block": {}}, {"count": {}}, False),
        ({"block": {}, "tags": {}}, {"block": {}}, True),
    ],
)
def test_two_values_are_the_same_when_aws_takes_them_so(old: object, new: object, alike: bool) -> None:  # noqa: FBT001 - a column of the table
    """In either order."""
    assert same(old, new) is same(new, old) is alike


def test_a_weight_is_found_where_it_is() -> None:
    """The path leads to the number that an operator wants to see."""
    old = {"actions": [{"forward": {"targetGroups": [{"arn": "b", "weight": 100}, {"arn": "g", "weight": 0}]}}]}
    new = {"actions": [{"forward": {"targetGroups": [{"arn": "b", "weight": 90}, {"arn": "g", "weight": 0}, {"arn": "x"}]}}]}
    assert list(changes(old, new)) == [
        Change("actions[0].forward.targetGroups[0].weight", "UPDATE"),
        Change("actions[0].forward.targetGroups[2]", "ADD"),
    ]


def test_another_choice_is_a_change_where_it_is_made() -> None:
    """Of a member that says something only by its name."""
    old: dict[str, object] = {"rules": [{"action": {"block": {}}}]}
    new: dict[str, object] = {"rules": [{"action": {"count": {}}}]}
    assert list(changes(old, new)) == [Change("rules[0].action", "UPDATE")]


def test_keys_that_are_no_words_are_quoted() -> None:
    """Tags may have dots."""
    assert list(changes({"tags": {"a.b": "1"}}, {"tags": {}})) == [Change('tags["a.b"]', "DELETE")]


def test_what_aws_chooses_is_no_change_when_it_is_no_longer_asked_for() -> None:
    """What stays unset then is one, and so is a tag."""
    old = {"slowStart": 30, "protocolVersion": "HTTP1", "tagsAll": {"a": "b"}}
    assert [change.path for change in changes(old, {}, TARGET_GROUP)] == ["slowStart", "tagsAll"]


def test_an_unknown_value_is_a_change() -> None:
    """It may be another one."""
    assert [change.path for change in changes({"vpcId": "vpc-1"}, {"vpcId": UNKNOWN}, TARGET_GROUP)] == ["vpcId"]


def test_a_change_lies_within_the_property_that_replaces() -> None:
    """Positions in lists count for nothing."""
    change = Change("rules[3].source.cidr", "UPDATE")
    assert change.name == "rules"
    assert change.within(["rules.source"])
    assert change.within(["rules"])
    assert not change.within(["rule", "rules.sourc"])


@pytest.mark.parametrize(
    ("old", "actual", "wanted"),
    [
        ({"a": 1}, {"a": 1, "b": 2}, {"a": 1}),
        ({"a": 1, "b": 2}, {"b": 3}, {"a": 1, "b": 3}),
        ({"a": "x"}, {"a": None}, {}),
        (["a", "b"], ["b", "a"], ["a", "b"]),
        (["a", "b"], ["b", "c"], ["b", "c"]),
        (
            [{"arn": "blue", "weight": 100}, {"arn": "green", "weight": 0}],
            [{"arn": "green", "weight": 50, "extra": 1}, {"arn": "blue", "weight": 50}],
            [{"arn": "blue", "weight": 50}, {"arn": "green", "weight": 50}],
        ),
        ([{"type": "forward", "forward": {"arns": ["a"]}}], [], []),
        ([], [{"a": 1}], [{"a": 1}]),
        ({"action": {"block": {}}}, {"action": {"count": {}}}, {"action": {"count": {}}}),
    ],
)
def test_drift_shows_in_the_inputs_and_nothing_else_does(old: object, actual: object, wanted: object) -> None:
    """What AWS added by itself and the order it answers in are no drift."""
    assert drifted(old, actual) == wanted
