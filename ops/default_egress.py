"""The rule by which a new security group lets everything out: AWS adds it, and an update that is cut off may leave it.

The provider revokes it with a call of its own after the group's creation, and never asks for it again.
"""

from collections.abc import Iterator

from ops.console import progress
from ops.deployment import Deployment
from ops.difference import EGRESS
from ops.plan import name_of
from ops.strangers import rules_in

SECURITY_GROUP = "aws:ec2/securityGroup:SecurityGroup"
EVERY_PROTOCOL, EVERYWHERE = "-1", {"0.0.0.0/0", "::/0"}
CREATING = "creating"
"""How the engine's reasons begin where a creation has failed after its first call; an older group's begin otherwise."""


def revoke(deployment: Deployment) -> None:
    """Revoke it in the groups whose creation was cut off, where no rule of the state is it. Raises botocore's errors."""
    ec2 = deployment.target.client("ec2")
    for group, name in _half_made(deployment):
        if default := _default(deployment, group):
            ec2.revoke_security_group_egress(GroupId=group, SecurityGroupRuleIds=default)
            progress(f"revoked the rule by which SecurityGroup {name} let everything out: AWS adds it, and an interrupted update left it")


def _half_made(deployment: Deployment) -> Iterator[tuple[str, str]]:
    """The groups, by id and logical name."""
    for each in deployment.resources:
        if each["type"] == SECURITY_GROUP and any(str(reason).startswith(CREATING) for reason in each.get("initErrors") or ()):
            yield str(each["id"]), name_of(each["urn"])


def _default(deployment: Deployment, group: str) -> list[str]:
    known = {each.get("id") for each in deployment.resources if each["type"] == EGRESS}
    return [
        str(rule["SecurityGroupRuleId"])
        for rule in rules_in(deployment.target.client("ec2"), [group])
        if rule["IsEgress"] and rule["IpProtocol"] == EVERY_PROTOCOL and {rule.get("CidrIpv4"), rule.get("CidrIpv6")} & EVERYWHERE
        if rule["SecurityGroupRuleId"] not in known
    ]
