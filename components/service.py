"""One service of the application: its own secrets, its endpoints, its two target groups and its two fleets."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pulumi

from components.blue_green import BlueGreen, BlueGreenArgs
from components.catalogue import GROUP, TARGET_GROUP
from components.fleet import Fleet, FleetArgs
from components.naming import stack_path
from components.parameters import Parameters, ParametersArgs
from components.platform import Platform
from components.secret_entries import SecretEntries, SecretEntriesArgs
from components.watched import Watched
from settings_endpoints import ENDPOINT_VARIABLES, FEATURES_VARIABLE
from settings_service import Service as Config
from settings_types import Color


@dataclass(frozen=True, kw_only=True)
class ServiceArgs:
    """A section of stack config, and the ground it stands on."""

    platform: Platform
    """What every service stands on."""
    config: Config
    """The service's section: `switchyard:services.<name>`."""
    quarantined: Collection[Color]
    """The colors that are cut off."""
    shared: SecretEntries
    """The entries that are kept once for all services."""


class Service(pulumi.ComponentResource):
    """Both colors of a service; which one is live shows in the weights of one listener rule and nowhere else.

    Stateful in its secrets and logs, which are protected until the service is retiring.
    """

    blue_green: BlueGreen
    """Target groups and rules."""
    group_names: Mapping[Color, pulumi.Output[str]]
    """The Auto Scaling group of each color."""
    watched: Sequence[Watched]
    """The target group and the Auto Scaling group of each color."""
    summary: Mapping[str, object]
    """What the stack exports of the service."""

    def __init__(self, name: str, args: ServiceArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("switchyard:service:Service", name, None, opts)
        secrets = self._secrets(name, args)
        endpoints = self._endpoints(name, args)
        self.blue_green = self._blue_green(name, args)
        fleets = {color: self._fleet(name, color, args, secrets, endpoints) for color in Color}
        self.group_names = {color: fleet.group_name for color, fleet in fleets.items()}
        self.summary = self._summary(args.config)
        self.watched = [watched for color in Color for watched in self._watched(name, color, args)]
        self.register_outputs({})

    def _secrets(self, name: str, args: ServiceArgs) -> SecretEntries:
        entries = SecretEntriesArgs(
            account_id=args.platform.settings.account_id,
            owner=name,
            readers={secret: [name] for secret in args.platform.settings.own_secrets(args.config)},
            key_arn=args.platform.encryption.data_key_arn,
            tags={"service": name},
            retiring=args.config.retiring,
        )
        return SecretEntries(f"{name}-secrets", entries, pulumi.ResourceOptions(parent=self))

    def _endpoints(self, name: str, args: ServiceArgs) -> Parameters:
        """What both colors are told; the features that are off stand here too, since every boot template rereads this folder."""
        platform, config = args.platform, args.config
        balancer, domain = ENDPOINT_VARIABLES
        told: dict[str, pulumi.Input[str]] = {balancer: platform.load_balancer.dns_name, domain: platform.settings.domain.users_name}
        told[FEATURES_VARIABLE] = platform.settings.contingency.features_value
        for thing in config.uses:
            told.update(platform.data_tier.told.get(thing, {}))
        folder = ParametersArgs(path=stack_path(name, "endpoints"), values=told, tags={"service": name})
        return Parameters(f"{name}-endpoint", folder, pulumi.ResourceOptions(parent=self))

    def _blue_green(self, name: str, args: ServiceArgs) -> BlueGreen:
        platform, config = args.platform, args.config
        colors = BlueGreenArgs(
            vpc_id=platform.network.vpc_id,
            listener_arn=platform.load_balancer.listener_arn,
            paths=config.paths,
            priority=config.priority,
            health_path=config.health_path,
            stickiness_seconds=config.stickiness_seconds,
            drain_seconds=platform.settings.load_balancer.drain_seconds,
            weights={color: config.weight(color) for color in Color},
        )
        return BlueGreen(name, colors, pulumi.ResourceOptions(parent=self))

    def _fleet(self, name: str, color: Color, args: ServiceArgs, secrets: SecretEntries, endpoints: Parameters) -> Fleet:
        policies = {**args.shared.policies, **secrets.policies}
        fleet = FleetArgs(
            platform=args.platform,
            service=name,
            color=color,
            pins=args.config.pins(color),
            uses=args.config.uses,
            retiring=args.config.retiring,
            quarantined=color in args.quarantined,
            secret_arns={**args.shared.arns, **secrets.arns},
            thing_secret_arns=self._thing_secrets(args),
            target_group_arn=self.blue_green.target_group_arns[color],
            target_group_suffix=self.blue_green.target_group_suffixes[color],
            rules=self.blue_green.rules,
            after=[*(policies[secret] for secret in args.config.secrets), *endpoints.parameters, *self._before(args)],
        )
        return Fleet(f"{name}-{color}", fleet, pulumi.ResourceOptions(parent=self))

    def _thing_secrets(self, args: ServiceArgs) -> dict[str, pulumi.Input[str]]:
        of_things = (args.platform.data_tier.secrets.get(thing, {}) for thing in args.config.uses)
        return {name: arn for secrets in of_things for name, arn in secrets.items()}

    def _before(self, args: ServiceArgs) -> list[pulumi.Resource]:
        """What must be in place of the things that it uses."""
        return [resource for thing in args.config.uses for resource in args.platform.data_tier.before.get(thing, ())]

    def _summary(self, config: Config) -> dict[str, object]:
        return {
            "live": config.live,
            "weights": {color: config.weight(color) for color in Color},
            "target_groups": self.blue_green.target_group_arns,
            "groups": self.group_names,
            "rule": self.blue_green.rule_arn,
        }

    def _watched(self, name: str, color: Color, args: ServiceArgs) -> Iterator[Watched]:
        suffix, least = self.blue_green.target_group_suffixes[color], args.config.pins(color).capacity.min
        targets = {"LoadBalancer": args.platform.load_balancer.arn_suffix, "TargetGroup": suffix}
        instances = {"AutoScalingGroupName": self.group_names[color]}
        for subject, dimensions in ((TARGET_GROUP, targets), (GROUP, instances)):
            tags = {"service": name, "color": color}
            yield Watched(name=f"{name}-{color}", subject=subject, dimensions=dimensions, least=least, tags=tags)
