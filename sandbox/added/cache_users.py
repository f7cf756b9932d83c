"""ElastiCache: users that can be changed, and groups of them.

https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html
"""

from collections.abc import Iterable
from typing import Any

from sandbox.added import Operation, Params, Record, RefusalError, found, shelf
from sandbox.added.cache_groups import arn_of, tag

MOST_PASSWORDS = 2
"""So that one can be changed while the other is in use."""

SHORTEST, LONGEST = 16, 128
"""Characters of a password."""

NO_PASSWORD = "no-password"  # noqa: S105 -- AWS's word for a user without one


def _user(backend: Any, id_: str) -> Any:
    return found(backend.users, id_, "UserNotFound", "User")


def _groups_of(backend: Any, user: Any) -> list[Record]:
    return [group for group in shelf(backend, "user_groups").values() if user.id in group["UserIds"]]


def _check_passwords(passwords: list[str]) -> None:
    if len(passwords) > MOST_PASSWORDS:
        raise RefusalError("InvalidParameterValue", f"A user has at most {MOST_PASSWORDS} passwords.")
    if any(not SHORTEST <= len(each) <= LONGEST for each in passwords):
        raise RefusalError("InvalidParameterValue", f"Passwords length must be between {SHORTEST}-{LONGEST} characters.")


def _modify_user(backend: Any, params: Params) -> Any:
    """Change a user, unless one of its groups could not bear that."""
    user = _user(backend, params["UserId"])
    before = {**vars(user)}
    user.access_string = params.get("AccessString", user.access_string) + params.get("AppendAccessString", "")
    user.engine = params.get("Engine", user.engine)
    _authenticate(user, params)
    try:
        for group in _groups_of(backend, user):
            _check_group(backend, group["Engine"], group["UserIds"])
    except RefusalError:
        vars(user).update(before)
        raise
    return user


def _authenticate(user: Any, params: Params) -> None:
    """Change how a user proves who it is, where the change says anything of that."""
    mode = params.get("AuthenticationMode") or {}
    passwords = params.get("Passwords") or mode.get("Passwords") or []
    kind = "no-password-required" if params.get("NoPasswordRequired") else "password" if passwords else mode.get("Type")
    if kind:
        _check_passwords(passwords)
        user.passwords, user.authentication_type, user.no_password_required = passwords, kind, kind == "no-password-required"


def _delete_user(backend: Any, params: Params) -> Any:
    """Delete a user; it leaves its groups, except one that would be without its default user."""
    user = _user(backend, params["UserId"])
    groups = _groups_of(backend, user)
    if user.name == "default" and any(group["Engine"] == "redis" for group in groups):
        raise RefusalError("DefaultUserAssociatedToUserGroup", "A default user of a group cannot be deleted.")
    for group in groups:
        group["UserIds"] = [id_ for id_ in group["UserIds"] if id_ != user.id]
    del backend.users[user.id]
    user.status = "deleting"
    return user


def _check_group(backend: Any, engine: str, user_ids: Iterable[str]) -> None:
    """Refuse a set of users that AWS would not take for an engine."""
    users = [_user(backend, id_) for id_ in user_ids]
    names = [user.name for user in users]
    if len(names) > len(set(names)):
        raise RefusalError("DuplicateUserName", "A user group takes one user of each name.")
    if engine == "redis" and "default" not in names:
        raise RefusalError("DefaultUserRequired", "A user group of engine redis needs a user with the user name default.")
    if engine == "redis" and any(user.engine != "redis" for user in users):
        raise RefusalError("InvalidParameterCombination", "A user group of engine redis takes users of that engine.")
    if engine == "valkey" and any(user.authentication["Type"] == NO_PASSWORD for user in users):
        raise RefusalError("InvalidParameterCombination", "A user group of engine valkey takes no user without a password.")


def user_group(backend: Any, id_: str | None) -> Record:
    """Return a user group. Raises RefusalError where there is none."""
    group: Record = found(shelf(backend, "user_groups"), id_, "UserGroupNotFound", "User group")
    return group


def _in_use(backend: Any, id_: str) -> list[str]:
    """Ids of the replication groups whose users these are."""
    return [name for name, each in backend.replication_groups.items() if id_ in (each.settings.get("UserGroupIds") or ())]


def _answered(backend: Any, group: Record) -> Record:
    return {**group, "ReplicationGroups": _in_use(backend, group["UserGroupId"])}


def _remember(backend: Any) -> None:
    """Let each user say which groups it is in."""
    for user in backend.users.values():
        user.user_group_ids = [group["UserGroupId"] for group in _groups_of(backend, user)]


def _create_group(backend: Any, params: Params) -> Record:
    id_, engine, user_ids = params["UserGroupId"], params["Engine"].lower(), params.get("UserIds") or []
    if id_ in shelf(backend, "user_groups"):
        raise RefusalError("UserGroupAlreadyExists", f"User group {id_} already exists.")
    _check_group(backend, engine, user_ids)
    arn = arn_of(backend, "usergroup", id_)
    tag(backend, arn, params)
    group = {"UserGroupId": id_, "Engine": engine, "UserIds": user_ids, "ARN": arn, "Status": "active", "MinimumEngineVersion": "6.0"}
    shelf(backend, "user_groups")[id_] = group
    _remember(backend)
    return _answered(backend, group)


def _describe_groups(backend: Any, params: Params) -> Record:
    id_ = params.get("UserGroupId")
    groups = [user_group(backend, id_)] if id_ else list(shelf(backend, "user_groups").values())
    return {"UserGroups": [_answered(backend, group) for group in groups]}


def _modify_group(backend: Any, params: Params) -> Record:
    group, gone = user_group(backend, params["UserGroupId"]), params.get("UserIdsToRemove") or ()
    engine = params.get("Engine", group["Engine"]).lower()
    user_ids = [*(id_ for id_ in group["UserIds"] if id_ not in gone), *(params.get("UserIdsToAdd") or ())]
    _check_group(backend, engine, user_ids)
    group |= {"Engine": engine, "UserIds": user_ids}
    _remember(backend)
    return _answered(backend, group)


def _delete_group(backend: Any, params: Params) -> Record:
    group = user_group(backend, params["UserGroupId"])
    users = _in_use(backend, group["UserGroupId"])
    if users:
        raise RefusalError("InvalidUserGroupState", f"User group {group['UserGroupId']} is associated with {', '.join(users)}.")
    del shelf(backend, "user_groups")[group["UserGroupId"]]
    _remember(backend)
    return {**group, "Status": "deleting"}


OPERATIONS: dict[str, Operation] = {
    "modify_user": _modify_user,
    "delete_user": _delete_user,
    "create_user_group": _create_group,
    "describe_user_groups": _describe_groups,
    "modify_user_group": _modify_group,
    "delete_user_group": _delete_group,
}
