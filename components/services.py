"""All services of the application."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi

from components.platform import Platform
from components.secret_entries import SecretEntries, SecretEntriesArgs
from components.service import Service, ServiceArgs
from components.watched import Watched
from settings_service import Service as Config
from settings_types import SHARED, Color


@dataclass(frozen=True, kw_only=True)
class ServicesArgs:
    """The services of stack config, and the ground they stand on."""

    platform: Platform
    """What every service stands on."""
    services: Mapping[str, Config]
    """Name to section."""


class Services(pulumi.ComponentResource):
    """One Service for each section under `switchyard:services`, and the secrets that several read; no service depends on another.

    A renamed one keeps its first name in everything that is made of it, so that a rename is a matter of config alone.
    """

    services: Mapping[str, Service]
    """The services by name."""
    summaries: Mapping[str, object]
    """What the stack exports of each."""
    watched: Sequence[Watched]
    """What is watched of all of them."""

    def __init__(self, name: str, args: ServicesArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("switchyard:service:Services", name, None, opts)
        shared = self._shared(args.platform)
        self.services = {
            service: Service(config.came_up_as or service, _of(service, config, args.platform, shared), pulumi.ResourceOptions(parent=self))
            for service, config in args.services.items()
        }
        self.summaries = {service: made.summary for service, made in self.services.items()}
        self.watched = [watched for made in self.services.values() for watched in made.watched]
        self.register_outputs({})

    def _shared(self, platform: Platform) -> SecretEntries:
        settings = platform.settings
        entries = SecretEntriesArgs(
            account_id=settings.account_id,
            owner=SHARED,
            readers={secret: settings.readers(secret) for secret in settings.shared_secrets},
            key_arn=platform.encryption.data_key_arn,
            tags={},
            retiring=False,
        )
        return SecretEntries(f"{SHARED}-secrets", entries, pulumi.ResourceOptions(parent=self))


def _of(service: str, config: Config, platform: Platform, shared: SecretEntries) -> ServiceArgs:
    """The arguments of one service; a quarantine names it as config does, whatever its resources are called."""
    cut_off = [color for color in Color if platform.settings.contingency.quarantines(service, color)]
    return ServiceArgs(platform=platform, config=config, quarantined=cut_off, shared=shared)
