"""What AWS has, held against the engine's state id by id: what was doubled is in AWS only, what was lost in the state only."""

from collections.abc import Iterator, Mapping
from typing import Any

import jmespath

from components.naming import EDGE_REGION
from ops.acts.data_inventory import DATA_QUESTIONS, DATA_WALKS, Walk
from ops.deployment import Deployment
from ops.searches import LIVING
from ops.target import Target
from ops.traffic import rules_of

QUESTIONS = (
    ("acm", "list_certificates", "CertificateSummaryList[].CertificateArn", "Certificate"),
    ("autoscaling", "describe_auto_scaling_groups", "AutoScalingGroups[].AutoScalingGroupName", "Group"),
    ("autoscaling", "describe_policies", "ScalingPolicies[].PolicyName", "Policy"),
    ("cloudfront", "list_distributions", "DistributionList.Items[].Id", "Distribution"),
    ("cloudfront", "list_functions", "FunctionList.Items[].Name", "Function"),
    ("cloudfront", "list_key_value_stores", "KeyValueStoreList.Items[].Name", "KeyValueStore"),
    ("cloudfront", "list_origin_access_controls", "OriginAccessControlList.Items[].Id", "OriginAccessControl"),
    ("cloudwatch", "describe_alarms", "MetricAlarms[].AlarmName", "MetricAlarm"),
    ("ec2", "describe_addresses", "Addresses[].AllocationId", "Eip"),
    ("ec2", "describe_flow_logs", "FlowLogs[].FlowLogId", "FlowLog"),
    ("ec2", "describe_internet_gateways", "InternetGateways[].InternetGatewayId", "InternetGateway"),
    ("ec2", "describe_launch_templates", "LaunchTemplates[].LaunchTemplateId", "LaunchTemplate"),
    ("ec2", "describe_nat_gateways", f"NatGateways[{LIVING}].NatGatewayId", "NatGateway"),
    ("ec2", "describe_network_acls", "NetworkAcls[?!IsDefault].NetworkAclId", "NetworkAcl"),
    ("ec2", "describe_route_tables", "RouteTables[?length(Associations[?Main]) == `0`].RouteTableId", "RouteTable"),
    ("ec2", "describe_route_tables", "RouteTables[].Associations[?!Main][].RouteTableAssociationId", "RouteTableAssociation"),
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
    ("logs", "describe_deliveries", "deliveries[].id", "LogDelivery"),
    ("logs", "describe_delivery_destinations", "deliveryDestinations[].name", "LogDeliveryDestination"),
    ("logs", "describe_delivery_sources", "deliverySources[].name", "LogDeliverySource"),
    ("logs", "describe_log_groups", "logGroups[].logGroupName", "LogGroup"),
    ("route53", "list_health_checks", "HealthChecks[].Id", "HealthCheck"),
    ("s3", "list_buckets", "Buckets[].Name", "Bucket"),
    ("secretsmanager", "list_secrets", "SecretList[].ARN", "Secret"),
    ("sns", "list_subscriptions", "Subscriptions[].SubscriptionArn", "TopicSubscription"),
    ("sns", "list_topics", "Topics[].TopicArn", "Topic"),
    ("ssm", "describe_parameters", "Parameters[].Name", "Parameter"),
)
"""Client, question, the ids in the answer less those of AWS's own things, and the type of them in the state."""


def differences(deployment: Deployment) -> list[str]:
    """Each id that only one of the two has, in the regions where the stack has things of its kind. Raises botocore's errors."""
    return [told for kind in KINDS for told in _told(deployment, kind, _there(deployment, kind))]


def _there(deployment: Deployment, kind: str) -> set[str]:
    """The ids that AWS has."""
    own, known = deployment.target.file.settings().region, _known(deployment, kind)
    regions = sorted({own, *(str(each["outputs"].get("region", own)) for each in known)})
    return {id_ for region in regions for id_ in WALKS[kind](deployment.target, region)}


