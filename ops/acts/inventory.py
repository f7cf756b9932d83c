"""What AWS has, held against the engine's state id by id: what was doubled is in AWS only, what was lost in the state only."""

from collections.abc import Iterator

import jmespath

from ops.deployment import Deployment
from ops.searches import LIVING

QUESTIONS = (
    ("acm", "list_certificates", "CertificateSummaryList[].CertificateArn", "Certificate"),
    ("autoscaling", "describe_auto_scaling_groups", "AutoScalingGroups[].AutoScalingGroupName", "Group"),
    ("autoscaling", "describe_policies", "ScalingPolicies[].PolicyName", "Policy"),
    ("cloudwatch", "describe_alarms", "MetricAlarms[].AlarmName", "MetricAlarm"),
    ("ec2", "describe_addresses", "Addresses[].AllocationId", "Eip"),
    ("ec2", "describe_flow_logs", "FlowLogs[].FlowLogId", "FlowLog"),
    ("ec2", "describe_internet_gateways", "InternetGateways[].InternetGatewayId", "InternetGateway"),
    ("ec2", "describe_launch_templates", "LaunchTemplates[].LaunchTemplateId", "LaunchTemplate"),
    ("ec2", "describe_nat_gateways", f"NatGateways[{LIVING}].NatGatewayId", "NatGateway"),
    ("ec2", "describe_network_acls", "NetworkAcls[?!IsDefault].NetworkAclId", "NetworkAcl"),
    ("ec2", "describe_route_tables", "RouteTables[?length(Associations[?Main]) == `0`].RouteTableId", "RouteTable"),
    ("ec2", "describe_security_group_rules", "SecurityGroupRules[?IsEgress].SecurityGroupRuleId", "SecurityGroupEgressRule"),
    ("ec2", "describe_security_group_rules", "SecurityGroupRules[?!IsEgress].SecurityGroupRuleId", "SecurityGroupIngressRule"),
    ("ec2", "describe_security_groups", "SecurityGroups[?GroupName != 'default'].GroupId", "SecurityGroup"),
    ("ec2", "describe_subnets", "Subnets[].SubnetId", "Subnet"),
    ("ec2", "describe_vpc_endpoints", f"VpcEndpoints[{LIVING}].VpcEndpointId", "VpcEndpoint"),
    ("ec2", "describe_vpcs", "Vpcs[].VpcId", "Vpc"),
    ("elbv2", "describe_load_balancers", "LoadBalancers[].LoadBalancerArn", "LoadBalancer"),
    ("elbv2", "describe_target_groups", "TargetGroups[].TargetGroupArn", "TargetGroup"),
    ("iam", "list_instance_profiles", "InstanceProfiles[].InstanceProfileName", "InstanceProfile"),
    ("iam", "list_roles", "Roles[?!starts_with(Path, '/aws-service-role/')].RoleName", "Role"),
    ("iam", "list_roles", "Roles[?starts_with(Path, '/aws-service-role/')].Arn", "ServiceLinkedRole"),
    ("kms", "list_aliases", "Aliases[?!starts_with(AliasName, 'alias/aws/')].AliasName", "Alias"),
    ("logs", "describe_log_groups", "logGroups[].logGroupName", "LogGroup"),
    ("s3", "list_buckets", "Buckets[].Name", "Bucket"),
    ("secretsmanager", "list_secrets", "SecretList[].ARN", "Secret"),
    ("sns", "list_subscriptions", "Subscriptions[].SubscriptionArn", "TopicSubscription"),
    ("sns", "list_topics", "Topics[].TopicArn", "Topic"),
    ("ssm", "describe_parameters", "Parameters[].Name", "Parameter"),
)
"""Client, question, the ids in the answer less those of AWS's own things, and the type of them in the state."""


USABLE = "KeyMetadata.KeyState != 'PendingDeletion'"


def differences(deployment: Deployment) -> list[str]:
    """Each id that only one of the two has. Raises botocore's errors."""
    return [*_of_listed(deployment), *_told(deployment, "Key", _keys(deployment)), *_told(deployment, "ListenerRule", _rules(deployment))]


def _of_listed(deployment: Deployment) -> Iterator[str]:
    for service, question, path, kind in QUESTIONS:
        client = deployment.target.client(service)
        paged = client.can_paginate(question)
        answer = client.get_paginator(question).paginate().build_full_result() if paged else getattr(client, question)()
        yield from _told(deployment, kind, set(jmespath.search(path, answer) or ()))


def _keys(deployment: Deployment) -> set[str]:
    """The keys that do not wait for their deletion."""
    kms = deployment.target.client("kms")
    ids = {str(each["KeyId"]) for page in kms.get_paginator("list_keys").paginate() for each in page["Keys"]}
    return {id_ for id_ in ids if jmespath.search(USABLE, kms.describe_key(KeyId=id_))}


def _rules(deployment: Deployment) -> set[str]:
    elbv2 = deployment.target.client("elbv2")
    listeners = [
        str(listener["ListenerArn"])
        for balancer in elbv2.describe_load_balancers()["LoadBalancers"]
        for listener in elbv2.describe_listeners(LoadBalancerArn=balancer["LoadBalancerArn"])["Listeners"]
    ]
    rules = [rule for listener in listeners for rule in elbv2.describe_rules(ListenerArn=listener)["Rules"]]
    return {str(rule["RuleArn"]) for rule in rules if rule["Priority"] != "default"}


def _told(deployment: Deployment, kind: str, there: set[str]) -> Iterator[str]:
    known = {str(each["id"]) for each in deployment.resources if each["custom"] and each["type"].endswith(f":{kind}")}
    yield from (f"{kind} {id_}: in AWS only" for id_ in sorted(there - known))
    yield from (f"{kind} {id_}: in the state only" for id_ in sorted(known - there))
