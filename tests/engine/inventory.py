"""What AWS has, held against the engine's state id by id: what was doubled is in AWS only, what was lost in the state only."""

import json
from collections.abc import Iterator
from typing import Any

import jmespath

from tests.engine.conftest import FACTS, Switchyard

QUESTIONS = (
    ("acm", "list_certificates", "CertificateSummaryList[].CertificateArn", "Certificate"),
    ("autoscaling", "describe_auto_scaling_groups", "AutoScalingGroups[].AutoScalingGroupName", "Group"),
    ("autoscaling", "describe_policies", "ScalingPolicies[].PolicyName", "Policy"),
    ("cloudwatch", "describe_alarms", "MetricAlarms[].AlarmName", "MetricAlarm"),
    ("ec2", "describe_addresses", "Addresses[].AllocationId", "Eip"),
    ("ec2", "describe_flow_logs", "FlowLogs[].FlowLogId", "FlowLog"),
    ("ec2", "describe_internet_gateways", "InternetGateways[].InternetGatewayId", "InternetGateway"),
    ("ec2", "describe_launch_templates", "LaunchTemplates[].LaunchTemplateId", "LaunchTemplate"),
    ("ec2", "describe_nat_gateways", "NatGateways[].NatGatewayId", "NatGateway"),
    ("ec2", "describe_network_acls", "NetworkAcls[?!IsDefault].NetworkAclId", "NetworkAcl"),
    ("ec2", "describe_route_tables", "RouteTables[?length(Associations[?Main]) == `0`].RouteTableId", "RouteTable"),
    ("ec2", "describe_security_group_rules", "SecurityGroupRules[?IsEgress].SecurityGroupRuleId", "SecurityGroupEgressRule"),
    ("ec2", "describe_security_group_rules", "SecurityGroupRules[?!IsEgress].SecurityGroupRuleId", "SecurityGroupIngressRule"),
    ("ec2", "describe_security_groups", "SecurityGroups[?GroupName != 'default'].GroupId", "SecurityGroup"),
    ("ec2", "describe_subnets", "Subnets[].SubnetId", "Subnet"),
    ("ec2", "describe_vpc_endpoints", "VpcEndpoints[].VpcEndpointId", "VpcEndpoint"),
    ("ec2", "describe_vpcs", "Vpcs[].VpcId", "Vpc"),
    ("elbv2", "describe_load_balancers", "LoadBalancers[].LoadBalancerArn", "LoadBalancer"),
    ("elbv2", "describe_target_groups", "TargetGroups[].TargetGroupArn", "TargetGroup"),
    ("iam", "list_instance_profiles", "InstanceProfiles[].InstanceProfileName", "InstanceProfile"),
    ("iam", "list_roles", "Roles[?!starts_with(Path, '/aws-service-role/')].RoleName", "Role"),
    ("iam", "list_roles", "Roles[?starts_with(Path, '/aws-service-role/')].Arn", "ServiceLinkedRole"),
    ("kms", "list_aliases", "Aliases[?!starts_with(AliasName, 'alias/aws/')].AliasName", "Alias"),
    ("kms", "list_keys", "Keys[].KeyId", "Key"),
    ("logs", "describe_log_groups", "logGroups[].logGroupName", "LogGroup"),
    ("s3", "list_buckets", "Buckets[].Name", "Bucket"),
    ("secretsmanager", "list_secrets", "SecretList[].ARN", "Secret"),
    ("sns", "list_subscriptions", "Subscriptions[].SubscriptionArn", "TopicSubscription"),
    ("sns", "list_topics", "Topics[].TopicArn", "Topic"),
    ("ssm", "describe_parameters", "Parameters[].Name", "Parameter"),
)
"""Client, question, the ids in the answer less those of AWS's own things, and the type of them in the state."""


def latest(switchyard: Switchyard) -> dict[str, Any]:
    """The engine's state of the stack."""
    found: dict[str, Any] = json.loads(switchyard.state.read_text(encoding="utf-8"))["checkpoint"]["latest"]
    return found


def differences(switchyard: Switchyard) -> list[str]:
    """Each id that only one of the two has."""
    return [*_of_listed(switchyard), *_of_rules(switchyard)]


def _of_listed(switchyard: Switchyard) -> Iterator[str]:
    for service, question, path, kind in QUESTIONS:
        client = switchyard.sandbox.client(service, FACTS)
        page = (
            client.get_paginator(question).paginate().build_full_result() if client.can_paginate(question) else getattr(client, question)()
        )
        yield from _told(kind, set(jmespath.search(path, page) or ()), _known(switchyard, kind))


def _of_rules(switchyard: Switchyard) -> Iterator[str]:
    elbv2 = switchyard.sandbox.client("elbv2", FACTS)
    rules: set[str] = set()
    for balancer in elbv2.describe_load_balancers()["LoadBalancers"]:
        for listener in elbv2.describe_listeners(LoadBalancerArn=balancer["LoadBalancerArn"])["Listeners"]:
            every = elbv2.describe_rules(ListenerArn=listener["ListenerArn"])["Rules"]
            rules |= {rule["RuleArn"] for rule in every if rule["Priority"] != "default"}
    yield from _told("ListenerRule", rules, _known(switchyard, "ListenerRule"))


def _known(switchyard: Switchyard, kind: str) -> set[str]:
    return {str(each["id"]) for each in latest(switchyard)["resources"] if each["custom"] and each["type"].endswith(f":{kind}")}


def _told(kind: str, there: set[str], known: set[str]) -> Iterator[str]:
    yield from (f"{kind} {id_}: in AWS only" for id_ in sorted(there - known))
    yield from (f"{kind} {id_}: in the state only" for id_ in sorted(known - there))
