"""What somebody put beside the stack, where it matters: rules on its listener, and rules in its security groups."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ops.deployment import Deployment
from ops.difference import EGRESS, INGRESS, opening
from ops.parts import RULE
from ops.plan import name_of
from ops.traffic import rules_of

LISTENER = "aws:lb/listener:Listener"
SECURITY_GROUPS = {"aws:ec2/securityGroup:SecurityGroup", "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"}
AT_ONCE = 100
"""Groups that one DescribeSecurityGroupRules is asked for; a filter takes 200 values."""


@dataclass(frozen=True)
class Stranger:
    """Something that AWS has and the engine's state does not."""

    what: str
    danger: str
    """Why it must not stay unseen."""
    traces: str
    """Under which name CloudTrail may know who made it."""
    repair: str
    """The command that removes it."""


def strangers(deployment: Deployment) -> Iterator[Stranger]:
    """Every one of them; raises botocore's errors when AWS cannot be asked."""
    yield from _listener_rules(deployment)
    yield from _security_group_rules(deployment)


def _ids(deployment: Deployment, *kinds: str) -> dict[str, str]:
    """The ids of a kind of resource in the state, with the logical name of each."""
    return {str(each["id"]): name_of(each["urn"]) for each in deployment.resources if each["type"] in kinds and each.get("id")}


def _listener_rules(deployment: Deployment) -> Iterator[Stranger]:
    known, target = _ids(deployment, RULE), deployment.target
    elbv2 = target.client("elbv2")
    for listener, name in _ids(deployment, LISTENER).items():
        try:
            rules = rules_of(elbv2, listener)
        except elbv2.exceptions.ListenerNotFoundException:
            continue  # gone with all its rules, which is drift and told as such
        for rule in rules:
            if rule["Priority"] == "default" or rule["RuleArn"] in known:
                continue
            fields = ", ".join(condition["Field"] for condition in rule["Conditions"])
            yield Stranger(
                what=f"rule {rule['Priority']} on {name} ({fields}: {', '.join(action['Type'] for action in rule['Actions'])})",
                danger="it takes traffic",
                traces=rule["RuleArn"],
                repair=f"{target.aws} elbv2 delete-rule --region {target.file.settings().region} --rule-arn {rule['RuleArn']}",
            )


def _security_group_rules(deployment: Deployment) -> Iterator[Stranger]:
    known, groups = _ids(deployment, INGRESS, EGRESS), _ids(deployment, *SECURITY_GROUPS)
    for rule in rules_in(deployment.target.client("ec2"), list(groups)):
        if rule["SecurityGroupRuleId"] not in known:
            yield _opened(deployment, rule, groups[rule["GroupId"]])


def rules_in(ec2: Any, groups: Sequence[str]) -> Iterator[Mapping[str, Any]]:
    """The rules of security groups, by their ids, as EC2 describes them."""
    pages = ec2.get_paginator("describe_security_group_rules")
    for start in range(0, len(groups), AT_ONCE):
        for page in pages.paginate(Filters=[{"Name": "group-id", "Values": groups[start : start + AT_ONCE]}]):
            yield from page["SecurityGroupRules"]


def _opened(deployment: Deployment, rule: Mapping[str, Any], group: str) -> Stranger:
    target, direction = deployment.target, "egress" if rule["IsEgress"] else "ingress"
    facts = {
        "ipProtocol": rule["IpProtocol"],
        "fromPort": None if rule["IpProtocol"] == "-1" else rule.get("FromPort"),
        "toPort": None if rule["IpProtocol"] == "-1" else rule.get("ToPort"),
        "cidrIpv4": rule.get("CidrIpv4"),
        "cidrIpv6": rule.get("CidrIpv6"),
        "prefixListId": rule.get("PrefixListId"),
        "referencedSecurityGroupId": (rule.get("ReferencedGroupInfo") or {}).get("GroupId"),
    }
    which = f"--group-id {rule['GroupId']} --security-group-rule-ids {rule['SecurityGroupRuleId']}"
    return Stranger(
        what=f"rule in security group {group}, {opening(EGRESS if rule['IsEgress'] else INGRESS, facts)}",
        danger="it opens access",
        traces=rule["GroupId"],
        repair=f"{target.aws} ec2 revoke-security-group-{direction} --region {target.file.settings().region} {which}",
    )
