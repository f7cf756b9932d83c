"""A color's instances: a launch template that pins what runs, and a group that keeps enough of them over the zones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

ROOT_DEVICE = "/dev/xvda"
"""Amazon Linux 2023's root device."""
ROOT_VOLUME_GIB = 20
GRACE_SECONDS = 900
"""How long a new instance may take: packages, image, and a wait for secrets that are set by hand."""
WARMUP_SECONDS = 120
MIN_HEALTHY_PERCENT, MAX_HEALTHY_PERCENT = 100, 150
"""Launch before terminate, in a refresh and when an instance fails."""
METRICS = (
    aws.autoscaling.Metric.GROUP_DESIRED_CAPACITY,
    aws.autoscaling.Metric.GROUP_IN_SERVICE_CAPACITY,
    aws.autoscaling.Metric.GROUP_IN_SERVICE_INSTANCES,
    aws.autoscaling.Metric.GROUP_MAX_SIZE,
    aws.autoscaling.Metric.GROUP_MIN_SIZE,
    aws.autoscaling.Metric.GROUP_PENDING_INSTANCES,
    aws.autoscaling.Metric.GROUP_TERMINATING_INSTANCES,
    aws.autoscaling.Metric.GROUP_TOTAL_INSTANCES,
)
KEPT_AS_THEY_ARE = ("InstanceRefresh", "ReplaceUnhealthy", "Terminate")
"""What a group stops doing while its color is in quarantine, so that no instance of it is lost to who looks into an incident."""
FAILURES = (aws.autoscaling.NotificationType.INSTANCE_LAUNCH_ERROR, aws.autoscaling.NotificationType.INSTANCE_TERMINATE_ERROR)


@dataclass(frozen=True, kw_only=True)
class AutoScalingArgs:
    """What runs, where, and how many."""

    ami: str
    """The pinned image of the operating system."""
    instance_types: Sequence[str]
    """In order of preference."""
    release: str
    """The digest of the service's image: a tag of every instance, by which a release is verified."""
    user_data: str
    """The boot script in base64."""
    profile_arn: pulumi.Input[str]
    """The instance profile."""
    security_group_ids: Sequence[pulumi.Input[str]]
    """The color's own group and its memberships."""
    key_arn: pulumi.Input[str]
    """The KMS key of the disks."""
    fleet_role_arn: pulumi.Input[str]
    """The service-linked role that may use that key."""
    subnet_ids: Sequence[pulumi.Input[str]]
    """One subnet a zone."""
    target_group_arn: pulumi.Input[str]
    """Where instances register."""
    min_size: int
    """The floor; no desired capacity is ever set, so an update never shrinks a fleet that scaled out."""
    max_size: int
    """The ceiling."""
    warm: int
    """Stopped instances kept ready; 0: no warm pool."""
    restore_minutes: int | None
    """How long a color that may be empty takes to come back; the group's tag declares it cold."""
    quarantined: bool
    """Whether the group leaves its instances as they are."""
    topic_arn: pulumi.Input[str]
    """Told when a launch fails."""
    tags: Mapping[str, str]
    """Service and color."""
    after: Sequence[pulumi.Resource]
    """What must exist before the first instance boots."""


