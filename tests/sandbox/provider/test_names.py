import pytest

from sandbox.provider.names import NameTooLongError, Naming

SEED = b"seed"


def test_a_name_is_the_logical_one_and_seven_digits() -> None:
    """As the official provider makes them; the seed decides."""
    name = Naming(32).name("api-blue", SEED, {}, {})
    assert Naming(32).is_auto("api-blue", {"name": name})
    assert name == Naming(32).name("api-blue", SEED, {}, {})
    assert name != Naming(32).name("api-blue", b"other", {}, {})
    assert not Naming(32).is_auto("api-blue", {"name": "api-blue"})


def test_an_update_keeps_the_name_unless_it_was_given_by_the_program() -> None:
    """Otherwise each update would replace."""
    assert Naming().name("web", b"other", {"name": "web-0123abc"}, {}) == "web-0123abc"
    assert Naming().name("web", SEED, {"name": "fixed"}, {}) != "fixed"


def test_a_logical_name_that_leaves_no_room_is_refused_in_the_official_words() -> None:
    """They are what people search for."""
    with pytest.raises(
        NameTooLongError, match=r"^name 'a-name-of-thirty-two-characters-' plus 7 random chars is longer than maximum length 32$"
    ):
        Naming(32).name("a-name-of-thirty-two-characters", SEED, {}, {})


def test_a_prefix_is_followed_by_twenty_six_digits() -> None:
    """Six characters are left for it where AWS allows 32."""
    name = Naming(32).name("web", SEED, {}, {"namePrefix": "api-"})
    assert (name[:4], len(name)) == ("api-", 30)
    with pytest.raises(NameTooLongError):
        Naming(32).name("web", SEED, {}, {"namePrefix": "api-blue"})


def test_aws_may_want_lower_case_or_something_in_front() -> None:
    """Buckets and aliases."""
    assert Naming(63, "bucket", lower=True).name("Logs", SEED, {}, {}).startswith("logs-")
    assert Naming(256, prefix="alias/").name("data", SEED, {}, {}).startswith("alias/data-")
