"""What AWS allows in number, held against the whole config."""

import typing
from collections.abc import Iterator

from settings_errors import Problem

if typing.TYPE_CHECKING:
    from settings import Settings

TARGET_GROUPS_QUOTA = 100
"""Target groups of one load balancer, fixed by AWS."""
GROUP_RULES_QUOTA = 60
"""Rules of one security group in one direction (AWS quota "Inbound or outbound rules per security group")."""
PATHS_QUOTA = 70
"""A distribution has 75 cache behaviors by default; five are the site's."""


def problems(settings: "Settings") -> Iterator[Problem]:
    """Where the config asks for more of a kind than AWS allows."""
    count, quota = len(settings.services), settings.load_balancer.rules_quota
    key = "switchyard:services"
    if 3 * count > quota:
        fix = 'ask AWS to raise "Rules per Application Load Balancer" and then set switchyard:load_balancer.rules_quota'
        yield Problem(key, f"{count} services", f"take {3 * count} listener rules and the quota is {quota}: {fix}")
    if 2 * count > TARGET_GROUPS_QUOTA:
        yield Problem(
            key,
            f"{count} services",
            f"take {2 * count} target groups, and AWS allows a load balancer {TARGET_GROUPS_QUOTA}: at most {TARGET_GROUPS_QUOTA // 2}",
        )
    paths = sum(len(service.paths) for service in settings.services.values())
    if paths > PATHS_QUOTA:
        yield Problem(
            key,
            f"{paths} paths",
            f"are more than the {PATHS_QUOTA} that a CDN distribution's 75 cache behaviors have room for: join some with a wildcard",
        )
    rules = len(settings.network.egress_cidrs) + 3 + max((len(service.uses) for service in settings.services.values()), default=0)
    if rules > GROUP_RULES_QUOTA:
        yield Problem(
            "switchyard:network.egress_cidrs",
            f"{rules} outbound rules",
            f'are more than the {GROUP_RULES_QUOTA} of AWS\'s quota "Rules per security group": join networks, or allow 0.0.0.0/0',
        )
