"""One color of one service: its settings, its permissions, its firewall and its instances."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components import boot
from components.auto_scaling import AutoScaling, AutoScalingArgs
from components.color_firewall import ColorFirewall, ColorFirewallArgs
from components.instance_role import InstanceRole, InstanceRoleArgs
from components.naming import retiring_tag, stack_path
from components.parameters import Parameters, ParametersArgs
from components.platform import Platform
from components.scaling_policies import ScalingPolicies, ScalingPoliciesArgs
from settings_service import Pins
from settings_types import Color, Dependency


@dataclass(frozen=True, kw_only=True)
class FleetArgs:
    """The color, its pins, and what it shares with its twin."""

    platform: Platform
    """What every service stands on."""
    service: str
    """The service's name."""
    color: Color
    """Which of the two."""
    pins: Pins
    """With what never changes, all that enters the instances."""
    uses: Sequence[Dependency]
    """What the instances may reach in the data tier."""
    retiring: bool
    """Whether the log group is no longer protected."""
    quarantined: bool
    """Whether the instances are cut off and kept as they are."""
    secret_arns: Mapping[str, pulumi.Input[str]]
    """The entry of each secret that the pins name."""
    thing_secret_arns: Mapping[str, pulumi.Input[str]]
    """The secrets of what the instances use, which no pins name."""
    target_group_arn: pulumi.Input[str]
    """Where the instances register."""
    target_group_suffix: pulumi.Input[str]
    """The target group in CloudWatch's words."""
    rules: Sequence[pulumi.Resource]
    """The service's listener rules."""
    after: Sequence[pulumi.Resource]
    """What must exist before the first instance boots, beside the platform."""


