"""Where each resource type is looked for in AWS when the state does not know whether it was made.

What has a name is looked for by the name that its creation was given, which the engine notes before. What has none carries the tags that
`components/tagging.py` and the provider put on it, or is the only thing of its kind in its place: a route, a rule of a security group.
The ids are those of the sections "Import" in pulumi-aws's documentation.
"""

from collections.abc import Mapping

from ops.backup_searches import BACKUP_AGAIN, BACKUP_SEARCHES
from ops.data_searches import DATA_AGAIN, DATA_SEARCHES
from ops.edge_searches import EDGE_AGAIN, EDGE_SEARCHES
from ops.whereabouts import Search

AGAIN = (
    BACKUP_AGAIN
    | DATA_AGAIN
    | EDGE_AGAIN
    | frozenset(
        {
            "aws:acm/certificateValidation:CertificateValidation",  # makes nothing: it waits
            "aws:autoscaling/notification:Notification",
            "aws:cloudfront/keyvaluestoreKey:KeyvaluestoreKey",
            "aws:cloudwatch/dashboard:Dashboard",
            "aws:cloudwatch/logResourcePolicy:LogResourcePolicy",
            "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",  # makes nothing: AWS has made it
            "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
            "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
            "aws:s3/bucketPolicy:BucketPolicy",
            "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
            "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
            "aws:s3/bucketVersioning:BucketVersioning",
            "aws:secretsmanager/secretPolicy:SecretPolicy",
            "aws:sns/topicPolicy:TopicPolicy",
            "aws:sns/topicSubscription:TopicSubscription",  # Subscribe returns the one that there is
            "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
            "aws:wafv2/webAclRule:WebAclRule",  # takes the place of the one of its name
            "random:index/randomId:RandomId",  # lives in the state only
            "random:index/randomPassword:RandomPassword",  # as RandomId
        }
    )
)
"""What the next update simply makes again: AWS keeps one of it, and takes the same once more."""

IN_EC2 = "{Filters: map(&{Name: join('', ['tag:', key]), Values: [value]}, labels)}"
"""The labels as EC2's filters."""

IN_EC2_TOO = IN_EC2.replace("Filters", "Filter")

LIVING = "?!contains(['deleting', 'deleted', 'Deleting', 'Deleted'], State)"
"""EC2 lists some things for an hour after their deletion."""

RULE = {
    "IpProtocol": "ipProtocol",
    "FromPort": "fromPort || `-1`",
    "ToPort": "toPort || `-1`",
    "CidrIpv4": "cidrIpv4",
    "CidrIpv6": "cidrIpv6",
    "PrefixListId": "prefixListId",
    "ReferencedGroupInfo.GroupId": "referencedSecurityGroupId",
}
"""What a rule allows is what it is: AWS takes none twice."""

OF_ACL = "{id}/{name}/{scope}"
NAMED = {"Name": "name"}
OF_GROUP = "{Filters: [{Name: 'group-id', Values: [securityGroupId]}]}"
RULE_ID = "SecurityGroupRuleId"
KEY_USABLE = Search("kms", "describe_key", "{KeyId: id}", "[KeyMetadata][?KeyState != 'PendingDeletion']", "KeyId")


def _table(more: str) -> str:
    return f"{{Filters: [{{Name: 'route-table-id', Values: [routeTableId]}}, {more}]}}"


def _labelled(kind: str, id_: str, still: Search | None = None) -> Search:
    """Return the search by the tagging API, which hears of a new thing some seconds later."""
    give = f"{{TagFilters: map(&{{Key: key, Values: [value]}}, labels), ResourceTypeFilters: ['{kind}']}}"
    return Search("resourcegroupstaggingapi", "get_resources", give, "ResourceTagMappingList", id_, still=still)


