import pytest

from sandbox.provider.wire import UNKNOWN, Secret, conceal, decode, encode, has_secret, has_unknown, known, plain

VALUES = {"text": "a", "whole": 3, "part": 0.5, "yes": True, "list": [{"secret": Secret(["token"])}], "later": UNKNOWN}


def test_what_is_encoded_is_decoded() -> None:
    """Numbers, secrets and unknown values survive the wire."""
    assert decode(encode(VALUES)) == VALUES


def test_properties_without_a_value_are_left_out() -> None:
    """The engine takes a null for a value."""
    assert decode(encode({"a": None, "b": {"c": None}})) == {"b": {}}


def test_plain_takes_the_wrappers_off() -> None:
    """AWS is told the secret itself."""
    assert plain(VALUES)["list"] == [{"secret": ["token"]}]
    assert has_secret(VALUES)
    assert not has_secret(plain(VALUES))


def test_the_unknown_parts_are_found_and_dropped() -> None:
    """Checks look at what is known."""
    assert has_unknown({"a": [{"b": UNKNOWN}]})
    assert known({"a": [{"b": UNKNOWN, "c": 1}, UNKNOWN], "d": UNKNOWN}) == {"a": [{"c": 1}]}
    assert known({"a": [{"b": UNKNOWN, "c": 1}, UNKNOWN], "d": UNKNOWN}, places=True) == {"a": [{"c": 1}, UNKNOWN]}


@pytest.mark.parametrize(
    ("value", "like", "wanted"),
    [
        ({"a": "x", "b": "y"}, {"a": Secret("x")}, {"a": Secret("x"), "b": "y"}),
        ([{"a": "x"}, {"a": "y"}], [{"a": "x"}, {"a": Secret("y")}], [{"a": "x"}, {"a": Secret("y")}]),
        (["x", "y"], [Secret("x")], Secret(["x", "y"])),
        ("x", {"a": Secret("x")}, Secret("x")),
        (["x"], ["x"], ["x"]),
    ],
)
def test_a_secret_stays_one_and_where_in_doubt_all_of_it(value: object, like: object, wanted: object) -> None:
    """A value that has changed its form hides whole rather than showing its secret."""
    assert conceal(value, like) == wanted