class Fleet(pulumi.ComponentResource):
    """A log group, parameters, a role, a security group and an Auto Scaling group.

    Stateful in its log group, which is protected until the service is retiring.
    """

    group_name: pulumi.Output[str]
    """The Auto Scaling group."""

    def __init__(self, name: str, args: FleetArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("switchyard:service:Fleet", name, None, opts)
        log = self._log_group(name, args)
        parameters = self._parameters(name, args)
        role = self._role(name, args, log)
        wall = self._firewall(name, args)
        before = [*args.platform.ready, *args.after, *args.rules, log, *parameters, role.permissions, wall]
        group = self._auto_scaling(name, args, role, wall, before)
        self._scaling(name, args, group)
        self.group_name = group.group_name
        self.register_outputs({})

    def _log_group(self, name: str, args: FleetArgs) -> aws.cloudwatch.LogGroup:
        return aws.cloudwatch.LogGroup(
            f"{name}-log",
            name=stack_path(args.service, args.color),
            kms_key_id=args.platform.encryption.logs_key_arn,
            retention_in_days=args.platform.settings.monitoring.log_retention_days,
            tags={**_tags(args), **retiring_tag(args.retiring)},
            opts=pulumi.ResourceOptions(parent=self, protect=not args.retiring),
        )

    def _parameters(self, name: str, args: FleetArgs) -> list[aws.ssm.Parameter]:
        path, pins = stack_path(args.service, args.color), args.pins
        secrets = _secret_arns(args)
        child = pulumi.ResourceOptions(parent=self)
        return [
            *Parameters(name, ParametersArgs(path=path, values={"port": str(pins.port)}, tags=_tags(args)), child).parameters,
            *Parameters(f"{name}-env", ParametersArgs(path=f"{path}/env", values=pins.env, tags=_tags(args)), child).parameters,
            *Parameters(f"{name}-secret", ParametersArgs(path=f"{path}/secrets", values=secrets, tags=_tags(args)), child).parameters,
        ]

    def _role(self, name: str, args: FleetArgs, log: aws.cloudwatch.LogGroup) -> InstanceRole:
        role = InstanceRoleArgs(
            account_id=args.platform.settings.account_id,
            region=args.platform.settings.region,
            path=stack_path(args.service),
            parameter_paths=[stack_path(args.service, args.color), stack_path(args.service, "endpoints")],
            image=args.pins.image,
            secret_arns=[*_secret_arns(args).values()],
            key_arn=args.platform.encryption.data_key_arn,
            log_group_arn=log.arn,
            database_users=_database_users(args),
            tags=_tags(args),
        )
        return InstanceRole(name, role, pulumi.ResourceOptions(parent=self))

    def _firewall(self, name: str, args: FleetArgs) -> ColorFirewall:
        platform = args.platform
        wall = ColorFirewallArgs(
            vpc_id=platform.network.vpc_id,
            load_balancer_group_id=platform.firewall.load_balancer_group_id,
            endpoints_group_id=platform.firewall.endpoints_group_id,
            s3_prefix_list_id=platform.endpoints.s3_prefix_list_id,
            data_group_ids={thing: platform.firewall.data_group_ids[thing] for thing in args.uses},
            egress_cidrs=platform.settings.network.egress_cidrs,
            quarantined=args.quarantined,
            tags=_tags(args),
        )
        return ColorFirewall(name, wall, pulumi.ResourceOptions(parent=self))

    def _auto_scaling(
        self, name: str, args: FleetArgs, role: InstanceRole, wall: ColorFirewall, before: Sequence[pulumi.Resource]
    ) -> AutoScaling:
        platform, pins = args.platform, args.pins
        members = [platform.firewall.services_group_id, *(platform.firewall.uses_group_ids[thing] for thing in args.uses)]
        fleet = AutoScalingArgs(
            ami=pins.ami,
            instance_types=pins.instance_types,
            release=pins.image.partition("@")[2],
            user_data=boot.encode(boot.render(_boot(args))),
            profile_arn=role.profile_arn,
            security_group_ids=[wall.group_id, *members],
            key_arn=platform.encryption.data_key_arn,
            fleet_role_arn=platform.encryption.fleet_role_arn,
            subnet_ids=platform.network.application_subnet_ids,
            target_group_arn=args.target_group_arn,
            min_size=pins.capacity.floor(platform.settings.contingency.scale_floor),
            max_size=pins.capacity.max,
            warm=pins.capacity.warm,
            restore_minutes=pins.capacity.restore_minutes,
            quarantined=args.quarantined,
            topic_arn=platform.ticket_topic_arn,
            tags=_tags(args),
            after=before,
        )
        return AutoScaling(name, fleet, pulumi.ResourceOptions(parent=self))

    def _scaling(self, name: str, args: FleetArgs, group: AutoScaling) -> ScalingPolicies:
        capacity = args.pins.capacity
        scaling = ScalingPoliciesArgs(
            group_name=group.group_name,
            resource_label=pulumi.Output.concat(args.platform.load_balancer.arn_suffix, "/", args.target_group_suffix),
            cpu_percent=capacity.cpu_percent,
            requests_per_target=capacity.requests_per_target,
            schedule=capacity.schedule,
            rules=args.rules,
        )
        return ScalingPolicies(name, scaling, pulumi.ResourceOptions(parent=self))


def _secret_arns(args: FleetArgs) -> dict[str, pulumi.Input[str]]:
    """The entry of each secret that the instances read."""
    return {**{secret: args.secret_arns[secret] for secret in args.pins.secrets}, **args.thing_secret_arns}


def _tags(args: FleetArgs) -> dict[str, str]:
    return {"service": args.service, "color": args.color}


def _database_users(args: FleetArgs) -> list[pulumi.Output[str]]:
    logins = args.platform.data_tier.database_logins if Dependency.DATABASE in args.uses else []
    return [pulumi.Output.concat(login, "/", args.service) for login in logins]


def _boot(args: FleetArgs) -> boot.Boot:
    return boot.Boot(
        version=args.pins.boot,
        service=args.service,
        color=args.color,
        stack=pulumi.get_stack(),
        region=args.platform.settings.region,
        image=args.pins.image,
        port=args.pins.port,
        parameters_path=stack_path(args.service),
        log_group=stack_path(args.service, args.color),
    )
