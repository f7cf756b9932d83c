"""The data tier: what keeps the application's data, in subnets that reach nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi

from components.watched import Watched
from settings import Settings
from settings_types import Dependency


@dataclass(frozen=True, kw_only=True)
class DataTierArgs:
    """What it is told, and where it stands."""

    settings: Settings
    """Its sections say what there is: one that is missing makes nothing."""
    subnet_ids: Sequence[pulumi.Input[str]]
    """The network's data tier, one subnet a zone."""
    group_ids: Mapping[Dependency, pulumi.Input[str]]
    """The security group in which each thing stands."""
    data_key_arn: pulumi.Input[str]
    """Encrypts what is stored."""
    logs_key_arn: pulumi.Input[str]
    """Encrypts log groups."""
    ready: Sequence[pulumi.Resource]
    """What must exist before anything is reached."""


class DataTier(pulumi.ComponentResource):
    """What the services use. Stateful in its parts, which are protected; the parts say what they cost."""

    told: Mapping[Dependency, Mapping[str, pulumi.Input[str]]]
    """What a service that uses a thing is told of it: parameters by name."""
    watched: Sequence[Watched]
    """All that is watched of it."""

    def __init__(self, name: str, args: DataTierArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("switchyard:data:DataTier", name, None, opts)
        self._settings = args.settings
        self.told = {}
        self.watched = []
        self.register_outputs({})
