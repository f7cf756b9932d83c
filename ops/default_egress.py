"""The rule by which a new security group lets everything out: AWS adds it, and an update that is cut off may leave it.

The provider revokes it with a call of its own after the group's creation, and never asks for it again.
"""

from ops.target import Target

SECURITY_GROUP = "aws:ec2/securityGroup:SecurityGroup"
EVERY_PROTOCOL, EVERYWHERE = "-1", {"0.0.0.0/0", "::/0"}


def revoke(target: Target, region: str, group: str) -> bool:
    """Revoke it in a group, by id; whether it was there. Raises botocore's errors."""
    ec2 = target.client("ec2", region)
    pages = ec2.get_paginator("describe_security_group_rules").paginate(Filters=[{"Name": "group-id", "Values": [group]}])
    rules = [rule for page in pages for rule in page["SecurityGroupRules"] if rule["IsEgress"]]
    default = [
        str(rule["SecurityGroupRuleId"])
        for rule in rules
        if rule["IpProtocol"] == EVERY_PROTOCOL and {rule.get("CidrIpv4"), rule.get("CidrIpv6")} & EVERYWHERE
    ]
    if default:
        ec2.revoke_security_group_egress(GroupId=group, SecurityGroupRuleIds=default)
    return bool(default)
