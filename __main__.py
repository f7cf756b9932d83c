"""Switchyard: a production web application on AWS in two colors, from the edge inward."""

import pulumi
import pulumi_aws as aws
import pulumi_random as random

from components.certificate import Certificate, CertificateArgs
from components.dashboard import Dashboard, DashboardArgs
from components.data_tier import DataTier, DataTierArgs
from components.encryption import Encryption, EncryptionArgs
from components.endpoints import Endpoints, EndpointsArgs
from components.firewall import Firewall, FirewallArgs
from components.flow_logs import FlowLogs, FlowLogsArgs
from components.front_door import FrontDoor, FrontDoorArgs
from components.load_balancer import LoadBalancer, LoadBalancerArgs
from components.log_bucket import LogBucket, LogBucketArgs
from components.monitoring import Monitoring, MonitoringArgs
from components.network import Network, NetworkArgs
from components.platform import Platform
from components.services import Services, ServicesArgs
from components.signals import Tell
from components.tagging import name_tag
from components.topics import Topics, TopicsArgs
from settings import load

pulumi.runtime.register_stack_transformation(name_tag)
settings = load()
account, region, watch = settings.account_id, settings.region, settings.monitoring
days = watch.log_retention_days

default_tags = aws.ProviderDefaultTagsArgs(tags={"project": pulumi.get_project(), "stack": pulumi.get_stack(), "managed-by": "pulumi"})
aws_provider = aws.Provider("aws", region=region, allowed_account_ids=[account], default_tags=default_tags)
opts = pulumi.ResourceOptions(providers=[aws_provider, random.Provider("random")])

encryption = Encryption("encryption", EncryptionArgs(settings=settings), opts)
topics_args = TopicsArgs(settings=settings, key_arns=encryption.alarms_key_arns, fleet_role_arn=encryption.fleet_role_arn)
topics = Topics("topics", topics_args, opts)

network_args = NetworkArgs(cidr=settings.network.cidr, availability_zones=settings.network.availability_zones, nat=settings.network.nat)
network = Network("network", network_args, opts)
flow_logs_args = FlowLogsArgs(account_id=account, vpc_id=network.vpc_id, key_arn=encryption.logs_key_arn, retention_days=days)
flow_logs = FlowLogs("flow", flow_logs_args, opts)
firewall_args = FirewallArgs(
    vpc_id=network.vpc_id,
    vpc_cidr=settings.network.cidr,
    data_subnet_ids=network.data_subnet_ids,
    cdn_prefix_list_id=settings.network.cdn_prefix_list_id,
)
firewall = Firewall("firewall", firewall_args, opts)
endpoints_args = EndpointsArgs(
    region=region,
    account_id=account,
    vpc_id=network.vpc_id,
    subnet_ids=network.application_subnet_ids,
    route_table_ids=network.application_route_table_ids,
    security_group_id=firewall.endpoints_group_id,
)
endpoints = Endpoints("endpoints", endpoints_args, opts)

domain = settings.domain
certificate_args = CertificateArgs(domain_name=domain.name, also=domain.also, hosted_zone_id=domain.hosted_zone_id)
certificate = Certificate("certificate", certificate_args, opts)
log_bucket_args = LogBucketArgs(account_id=account, region=region, retention_days=settings.load_balancer.log_retention_days)
log_bucket = LogBucket("lb-logs", log_bucket_args, opts)
load_balancer_args = LoadBalancerArgs(
    subnet_ids=network.application_subnet_ids,
    security_group_id=firewall.load_balancer_group_id,
    certificate_arn=certificate.arn,
    log_bucket=log_bucket.name,
    idle_timeout_seconds=settings.load_balancer.idle_timeout_seconds,
)
load_balancer = LoadBalancer("lb", load_balancer_args, opts)

front_door_args = FrontDoorArgs(
    settings=settings,
    certificate_arn=certificate.edge_arn,
    load_balancer_arn=load_balancer.arn,
    firewall_key_arn=encryption.edge_logs_key_arn,
    logs_key_arn=encryption.logs_key_arn,
    site_key_arns=encryption.site_key_arns,
    ready=[network],
)
front_door = FrontDoor("front-door", front_door_args, opts)
data_tier_args = DataTierArgs(
    settings=settings,
    subnet_ids=network.data_subnet_ids,
    group_ids=firewall.data_group_ids,
    encryption=encryption,
    topics=topics.arns,
    site_bucket=front_door.outputs["bucket"],
    ready=[network, firewall],
)
data_tier = DataTier("data", data_tier_args, opts)

platform = Platform(
    settings=settings,
    network=network,
    firewall=firewall,
    endpoints=endpoints,
    load_balancer=load_balancer,
    encryption=encryption,
    ticket_topic_arn=topics.arns[None][Tell.TICKET],
    data_tier=data_tier,
)
services = Services("services", ServicesArgs(platform=platform, services=settings.services), opts)
watched = [*load_balancer.watched, *services.watched, *network.watched, *certificate.watched, *topics.watched]
watched += [*front_door.watched, *data_tier.watched]
monitoring = Monitoring("monitoring", MonitoringArgs(watched=watched, latency_p99_ms=watch.target_latency_p99_ms, topics=topics.arns), opts)
dashboard = Dashboard("dashboard", DashboardArgs(region=region, watched=watched), opts)

pulumi.export("url", f"https://{domain.users_name}")
pulumi.export("load_balancer", load_balancer.name)
pulumi.export("site", front_door.outputs)
pulumi.export("services", services.summaries)
pulumi.export("database", data_tier.database)