def _asked(service: str, question: str, path: str, at: str = "", **given: str) -> Walk:
    """Ask one question about a kind: in the region that is looked at, unless AWS answers it in one only."""

    def ids(target: Target, region: str) -> set[str]:
        client = target.client(service, at or region)
        paged = client.can_paginate(question)
        answer = client.get_paginator(question).paginate(**given).build_full_result() if paged else getattr(client, question)(**given)
        return set(jmespath.search(path, answer) or ())

    return ids


def _keys(target: Target, region: str) -> set[str]:
    """The keys that do not wait for their deletion."""
    kms = target.client("kms", region)
    ids = {str(each["KeyId"]) for page in kms.get_paginator("list_keys").paginate() for each in page["Keys"]}
    return {id_ for id_ in ids if kms.describe_key(KeyId=id_)["KeyMetadata"]["KeyState"] != "PendingDeletion"}


def _listeners(target: Target, region: str) -> set[str]:
    elbv2 = target.client("elbv2", region)
    balancers = [str(each["LoadBalancerArn"]) for each in elbv2.describe_load_balancers()["LoadBalancers"]]
    return {str(each["ListenerArn"]) for arn in balancers for each in elbv2.describe_listeners(LoadBalancerArn=arn)["Listeners"]}


def _rules(target: Target, region: str) -> set[str]:
    elbv2 = target.client("elbv2", region)
    rules = [rule for arn in _listeners(target, region) for rule in rules_of(elbv2, arn)]
    return {str(rule["RuleArn"]) for rule in rules if rule["Priority"] != "default"}


def _routes(target: Target, region: str) -> set[str]:
    tables = target.client("ec2", region).describe_route_tables()["RouteTables"]
    routes = [(table["RouteTableId"], route) for table in tables for route in table["Routes"]]
    cidrs = [(table, route.get("DestinationCidrBlock")) for table, route in routes if route["Origin"] == "CreateRoute"]
    return {f"{table}_{cidr}" for table, cidr in cidrs if cidr}  # a gateway endpoint's route goes to a prefix list


def _role_policies(target: Target, region: str) -> set[str]:
    iam = target.client("iam", region)
    roles = [str(role["RoleName"]) for role in iam.list_roles()["Roles"]]
    return {f"{role}:{name}" for role in roles for name in iam.list_role_policies(RoleName=role)["PolicyNames"]}


def _records(target: Target, region: str) -> set[str]:
    zone = target.file.settings().domain.hosted_zone_id
    records = target.client("route53", region).list_resource_record_sets(HostedZoneId=zone)["ResourceRecordSets"]
    return {f"{zone}_{each['Name'].rstrip('.')}_{each['Type']}" for each in records if each["Type"] not in {"NS", "SOA"}}


WALKS: Mapping[str, Walk] = {
    **{kind: _asked(*of) for *of, kind in (*QUESTIONS, *DATA_QUESTIONS)},
    **DATA_WALKS,
    "IpSet": _asked("wafv2", "list_ip_sets", "IPSets[].Id", EDGE_REGION, Scope="CLOUDFRONT"),
    "Key": _keys,
    "Listener": _listeners,
    "ListenerRule": _rules,
    "Record": _records,
    "RolePolicy": _role_policies,
    "Route": _routes,
    "WebAcl": _asked("wafv2", "list_web_acls", "WebACLs[].Id", EDGE_REGION, Scope="CLOUDFRONT"),
}
"""Who finds the ids of each type in the state: one question, or what takes more."""

KINDS = tuple(WALKS)
"""All that is compared."""


def _known(deployment: Deployment, kind: str) -> list[Mapping[str, Any]]:
    return [each for each in deployment.resources if each["custom"] and each["type"].endswith(f":{kind}")]


def _told(deployment: Deployment, kind: str, there: set[str]) -> Iterator[str]:
    known = {str(each["id"]) for each in _known(deployment, kind)}
    yield from (f"{kind} {id_}: in AWS only" for id_ in sorted(there - known))
    yield from (f"{kind} {id_}: in the state only" for id_ in sorted(known - there))
