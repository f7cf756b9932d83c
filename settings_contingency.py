"""Emergency measures: each is a setting that one command sets and one clears, and that touches what it says and nothing else."""

import json
from collections.abc import Iterator, Mapping
from typing import Annotated

import settings_types as types
from components.edge import maintenance_value
from settings_errors import Problem
from settings_limits import counting, matching, unique, within
from settings_service import Service
from settings_types import Color, Section

KEY = "switchyard:contingency"

FeatureName = Annotated[
    str, matching(r"[a-z][a-z0-9-]{0,31}", "must be at most 32 lowercase letters, digits and hyphens, starting with a letter")
]
ColorName = Annotated[str, matching(rf"{types.SERVICE_NAME}\.(blue|green)", "must be a service and a color, for example api.green")]


class Contingency(Section):
    """Emergency measures."""

    scale_floor: Annotated[int, within(0, 1000, "instances")] = 0
    """The least capacity of every fleet, both colors, up to each one's `max`."""
    aggressive_caching: bool = False
    """Keeps what services answer to GET and HEAD for at least a minute, whatever they say; an answer that allows it is served for up to a
    day while its service fails."""
    maintenance: bool = False
    """Answers everybody outside `allowed_networks` with a page that says to come back later."""
    lockdown: bool = False
    """Blocks everybody outside `allowed_networks`, before anything of ours sees the request."""
    allowed_networks: Annotated[tuple[types.ClientNetwork, ...], unique("network")] = ()
    """Networks, IPv4 or IPv6, that may pass while lockdown or maintenance is on."""
    disabled_features: Annotated[tuple[FeatureName, ...], counting(0, 50, "features"), unique("feature")] = ()
    """Features that the services switch off while they are named here; each service reads the list within a minute."""
    quarantine: Annotated[tuple[ColorName, ...], unique("color")] = ()
    """Colors whose instances are cut off from everything and kept as they are, for who looks into an incident."""

    @property
    def features_value(self) -> str:
        """What services read of the features that are off: a JSON list, since SSM keeps no empty parameter."""
        return json.dumps(list(self.disabled_features), separators=(",", ":"))

    def quarantines(self, service: str, color: Color) -> bool:
        """Whether a color is cut off."""
        return f"{service}.{color}" in self.quarantine


def problems(contingency: Contingency, services: Mapping[str, Service]) -> Iterator[Problem]:
    """What is wrong between the measures, and between them and the services."""
    for measure in ("lockdown", "maintenance"):
        if getattr(contingency, measure) and not contingency.allowed_networks:
            fix = f"name the networks that may pass in {KEY}.allowed_networks (`switchyard impose {measure} --allow NETWORK`)"
            yield Problem(f"{KEY}.{measure}", value=True, allowed=f"shuts out everybody, you included: {fix}")
    try:
        maintenance_value(contingency.maintenance, contingency.allowed_networks)
    except ValueError as error:
        told = f"{len(contingency.allowed_networks)} networks"
        yield Problem(f"{KEY}.allowed_networks", told, f"are more than the edge can read at each request ({error}): join some")
    for place, name in enumerate(contingency.quarantine):
        yield from _quarantine(f"{KEY}.quarantine[{place}]", name, services)


def _quarantine(key: str, name: str, services: Mapping[str, Service]) -> Iterator[Problem]:
    service, _, color = name.partition(".")
    if service not in services:
        yield Problem(key, name, f"names no service; there is {', '.join(services)}")
    elif services[service].weight(Color(color)):
        share = services[service].weight(Color(color))
        fix = f"move the traffic first: `switchyard rollback {service}`; or end it: `switchyard lift quarantine {name}`"
        yield Problem(key, name, f"takes {share} % of the traffic of {service}, which would fail: {fix}")
