import pulumi_aws as aws
import pulumi_random as random
import pytest

from components.redis_users import RedisUsers, RedisUsersArgs
from tests.graph import plain, takes_from
from tests.rendering import SECRET_KEY, Rendering, run


def users(version: int, engine: str = "valkey") -> Rendering:
    """The users of a Redis after so many rotations."""

    def program() -> None:
        RedisUsers("users", RedisUsersArgs(engine=engine, password_version=version))

    return run(program, {}, preview=False)


def versions(rendering: Rendering) -> dict[str, str]:
    """The version that each password is of; it is made anew when that changes."""
    return {made.name: made.inputs["keepers"]["version"] for made in rendering.of(random.RandomPassword)}


@pytest.mark.parametrize(
    ("version", "odd", "even"), [(1, "1", "0"), (2, "1", "2"), (3, "3", "2"), (4, "3", "4")], ids=["new", "once", "twice", "thrice"]
)
def test_a_rotation_makes_one_password_and_leaves_the_one_before(version: int, odd: str, even: str) -> None:
    """Nobody who has the password before is locked out; the one before that is gone."""
    rendering = users(version)
    assert versions(rendering) == {"users-odd": odd, "users-even": even, "users-nobody": "0"}
    user = rendering.one(aws.elasticache.User, "users-services")
    assert takes_from(rendering, user, "passwords", random.RandomPassword) == {"users-odd", "users-even"}


def test_the_default_user_may_nothing_and_has_a_password_that_nobody_is_told() -> None:
    """A client that names no user is that one; Valkey takes no user without a password."""
    rendering = users(2)
    user = rendering.one(aws.elasticache.User, "users-default")
    assert user.inputs["userName"] == "default"
    assert user.inputs["accessString"] == "off ~* -@all"
    assert user.inputs["noPasswordRequired"] is False
    assert takes_from(rendering, user, "passwords", random.RandomPassword) == {"users-nobody"}


def test_services_may_not_empty_or_reconfigure_the_engine() -> None:
    """All keys and channels, and what clients ask when they connect."""
    access = users(1).one(aws.elasticache.User, "users-services").inputs["accessString"].split()
    assert access == ["on", "~*", "&*", "+@all", "-@dangerous", "+info"]


@pytest.mark.parametrize("engine", ["valkey", "redis"])
def test_redis_admits_one_group_with_both_users(engine: str) -> None:
    """AWS takes no group without a user of the name `default`; users and group are of the engine."""
    rendering = users(1, engine)
    group = rendering.one(aws.elasticache.UserGroup, "users")
    assert takes_from(rendering, group, "userIds", aws.elasticache.User) == {"users-default", "users-services"}
    assert {made.inputs["engine"] for made in (group, *rendering.of(aws.elasticache.User))} == {engine}


def test_passwords_are_secrets_that_elasticache_takes() -> None:
    """64 letters and digits: a special character would have to be one of eight."""
    rendering = users(1)
    assert all(made.inputs["length"] == 64 and made.inputs["special"] is False for made in rendering.of(random.RandomPassword))
    for user in rendering.of(aws.elasticache.User):
        assert SECRET_KEY in user.inputs["passwords"]
        assert 1 <= len(plain(user.inputs["passwords"])) <= 2


def test_ids_are_in_lowercase_and_short() -> None:
    """AWS would turn them into lowercase itself, and the engine would see drift in that for ever."""
    rendering = users(1)
    ids = [user.inputs["userId"] for user in rendering.of(aws.elasticache.User)]
    assert all(each == each.lower() and len(each) <= 40 and "--" not in each for each in ids)
    assert len(set(ids)) == len(ids)
