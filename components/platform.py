"""What every service stands on."""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi

from components.data_tier import DataTier
from components.encryption import Encryption
from components.endpoints import Endpoints
from components.firewall import Firewall
from components.load_balancer import LoadBalancer
from components.network import Network
from settings import Settings


@dataclass(frozen=True, kw_only=True)
class Platform:
    """The shared ground of all services; nothing in it depends on a single one."""

    settings: Settings
    """What holds for the whole stack: account, region, names, retention, drain time, the emergency measures."""
    network: Network
    """The VPC; instances stand in its application tier."""
    firewall: Firewall
    """The groups that instances are members of or may reach."""
    endpoints: Endpoints
    """The ways to AWS."""
    load_balancer: LoadBalancer
    """What leads to the services."""
    encryption: Encryption
    """The keys, and the role of the fleets."""
    ticket_topic_arn: pulumi.Input[str]
    """Told when a launch fails."""
    data_tier: DataTier
    """What the services use."""

    @property
    def ready(self) -> Sequence[pulumi.Resource]:
        """What must exist before the first instance boots: routes, endpoints, the firewall's rules."""
        return [self.network, self.firewall, self.endpoints]
