"""ElastiCache: subnet groups, parameter groups, users and groups of them."""

from collections.abc import Iterator, Sequence
from typing import Any

from sandbox.provider.limits import Limit
from sandbox.provider.names import Naming
from sandbox.provider.row import Call, Facts, Row
from sandbox.provider.schema import Failure
from sandbox.provider.wire import UNKNOWN

FORM, SAID = r"[a-z](?!.*--)[a-z0-9-]*(?<!-)", "lower-case letters, digits and single hyphens, a letter first"
"""Of names and ids; AWS makes capitals small."""

NAMING = Naming(255, lower=True, pattern=FORM, says=SAID)

ID = Limit(1, 40, FORM, SAID)

ENGINES = ("redis", "valkey", "REDIS", "VALKEY")

PASSWORDS, SHORTEST, LONGEST = 2, 16, 128
"""A user's, so that one can be changed while the other is in use; characters of each."""

DESCRIPTION = {"description": "Managed by Pulumi"}

PER_CALL = 20
"""Parameters that AWS takes at once."""


def _valued(parameters: Any) -> dict[str, str]:
    return {each["name"]: each["value"] for each in parameters or ()}


def _set_parameters(client: Any, facts: Facts) -> None:
    """Reset what is no longer asked for, and set what has changed, as many at a time as AWS takes."""
    old, new = _valued(facts["old"].get("parameters")), _valued(facts.get("parameters"))
    gone = [{"ParameterName": name, "ParameterValue": value} for name, value in old.items() if name not in new]
    fresh = [{"ParameterName": name, "ParameterValue": value} for name, value in new.items() if old.get(name) != value]
    for operation, all_ in ((client.reset_cache_parameter_group, gone), (client.modify_cache_parameter_group, fresh)):
        for start in range(0, len(all_), PER_CALL):
            operation(CacheParameterGroupName=facts["id"], ParameterNameValues=all_[start : start + PER_CALL])


def _swap_users(client: Any, facts: Facts) -> None:
    """Tell AWS who comes and who goes; it takes no list of all."""
    old, new = facts["old"].get("userIds") or [], facts.get("userIds") or []
    moves = {"UserIdsToAdd": [id_ for id_ in new if id_ not in old], "UserIdsToRemove": [id_ for id_ in old if id_ not in new]}
    engine = {"Engine": facts["engine"]} if facts["engine"] != facts["old"].get("engine") else {}
    client.modify_user_group(UserGroupId=facts["id"], **engine, **{name: ids for name, ids in moves.items() if ids})


def _wrong(passwords: Sequence[str]) -> Iterator[str]:
    """Say what is wrong with passwords, without them."""
    if len(passwords) > PASSWORDS:
        yield f"a user has at most {PASSWORDS} passwords"
    if any(not SHORTEST <= len(each) <= LONGEST for each in passwords if UNKNOWN not in each):
        yield f"a password has {SHORTEST} to {LONGEST} characters"


def _user_failures(inputs: Facts) -> Iterator[Failure]:
    mode = inputs.get("authenticationMode") or {}
    given = [name for name in ("passwords", "noPasswordRequired", "authenticationMode") if inputs.get(name)]
    if len(given) > 1:
        yield given[0], f"conflicts with {', '.join(given[1:])}: say once how the user proves who it is"
    for path, passwords in (("passwords", inputs.get("passwords")), ("authenticationMode.passwords", mode.get("passwords"))):
        yield from ((path, reason) for reason in _wrong(passwords or ()))
    if mode.get("passwords") and mode.get("type", "password") != "password":
        yield "authenticationMode.passwords", f"the type {mode['type']} takes none"
    if mode.get("type") == "iam" and {"userName", "userId"} <= inputs.keys() and inputs["userName"] != inputs["userId"]:
        yield "userName", "a user that logs in by IAM has the same name and id"


MODE = "Users[0].Authentication.{type: Type == 'no-password' && 'no-password-required' || Type, passwordCount: PasswordCount}"
"""AWS takes one word for a user without password, and answers another one. It never answers a password."""

ROWS = (
    Row(
        type="aws.elasticache.SubnetGroup",
        noun="CacheSubnetGroup",
        create=Call("create_cache_subnet_group", take="CacheSubnetGroup"),
        id="CacheSubnetGroupName",
        read=Call(
            "describe_cache_subnet_groups",
            "{CacheSubnetGroupName: id}",
            "CacheSubnetGroups[0] && merge(CacheSubnetGroups[0], {subnetIds: CacheSubnetGroups[0].Subnets[].SubnetIdentifier})",
        ),
        update=Call("modify_cache_subnet_group", "{CacheSubnetGroupName: id}"),
        delete=Call("delete_cache_subnet_group", "{CacheSubnetGroupName: id}"),
        defaults=DESCRIPTION,
        naming=NAMING,
        limits={"subnetIds": Limit(1)},
    ),
    Row(
        type="aws.elasticache.ParameterGroup",
        noun="CacheParameterGroup",
        create=Call("create_cache_parameter_group", take="CacheParameterGroup"),
        id="CacheParameterGroupName",
        read=(
            Call("describe_cache_parameter_groups", "{CacheParameterGroupName: id}", "CacheParameterGroups[0]"),
            Call(
                "describe_cache_parameters",
                "{CacheParameterGroupName: id, Source: 'user'}",
                "{parameters: Parameters[].{name: ParameterName, value: ParameterValue}}",
            ),
        ),
        update=Call(_set_parameters, on=("parameters",)),
        delete=Call("delete_cache_parameter_group", "{CacheParameterGroupName: id}"),
        defaults=DESCRIPTION,
        replaces=("family", "description"),
        naming=NAMING,
    ),
    Row(
        type="aws.elasticache.User",
        create=Call("create_user"),
        id="UserId",
        read=(
            Call("describe_users", "{UserId: id}", "Users[?Status != 'deleting'] | [0]"),
            Call("describe_users", "{UserId: id}", f"{{authenticationMode: {MODE}}}"),
        ),
        update=Call("modify_user", "{UserId: id}"),
        delete=Call("delete_user", "{UserId: id}"),
        replaces=("userId", "userName"),
        lost=("passwords", "noPasswordRequired"),
        limits={
            "userId": ID,
            "userName": Limit(1, 40),
            "engine": Limit(choices=ENGINES),
        },
        check=_user_failures,
    ),
    Row(
        type="aws.elasticache.UserGroup",
        create=Call("create_user_group"),
        id="UserGroupId",
        read=Call("describe_user_groups", "{UserGroupId: id}", "UserGroups[0]"),
        update=Call(_swap_users, on=("userIds", "engine")),
        delete=Call("delete_user_group", "{UserGroupId: id}"),
        replaces=("userGroupId",),
        limits={"userGroupId": ID, "engine": Limit(choices=ENGINES)},
    ),
)
