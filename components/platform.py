"""What every service stands on: the wiring that the network, the firewall, the load balancer and the keys hand to each service."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi

from settings_contingency import Contingency
from settings_types import Dependency


@dataclass(frozen=True, kw_only=True)
class Platform:
    """The shared ground of all services; nothing in it depends on a single one."""

    account_id: str
    """The account that everything is in."""
    region: str
    """The region that everything is in."""
    domain_name: str
    """The name that the load balancer's certificate proves."""
    vpc_id: pulumi.Input[str]
    """The VPC."""
    subnet_ids: Sequence[pulumi.Input[str]]
    """The application tier, one subnet a zone."""
    load_balancer_group_id: pulumi.Input[str]
    """The load balancer's security group."""
    endpoints_group_id: pulumi.Input[str]
    """The interface endpoints' security group."""
    services_group_id: pulumi.Input[str]
    """The membership group of every instance."""
    uses_group_ids: Mapping[Dependency, pulumi.Input[str]]
    """The membership groups of the instances that use a thing."""
    data_group_ids: Mapping[Dependency, pulumi.Input[str]]
    """The groups in which the things stand."""
    s3_prefix_list_id: pulumi.Input[str]
    """S3's addresses."""
    egress_cidrs: Sequence[str]
    """Where instances may connect to outside the VPC, on 443."""
    listener_arn: pulumi.Input[str]
    """The listener that a service's rules are added to."""
    load_balancer_arn_suffix: pulumi.Input[str]
    """The load balancer in CloudWatch's words."""
    load_balancer_dns_name: pulumi.Input[str]
    """The load balancer's address inside the VPC."""
    data_key_arn: pulumi.Input[str]
    """Encrypts disks and secrets."""
    logs_key_arn: pulumi.Input[str]
    """Encrypts log groups."""
    fleet_role_arn: pulumi.Input[str]
    """The service-linked role of Auto Scaling."""
    ticket_topic_arn: pulumi.Input[str]
    """Told when a launch fails."""
    drain_seconds: int
    """How long a target that leaves finishes its requests."""
    contingency: Contingency
    """The emergency measures: the floor under every fleet, the features that are off, the colors in quarantine."""
    log_retention_days: int
    """How long the services' logs are kept."""
    ready: Sequence[pulumi.Resource]
    """What must exist before the first instance boots: routes, endpoints, the firewall's rules."""