class AutoScaling(pulumi.ComponentResource):
    """A launch template and an Auto Scaling group on one pinned version of it.

    Instances demand IMDSv2, have encrypted disks and no key pair. The group waits for nothing itself: the commands watch target health.
    Changing a pin starts an instance refresh that launches before it terminates. Not stateful. Costs are the instances'.
    """

    group_name: pulumi.Output[str]
    """The Auto Scaling group."""

    def __init__(self, name: str, args: AutoScalingArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("switchyard:auto_scaling:AutoScaling", name, None, opts)
        template = self._launch_template(f"{name}-boot", args)
        group = self._group(f"{name}-group", args, template)
        self._launch_failures(f"{name}-failed", args, group)
        self.group_name = group.name
        self.register_outputs({})

    def _launch_template(self, name: str, args: AutoScalingArgs) -> aws.ec2.LaunchTemplate:
        tags = {**_propagated(args), "release": args.release}
        return aws.ec2.LaunchTemplate(
            name,
            image_id=args.ami,
            user_data=args.user_data,
            iam_instance_profile=aws.ec2.LaunchTemplateIamInstanceProfileArgs(arn=args.profile_arn),
            vpc_security_group_ids=args.security_group_ids,
            metadata_options=aws.ec2.LaunchTemplateMetadataOptionsArgs(
                http_endpoint="enabled", http_tokens="required", http_put_response_hop_limit=1
            ),
            block_device_mappings=[_root_volume(args.key_arn)],
            monitoring=aws.ec2.LaunchTemplateMonitoringArgs(enabled=True),
            tag_specifications=[
                aws.ec2.LaunchTemplateTagSpecificationArgs(resource_type=kind, tags=tags) for kind in ("instance", "volume")
            ],
            update_default_version=True,
            tags=dict(args.tags),
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _group(self, name: str, args: AutoScalingArgs, template: aws.ec2.LaunchTemplate) -> aws.autoscaling.Group:
        return aws.autoscaling.Group(
            name,
            vpc_zone_identifiers=args.subnet_ids,
            min_size=args.min_size,
            max_size=args.max_size,
            mixed_instances_policy=_pinned(template, args.instance_types),
            target_group_arns=[args.target_group_arn],
            health_check_type="ELB",
            health_check_grace_period=GRACE_SECONDS,
            default_instance_warmup=WARMUP_SECONDS,
            instance_maintenance_policy=_launch_first(),
            instance_refresh=_refresh(),
            warm_pool=_warm_pool(args.warm) if args.warm else None,
            enabled_metrics=list(METRICS),
            metrics_granularity="1Minute",
            suspended_processes=list(KEPT_AS_THEY_ARE) if args.quarantined else None,
            service_linked_role_arn=args.fleet_role_arn,
            wait_for_capacity_timeout="0",
            tags=[*(_group_tag(key, value) for key, value in _propagated(args).items()), *_cold(args.restore_minutes)],
            opts=pulumi.ResourceOptions(parent=self, depends_on=list(args.after)),
        )

    def _launch_failures(self, name: str, args: AutoScalingArgs, group: aws.autoscaling.Group) -> aws.autoscaling.Notification:
        return aws.autoscaling.Notification(
            name,
            group_names=[group.name],
            notifications=list(FAILURES),
            topic_arn=args.topic_arn,
            opts=pulumi.ResourceOptions(parent=self),
        )


def _root_volume(key_arn: pulumi.Input[str]) -> aws.ec2.LaunchTemplateBlockDeviceMappingArgs:
    volume = aws.ec2.LaunchTemplateBlockDeviceMappingEbsArgs(
        encrypted="true", kms_key_id=key_arn, volume_type="gp3", volume_size=ROOT_VOLUME_GIB, delete_on_termination="true"
    )
    return aws.ec2.LaunchTemplateBlockDeviceMappingArgs(device_name=ROOT_DEVICE, ebs=volume)


def _pinned(template: aws.ec2.LaunchTemplate, instance_types: Sequence[str]) -> aws.autoscaling.GroupMixedInstancesPolicyArgs:
    specification = aws.autoscaling.GroupMixedInstancesPolicyLaunchTemplateLaunchTemplateSpecificationArgs(
        launch_template_id=template.id, version=template.latest_version.apply(str)
    )
    overrides = [aws.autoscaling.GroupMixedInstancesPolicyLaunchTemplateOverrideArgs(instance_type=kind) for kind in instance_types]
    return aws.autoscaling.GroupMixedInstancesPolicyArgs(
        launch_template=aws.autoscaling.GroupMixedInstancesPolicyLaunchTemplateArgs(
            launch_template_specification=specification, overrides=overrides
        ),
        instances_distribution=aws.autoscaling.GroupMixedInstancesPolicyInstancesDistributionArgs(
            on_demand_allocation_strategy="prioritized", on_demand_percentage_above_base_capacity=100
        ),
    )


def _launch_first() -> aws.autoscaling.GroupInstanceMaintenancePolicyArgs:
    return aws.autoscaling.GroupInstanceMaintenancePolicyArgs(
        min_healthy_percentage=MIN_HEALTHY_PERCENT, max_healthy_percentage=MAX_HEALTHY_PERCENT
    )


def _refresh() -> aws.autoscaling.GroupInstanceRefreshArgs:
    preferences = aws.autoscaling.GroupInstanceRefreshPreferencesArgs(
        min_healthy_percentage=MIN_HEALTHY_PERCENT, max_healthy_percentage=MAX_HEALTHY_PERCENT, skip_matching=True
    )
    return aws.autoscaling.GroupInstanceRefreshArgs(strategy="Rolling", preferences=preferences)


def _warm_pool(size: int) -> aws.autoscaling.GroupWarmPoolArgs:
    return aws.autoscaling.GroupWarmPoolArgs(pool_state="Stopped", min_size=size, max_group_prepared_capacity=-1)


def _propagated(args: AutoScalingArgs) -> dict[str, str]:
    stack = {"project": pulumi.get_project(), "stack": pulumi.get_stack(), "managed-by": "pulumi"}
    return {**stack, **args.tags}


def _group_tag(key: str, value: str) -> aws.autoscaling.GroupTagArgs:
    return aws.autoscaling.GroupTagArgs(key=key, value=value, propagate_at_launch=True)


def _cold(restore_minutes: int | None) -> Sequence[aws.autoscaling.GroupTagArgs]:
    """The tag of a color that may be empty: the group's alone, so that a change of it enters no instance."""
    tag = aws.autoscaling.GroupTagArgs(key="restore-minutes", value=str(restore_minutes), propagate_at_launch=False)
    return [tag] if restore_minutes else []
