"""The emergency measures: what each is called, which setting it is, and what of the stack it touches."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from components.color_firewall import WAY_IN, ways_out
from ops.difference import EGRESS, INGRESS
from ops.errors import BadInputError
from ops.guard import PARAMETER
from ops.parts import COMES_AND_GOES, GROUP, STACK, STORE_KEY, Part, group_floor
from settings import Settings
from settings_contingency import Contingency
from settings_endpoints import FEATURES_VARIABLE
from settings_types import Color

CACHE_POLICY = "aws:cloudfront/cachePolicy:CachePolicy"
WEB_ACL_RULE = "aws:wafv2/webAclRule:WebAclRule"
IP_SET = "aws:wafv2/ipSet:IpSet"
LOCKDOWN_RULE, IP_SETS = "waf-lockdown", ("waf-ipv4", "waf-ipv6")
CACHE_KEY = "parametersInCacheKeyAndForwardedToOrigin"
ROUTING = "routing-"
"""How the logical names of the edge's keys begin."""
NETWORKS = "allowed_networks"
"""The setting beside the measures: who may pass."""


@dataclass(frozen=True)
class Measure:
    """One emergency measure."""

    name: str
    """As the commands call it; its setting is the same with underscores."""
    about: Callable[[Settings, Sequence[str]], Sequence[Part]]
    """What it touches, given the names that are added to its list or taken off it."""
    told: Callable[[Contingency], str]
    """What it does, in words, while it is on."""
    lets_pass: bool = False
    """Whether it shuts out everybody but the allowed networks."""

    @property
    def setting(self) -> str:
        """The setting's name in `switchyard:contingency`."""
        return self.name.replace("-", "_")

    def value(self, contingency: Contingency) -> Any:
        """What config says now: a truth, a number or a tuple of names; false in itself while the measure is off."""
        return getattr(contingency, self.setting)


def networks() -> Sequence[Part]:
    """Who may pass, wherever the edge looks: at the firewall, and at the gate that lets requests in during maintenance."""
    return (*_sets(), _key("maintenance"))


def _sets() -> Sequence[Part]:
    return [_stack(IP_SET, name, "addresses") for name in IP_SETS]


def _stack(kind: str, name: str, *keys: str) -> Part:
    """A resource that belongs to no service."""
    return Part(kind, STACK, name, frozenset(keys))


def _key(name: str) -> Part:
    return _stack(STORE_KEY, f"{ROUTING}{name}", "value")


def _floors(settings: Settings, _names: Sequence[str]) -> Sequence[Part]:
    return [group_floor(service, color) for service in settings.services for color in Color]


def _maintenance(_settings: Settings, _names: Sequence[str]) -> Sequence[Part]:
    return [_key("maintenance")]


def _lockdown(settings: Settings, _names: Sequence[str]) -> Sequence[Part]:
    """One rule; where the stack is for listed networks only, that rule blocks always and a lockdown changes for whom it does not."""
    return [_stack(WEB_ACL_RULE, LOCKDOWN_RULE, "action"), *(() if settings.cdn.is_public else _sets())]


def _caching(_settings: Settings, _names: Sequence[str]) -> Sequence[Part]:
    """What is kept longer, and, where nothing was kept at all, by what it is told apart then."""
    return [_key("caching"), _stack(CACHE_POLICY, "policies-services", "minTtl", "defaultTtl", "maxTtl", CACHE_KEY)]


def _features(settings: Settings, _names: Sequence[str]) -> Sequence[Part]:
    return [features(service) for service in settings.services]


def features(service: str) -> Part:
    """What tells a service's instances which features are off."""
    return Part(PARAMETER, service, f"-endpoint-{FEATURES_VARIABLE}", frozenset({"value"}))


def _quarantine(settings: Settings, names: Sequence[str]) -> Sequence[Part]:
    parts: list[Part] = []
    for service, _, color in (name.partition(".") for name in names):
        rules = [(INGRESS, WAY_IN)]
        if service in settings.services:
            rules += [(EGRESS, role) for role in ways_out(settings.services[service].uses, settings.network.egress_cidrs)]
        parts += [Part(kind, service, f"-{color}-{role}", ops=COMES_AND_GOES) for kind, role in rules]
        parts.append(Part(GROUP, service, f"-{color}-group", frozenset({"suspendedProcesses"})))
    return parts


QUARANTINE = Measure("quarantine", _quarantine, lambda now: f"in quarantine, cut off and kept as it is: {', '.join(now.quarantine)}")
MEASURES = (
    Measure("scale-floor", _floors, lambda now: f"every fleet of both colors has at least {now.scale_floor} instances, up to its max"),
    Measure("maintenance", _maintenance, lambda now: f"a page says to come back later, but to {_who(now)}", lets_pass=True),
    Measure("lockdown", _lockdown, lambda now: f"the firewall lets nobody in but {_who(now)}", lets_pass=True),
    Measure("aggressive-caching", _caching, lambda _: "answers of services are kept at the edge, whatever they say"),
    Measure("disabled-features", _features, lambda now: f"the services are told to switch off {', '.join(now.disabled_features)}"),
    QUARANTINE,
)
"""All of them, in the order in which `status` tells them."""


def _who(contingency: Contingency) -> str:
    return ", ".join(contingency.allowed_networks)


def measure_of(name: str) -> Measure:
    """A measure by its name; BadInputError names those that there are."""
    for measure in MEASURES:
        if measure.name == name:
            return measure
    raise BadInputError(f"There is no measure {name!r}.", f"Name one of: {', '.join(measure.name for measure in MEASURES)}.")


def imposed(contingency: Contingency) -> list[Measure]:
    """The measures that are on by config."""
    return [measure for measure in MEASURES if measure.value(contingency)]
