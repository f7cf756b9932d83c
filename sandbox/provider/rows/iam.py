"""IAM: roles and the policies in them."""

from sandbox.provider.names import Naming
from sandbox.provider.row import Call, Row, Tagging


def tagging(noun: str) -> Tagging:
    """Return how things of a kind (`role`, `instance_profile`) are tagged: IAM has operations for each, and answers tags with the thing."""
    name = noun.title().replace("_", "") + "Name"
    return Tagging(
        Call(f"tag_{noun}", f"{{{name}: id, Tags: tags}}"),
        Call(f"untag_{noun}", f"{{{name}: id, TagKeys: keys}}"),
    )


ROWS = (
    Row(
        type="aws.iam.Role",
        create=Call("create_role", take="Role"),
        id="{name}",
        read=Call(
            "get_role",
            "{RoleName: id}",
            "Role && merge(Role, {permissionsBoundary: Role.PermissionsBoundary.PermissionsBoundaryArn, uniqueId: Role.RoleId})",
        ),
        update=(
            Call("update_role", "{RoleName: id, Description: description || ''}"),
            Call("update_assume_role_policy", "{RoleName: id, PolicyDocument: assumeRolePolicy}"),
            Call("put_role_permissions_boundary", "{RoleName: id}", when="permissionsBoundary"),
            Call("delete_role_permissions_boundary", "{RoleName: id}", on=("permissionsBoundary",), when="!permissionsBoundary"),
        ),
        delete=Call("delete_role", "{RoleName: id}"),
        names={"assumeRolePolicy": "AssumeRolePolicyDocument"},
        defaults={"path": "/", "maxSessionDuration": 3600, "forceDetachPolicies": False},
        replaces=("name", "namePrefix", "path"),
        kept=("forceDetachPolicies",),
        naming=Naming(64),
        tagging=tagging("role"),
        documents=("assumeRolePolicy",),
    ),
    Row(
        type="aws.iam.RolePolicy",
        create=Call("put_role_policy"),
        id="{role}:{name}",
        read=Call("get_role_policy", "{RoleName: role, PolicyName: name}"),
        update=Call("put_role_policy"),
        delete=Call("delete_role_policy", "{RoleName: role, PolicyName: name}"),
        names={"role": "RoleName", "name": "PolicyName", "policy": "PolicyDocument"},
        replaces=("role", "name", "namePrefix"),
        naming=Naming(128),
        documents=("policy",),
    ),
)
