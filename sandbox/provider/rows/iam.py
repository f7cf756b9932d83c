"""IAM: roles, the policies in them, and what lets an instance act under one."""

from collections.abc import Iterator
from typing import Any

from sandbox.provider.names import Naming
from sandbox.provider.row import Call, Facts, Row, Tagging, switch
from sandbox.provider.schema import Failure

ROLE_NAME_LENGTH = 64
"""Characters."""

FOUND_ROLE = "Role && merge(Role, {permissionsBoundary: Role.PermissionsBoundary.PermissionsBoundaryArn, uniqueId: Role.RoleId})"


FOUND_PROFILE = "InstanceProfile && merge(InstanceProfile, {role: InstanceProfile.Roles[0].RoleName})"

PROFILE_AND_ROLE = "{InstanceProfileName: id, RoleName: role}"


def tagging(noun: str, at: str = "id") -> Tagging:
    """Return how things of a kind (`role`, `instance_profile`) are tagged: IAM has operations for each, and answers tags with the thing."""
    name = noun.title().replace("_", "") + "Name"
    return Tagging(
        Call(f"tag_{noun}", f"{{{name}: {at}, Tags: tags}}"),
        Call(f"untag_{noun}", f"{{{name}: {at}, TagKeys: keys}}"),
    )


def _linked_role(client: Any, facts: Facts) -> Any:
    """Return a service-linked role; service and suffix are in its ARN: `role/aws-service-role/SERVICE/NAME_SUFFIX`."""
    service, name = str(facts["id"]).split("/")[-2:]
    return {**client.get_role(RoleName=name)["Role"], "awsServiceName": service, "customSuffix": name.partition("_")[2] or None}


def _find_attachment(client: Any, facts: Facts) -> dict[str, Any] | None:
    """Return a policy that is attached to a role: AWS lists them all."""
    for page in client.get_paginator("list_attached_role_policies").paginate(RoleName=facts["role"]):
        for policy in page["AttachedPolicies"]:
            if policy["PolicyArn"] == facts["policyArn"]:
                return {"role": facts["role"], **policy}
    return None


def _linked_role_failures(inputs: Facts) -> Iterator[Failure]:
    """AWS puts the service's name in front of the suffix, and counts all of it."""
    name = f"AWSServiceRoleFor{inputs.get('awsServiceName', '').split('.')[0]}_{inputs.get('customSuffix', '')}"
    if len(name) > ROLE_NAME_LENGTH:
        yield "customSuffix", f"{name} has {len(name)} characters, more than the {ROLE_NAME_LENGTH} of a role's name"


ROWS = (
    Row(
        type="aws.iam.Role",
        create=Call("create_role", take="Role"),
        id="{name}",
        read=Call("get_role", "{RoleName: id}", FOUND_ROLE),
        update=(
            Call("update_role", "{RoleName: id, Description: description || ''}"),
            Call("update_assume_role_policy", "{RoleName: id, PolicyDocument: assumeRolePolicy}"),
            *switch("permissionsBoundary", "put_role_permissions_boundary", "delete_role_permissions_boundary", "{RoleName: id}"),
        ),
        delete=Call("delete_role", "{RoleName: id}"),
        names={"assumeRolePolicy": "AssumeRolePolicyDocument"},
        defaults={"path": "/", "maxSessionDuration": 3600},
        replaces=("path",),
        naming=Naming(ROLE_NAME_LENGTH),
        tagging=tagging("role"),
    ),
    Row(
        type="aws.iam.RolePolicy",
        create=Call("put_role_policy"),
        id="{role}:{name}",
        read=Call("get_role_policy", "{RoleName: role, PolicyName: name}"),
        update=Call("put_role_policy"),
        delete=Call("delete_role_policy", "{RoleName: role, PolicyName: name}"),
        names={"role": "RoleName", "name": "PolicyName", "policy": "PolicyDocument"},
        replaces=("role",),
        naming=Naming(128),
    ),
    Row(
        type="aws.iam.RolePolicyAttachment",
        create=Call("attach_role_policy"),
        id="{role}/{policyArn}",
        read=Call(_find_attachment),
        delete=Call("detach_role_policy", "{RoleName: role, PolicyArn: policyArn}"),
        names={"role": "RoleName"},
        replaces=("role", "policyArn"),
    ),
    Row(
        type="aws.iam.InstanceProfile",
        create=Call("create_instance_profile", take="InstanceProfile"),
        id="{name}",
        read=Call("get_instance_profile", "{InstanceProfileName: id}", FOUND_PROFILE),
        update=(
            Call("remove_role_from_instance_profile", "{InstanceProfileName: id, RoleName: old.role}", on=("role",), when="old.role"),
            Call("add_role_to_instance_profile", PROFILE_AND_ROLE, on=("role",), when="role"),
        ),
        delete=(
            Call("remove_role_from_instance_profile", PROFILE_AND_ROLE, when="role"),
            Call("delete_instance_profile", "{InstanceProfileName: id}"),
        ),
        names={"uniqueId": "InstanceProfileId"},
        defaults={"path": "/"},
        replaces=("path",),
        naming=Naming(128),
        tagging=tagging("instance_profile"),
    ),
    Row(
        type="aws.iam.ServiceLinkedRole",
        noun="Role",
        create=Call("create_service_linked_role", take="Role"),
        id="Arn",
        read=Call(_linked_role),
        update=Call("update_role", "{RoleName: name, Description: description || ''}", on=("description",)),
        delete=Call("delete_service_linked_role", "{RoleName: name}"),
        names={"uniqueId": "RoleId"},
        replaces=("awsServiceName", "customSuffix"),
        tagging=tagging("role", "name"),
        check=_linked_role_failures,
    ),
)