SEARCHES: Mapping[str, Search] = {
    **BACKUP_SEARCHES,
    **DATA_SEARCHES,
    **EDGE_SEARCHES,
    "aws:acm/certificate:Certificate": _labelled("acm:certificate", "ResourceARN"),
    "aws:autoscaling/group:Group": Search(
        "autoscaling", "describe_auto_scaling_groups", "{AutoScalingGroupNames: [name]}", "AutoScalingGroups", "{name}"
    ),
    "aws:autoscaling/policy:Policy": Search(
        "autoscaling",
        "describe_policies",
        "{AutoScalingGroupName: autoscalingGroupName, PolicyNames: [name]}",
        "ScalingPolicies",
        "{autoscalingGroupName}/{name}",
    ),
    "aws:cloudwatch/compositeAlarm:CompositeAlarm": Search(
        "cloudwatch", "describe_alarms", "{AlarmNames: [alarmName], AlarmTypes: ['CompositeAlarm']}", "CompositeAlarms", "{alarmName}"
    ),
    "aws:cloudwatch/logGroup:LogGroup": Search(
        "logs", "describe_log_groups", "{logGroupNamePrefix: name}", "logGroups", "{name}", {"logGroupName": "name"}
    ),
    "aws:cloudwatch/metricAlarm:MetricAlarm": Search("cloudwatch", "describe_alarms", "{AlarmNames: [name]}", "MetricAlarms", "{name}"),
    "aws:ec2/eip:Eip": Search("ec2", "describe_addresses", IN_EC2, "Addresses", "AllocationId"),
    "aws:ec2/flowLog:FlowLog": Search("ec2", "describe_flow_logs", IN_EC2_TOO, "FlowLogs", "FlowLogId"),
    "aws:ec2/internetGateway:InternetGateway": Search("ec2", "describe_internet_gateways", IN_EC2, "InternetGateways", "InternetGatewayId"),
    "aws:ec2/launchTemplate:LaunchTemplate": Search(
        "ec2", "describe_launch_templates", "{LaunchTemplateNames: [name]}", "LaunchTemplates", "LaunchTemplateId"
    ),
    "aws:ec2/natGateway:NatGateway": Search("ec2", "describe_nat_gateways", IN_EC2_TOO, f"NatGateways[{LIVING}]", "NatGatewayId"),
    "aws:ec2/networkAcl:NetworkAcl": Search("ec2", "describe_network_acls", IN_EC2, "NetworkAcls", "NetworkAclId"),
    "aws:ec2/route:Route": Search(
        "ec2",
        "describe_route_tables",
        _table("{Name: 'route.destination-cidr-block', Values: [destinationCidrBlock]}"),
        "RouteTables",
        "{routeTableId}_{destinationCidrBlock}",
    ),
    "aws:ec2/routeTable:RouteTable": Search("ec2", "describe_route_tables", IN_EC2, "RouteTables", "RouteTableId"),
    "aws:ec2/routeTableAssociation:RouteTableAssociation": Search(
        "ec2",
        "describe_route_tables",
        _table("{Name: 'association.subnet-id', Values: [subnetId]}"),
        "RouteTables",
        "{subnetId}/{routeTableId}",
    ),
    "aws:ec2/securityGroup:SecurityGroup": Search(
        "ec2",
        "describe_security_groups",
        "{Filters: [{Name: 'vpc-id', Values: [vpcId]}, {Name: 'group-name', Values: [name]}]}",
        "SecurityGroups",
        "GroupId",
    ),
    "aws:ec2/subnet:Subnet": Search("ec2", "describe_subnets", IN_EC2, "Subnets", "SubnetId"),
    "aws:ec2/vpc:Vpc": Search("ec2", "describe_vpcs", IN_EC2, "Vpcs", "VpcId"),
    "aws:ec2/vpcEndpoint:VpcEndpoint": Search("ec2", "describe_vpc_endpoints", IN_EC2, f"VpcEndpoints[{LIVING}]", "VpcEndpointId"),
    "aws:iam/instanceProfile:InstanceProfile": Search("iam", "get_instance_profile", "{InstanceProfileName: name}", "[@]", "{name}"),
    "aws:iam/role:Role": Search("iam", "get_role", "{RoleName: name}", "[@]", "{name}"),
    "aws:iam/rolePolicy:RolePolicy": Search("iam", "get_role_policy", "{RoleName: role, PolicyName: name}", "[@]", "{role}:{name}"),
    "aws:iam/serviceLinkedRole:ServiceLinkedRole": Search(
        "iam", "get_role", "{RoleName: join('_', ['AWSServiceRoleForAutoScaling', customSuffix])}", "[Role]", "Arn"
    ),
    "aws:kms/alias:Alias": Search("kms", "describe_key", "{KeyId: name}", "[@]", "{name}"),
    "aws:kms/key:Key": _labelled("kms:key", "ResourceARN", KEY_USABLE),
    "aws:lb/listener:Listener": Search(
        "elbv2", "describe_listeners", "{LoadBalancerArn: loadBalancerArn}", "Listeners", "ListenerArn", {"Port": "port"}
    ),
    "aws:lb/listenerRule:ListenerRule": Search(
        "elbv2", "describe_rules", "{ListenerArn: listenerArn}", "Rules", "RuleArn", {"Priority": "priority"}
    ),
    "aws:lb/loadBalancer:LoadBalancer": Search("elbv2", "describe_load_balancers", "{Names: [name]}", "LoadBalancers", "LoadBalancerArn"),
    "aws:lb/targetGroup:TargetGroup": Search("elbv2", "describe_target_groups", "{Names: [name]}", "TargetGroups", "TargetGroupArn"),
    "aws:route53/record:Record": Search(
        "route53",
        "list_resource_record_sets",
        "{HostedZoneId: zoneId, StartRecordName: name, StartRecordType: type, MaxItems: '1'}",
        "ResourceRecordSets",
        "{zoneId}_{name}_{type}",
        {"Name": "name", "Type": "type"},
    ),
    "aws:s3/bucket:Bucket": Search("s3", "head_bucket", "{Bucket: bucket}", "[@]", "{bucket}"),
    "aws:secretsmanager/secret:Secret": Search("secretsmanager", "describe_secret", "{SecretId: name}", "[@]", "ARN"),
    "aws:sns/topic:Topic": Search(
        "sns", "get_topic_attributes", "{TopicArn: join(':', ['arn:aws:sns', region, account, name])}", "[Attributes]", "TopicArn"
    ),
    "aws:ssm/parameter:Parameter": Search("ssm", "get_parameter", "{Name: name}", "[@]", "{name}"),
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": Search(
        "ec2", "describe_security_group_rules", OF_GROUP, "SecurityGroupRules[?IsEgress]", RULE_ID, RULE
    ),
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": Search(
        "ec2", "describe_security_group_rules", OF_GROUP, "SecurityGroupRules[?!IsEgress]", RULE_ID, RULE
    ),
    "aws:wafv2/ipSet:IpSet": Search("wafv2", "list_ip_sets", "{Scope: scope}", "IPSets", "Id", NAMED, imports=OF_ACL),
    "aws:wafv2/webAcl:WebAcl": Search("wafv2", "list_web_acls", "{Scope: scope}", "WebACLs", "Id", NAMED, imports=OF_ACL),
}
