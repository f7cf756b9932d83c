"""What somebody put beside the stack."""

from collections.abc import Iterator
from typing import Any

import pytest

from ops.difference import EGRESS, INGRESS
from ops.strangers import LISTENER, Stranger, strangers
from tests.ops.stand_in import StandIn
from tests.ops.state import resource

GROUP = "aws:ec2/securityGroup:SecurityGroup"
OPEN = {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}


@pytest.fixture
def group(stack: StandIn) -> Iterator[str]:
    """Give the stack a security group of its own, with the rule that every new one has."""
    ec2 = stack.cloud.client("ec2")
    vpc = ec2.describe_vpcs()["Vpcs"][0]["VpcId"]
    made = str(ec2.create_security_group(GroupName="api-blue", Description="All that it may do", VpcId=vpc)["GroupId"])
    [out] = rules(stack, made)
    stack.more += [resource(GROUP, "api-blue", made), resource(EGRESS, "api-blue-out", out["SecurityGroupRuleId"])]
    yield made
    ec2.delete_security_group(GroupId=made)


def rules(stack: StandIn, group: str) -> list[dict[str, Any]]:
    """The rules that AWS has in a group."""
    found = stack.cloud.client("ec2").describe_security_group_rules(Filters=[{"Name": "group-id", "Values": [group]}])
    return list(found["SecurityGroupRules"])


@pytest.fixture
def beside(stack: StandIn) -> Iterator[str]:
    """Put a rule of somebody's own on the listener."""
    answer = {"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "200"}}
    path = {"Field": "path-pattern", "PathPatternConfig": {"Values": ["/api/pay"]}}
    elbv2 = stack.cloud.client("elbv2")
    made = elbv2.create_rule(ListenerArn=stack.cloud.listener, Priority=50, Conditions=[path], Actions=[answer])["Rules"][0]["RuleArn"]
    yield made
    elbv2.delete_rule(RuleArn=made)


def test_a_stack_by_itself_has_none(stack: StandIn, group: str) -> None:
    """Its own rules are known, and the default one of the listener is the listener's."""
    assert rules(stack, group)
    assert list(strangers(stack)) == []


def test_a_rule_on_the_listener_takes_traffic(stack: StandIn, beside: str) -> None:
    """With the command that removes it."""
    assert list(strangers(stack)) == [
        Stranger(
            what="rule 50 on lb-https (path-pattern: fixed-response)",
            danger="it takes traffic",
            traces=beside,
            repair=f"aws elbv2 delete-rule --region eu-west-1 --rule-arn {beside}",
        )
    ]


@pytest.mark.parametrize(("direction", "words"), [("ingress", "from"), ("egress", "to")])
def test_a_rule_in_a_security_group_opens_access(stack: StandIn, group: str, direction: str, words: str) -> None:
    """In either direction; CloudTrail knows it by the group."""
    ec2 = stack.cloud.client("ec2")
    getattr(ec2, f"authorize_security_group_{direction}")(GroupId=group, IpPermissions=[OPEN])
    [made] = [rule["SecurityGroupRuleId"] for rule in rules(stack, group) if rule.get("FromPort") == 22]
    command = f"aws ec2 revoke-security-group-{direction} --region eu-west-1 --group-id {group} --security-group-rule-ids {made}"
    what = f"rule in security group api-blue, tcp 22 {words} 0.0.0.0/0"
    assert list(strangers(stack)) == [Stranger(what, "it opens access", group, command)]


def test_a_rule_that_opens_everything_is_told_without_ports(stack: StandIn, group: str) -> None:
    """AWS gives it ports of -1."""
    stack.more = [each for each in stack.more if each["type"] not in {EGRESS, INGRESS}]
    [found] = strangers(stack)
    assert found.what == "rule in security group api-blue, all traffic to 0.0.0.0/0"
    assert found.traces == group


def test_a_listener_that_is_gone_has_none(stack: StandIn) -> None:
    """That it is gone is told as drift of its own."""
    stack.more = [resource(LISTENER, "lb-gone", f"{stack.cloud.listener[:-4]}0000")]
    assert list(strangers(stack)) == []
