"""Users of caches and their groups, as boto3 sees them."""

from typing import Any

import pytest

from tests.sandbox.added.conftest import Refused, says_gone

ON = "on ~* +@all"

FIRST, SECOND, THIRD = ("first-of-the-passwords", "second-of-the-passwords", "third-of-the-passwords")


def make(caches: Any, name: str, **parameters: Any) -> str:
    """Make a user whose id is its name and engine."""
    told = {"Engine": "valkey", "AccessString": ON, "Passwords": [FIRST], **parameters}
    id_ = f"{name}-{told['Engine']}"
    return str(caches.create_user(UserId=id_, UserName=name, **{key: value for key, value in told.items() if value is not None})["UserId"])


def user(caches: Any, id_: str) -> Any:
    """What AWS says of a user."""
    return caches.describe_users(UserId=id_)["Users"][0]


def test_a_password_is_changed_with_the_one_before_still_good(caches: Any) -> None:
    """Two at a time: the old one goes with the next change."""
    id_ = make(caches, "api")
    caches.modify_user(UserId=id_, Passwords=[FIRST, SECOND])
    assert user(caches, id_)["Authentication"] == {"Type": "password", "PasswordCount": 2}
    caches.modify_user(UserId=id_, AuthenticationMode={"Type": "password", "Passwords": [SECOND]})
    assert user(caches, id_)["Authentication"]["PasswordCount"] == 1


@pytest.mark.parametrize("passwords", [["too-short"], ["x" * 129], [FIRST, SECOND, THIRD]])
def test_a_password_that_aws_would_not_take_is_refused(caches: Any, refused: Refused, passwords: list[str]) -> None:
    """By its length, or as the third."""
    assert refused(caches.modify_user, UserId=make(caches, "api"), Passwords=passwords) == "InvalidParameterValue"


def test_a_change_leaves_alone_what_it_does_not_name(caches: Any) -> None:
    """The access string changes, or grows; the passwords stay."""
    id_ = make(caches, "api")
    caches.modify_user(UserId=id_, AccessString="off", AppendAccessString=" -@all")
    assert user(caches, id_)["AccessString"] == "off -@all"
    assert user(caches, id_)["Authentication"] == {"Type": "password", "PasswordCount": 1}
    caches.modify_user(UserId=id_, AuthenticationMode={"Type": "iam"})
    assert user(caches, id_)["Authentication"]["Type"] == "iam"


def test_a_group_says_who_is_in_it_and_its_users_say_so_too(caches: Any) -> None:
    """They come and go by name; a deleted user leaves by itself."""
    ids = [make(caches, name) for name in ("default", "api", "web")]
    caches.create_user_group(UserGroupId="ours", Engine="valkey", UserIds=ids[:2])
    changed = caches.modify_user_group(UserGroupId="ours", UserIdsToAdd=[ids[2]], UserIdsToRemove=[ids[1]])
    assert changed["UserIds"] == [ids[0], ids[2]]
    assert user(caches, ids[2])["UserGroupIds"] == ["ours"]
    assert user(caches, ids[1])["UserGroupIds"] == []
    caches.delete_user(UserId=ids[2])
    assert caches.describe_user_groups(UserGroupId="ours")["UserGroups"][0]["UserIds"] == ids[:1]


def test_a_valkey_group_takes_no_user_without_a_password(caches: Any, refused: Refused) -> None:
    """Neither when it is made, nor when one of its users is changed later."""
    open_ = make(caches, "open", Passwords=None, NoPasswordRequired=True)
    assert refused(caches.create_user_group, UserGroupId="ours", Engine="valkey", UserIds=[open_]) == "InvalidParameterCombination"
    api = make(caches, "api")
    caches.create_user_group(UserGroupId="ours", Engine="valkey", UserIds=[api])
    assert refused(caches.modify_user, UserId=api, NoPasswordRequired=True) == "InvalidParameterCombination"
    assert user(caches, api)["Authentication"] == {"Type": "password", "PasswordCount": 1}


def test_a_redis_group_needs_its_default_user(caches: Any, refused: Refused) -> None:
    """And takes users of its own engine, one of each name."""
    api, other = make(caches, "api", Engine="redis"), make(caches, "api")
    create = {"UserGroupId": "ours", "Engine": "redis"}
    assert refused(caches.create_user_group, **create, UserIds=[api]) == "DefaultUserRequired"
    assert refused(caches.create_user_group, **create, UserIds=["default", other]) == "InvalidParameterCombination"
    assert refused(caches.create_user_group, **create, UserIds=["default", api, other]) == "DuplicateUserName"
    caches.create_user_group(**create, UserIds=["default", api])
    assert refused(caches.delete_user, UserId="default") == "DefaultUserAssociatedToUserGroup"


def test_what_is_not_there_is_said_to_be_gone(caches: Any, refused: Refused) -> None:
    """In words that the provider knows."""
    assert says_gone(refused(caches.modify_user, UserId="nobody"))
    assert says_gone(refused(caches.describe_user_groups, UserGroupId="none"))
    assert says_gone(refused(caches.create_user_group, UserGroupId="ours", Engine="valkey", UserIds=["nobody"]))
