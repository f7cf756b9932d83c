"""Who may log in to Redis: the services, by the password of now and the one before; the user that everybody is by default may not."""

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws
import pulumi_random as random

from components.naming import lowercase_name

SERVICES = "redis-services"
"""The name that the services log in with. It is told as a parameter, whose value all logs and messages leave out: a word that
occurs in them otherwise would be missing there."""
MAY = "on ~* &* +@all -@dangerous +info"
"""All keys and channels, and no command that empties, halts or reconfigures the engine; clients ask `info` whether it is ready."""
NOTHING = "off ~* -@all"

PASSWORD_LENGTH = 64
"""ElastiCache takes 16 to 128 characters (https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html)."""
ID_LIMIT = 40
SLOTS = ("even", "odd")
"""By the version's remainder: each password keeps its place for two versions, so that a rotation makes one anew and leaves the other."""


@dataclass(frozen=True, kw_only=True)
class RedisUsersArgs:
    """The engine, and how often the password was changed."""

    engine: str
    """`valkey` or `redis`."""
    password_version: int
    """From 1; the next one is made beside the one before."""


class RedisUsers(pulumi.ComponentResource):
    """The users of a Redis in the group that it admits, and their passwords.

    The services' user takes two passwords: that of `password_version`, and that of the version before, with which instances run that have
    not started since. The user `default`, which clients are that name none, is off; Valkey takes no user without a password, so it has one
    that nobody is told. The engine's state holds the passwords, encrypted. Stateful in them; costs nothing.
    """

    group_id: pulumi.Output[str]
    """The group that Redis admits."""
    password: pulumi.Output[str]
    """The one of now, as a secret."""
    services: aws.elasticache.User
    """Must know a password before the services are told of it."""

    def __init__(self, name: str, args: RedisUsersArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("switchyard:data:RedisUsers", name, None, opts)
        now, before = (self._password(name, version) for version in (args.password_version, args.password_version - 1))
        nobodys = self._made(f"{name}-nobody")
        self.services = self._user(f"{name}-services", SERVICES, MAY, [now, before], args)
        default = self._user(f"{name}-default", "default", NOTHING, [nobodys], args)
        self.group_id = self._group(name, [default, self.services], args).user_group_id
        self.password = now.result
        self.register_outputs({})

    def _password(self, name: str, version: int) -> random.RandomPassword:
        """The password of a version; its place is taken by the one after the next."""
        return self._made(f"{name}-{SLOTS[version % len(SLOTS)]}", version)

    def _made(self, name: str, version: int = 0) -> random.RandomPassword:
        return random.RandomPassword(
            name,
            length=PASSWORD_LENGTH,
            special=False,
            keepers={"version": str(version)},
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _user(
        self, name: str, user_name: str, access: str, passwords: list[random.RandomPassword], args: RedisUsersArgs
    ) -> aws.elasticache.User:
        return aws.elasticache.User(
            name,
            user_id=lowercase_name(name, ID_LIMIT),
            user_name=user_name,
            engine=args.engine,
            access_string=access,
            no_password_required=False,
            passwords=[password.result for password in passwords],
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _group(self, name: str, users: list[aws.elasticache.User], args: RedisUsersArgs) -> aws.elasticache.UserGroup:
        return aws.elasticache.UserGroup(
            name,
            user_group_id=lowercase_name(name, ID_LIMIT),
            engine=args.engine,
            user_ids=[user.user_id for user in users],
            opts=pulumi.ResourceOptions(parent=self),
        )
