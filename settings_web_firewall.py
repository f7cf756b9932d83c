"""What looks at each request before it reaches anything: the managed rule groups and the limits of the web ACL."""

import re
import zlib
from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import Field

from components import managed_rules
from components.managed_rules import BASELINE, GROUPS, MOST_UNITS
from settings_errors import Problem
from settings_limits import checked, counting, matching, one_of, some, unique, within
from settings_types import Section

KEY = "switchyard:web_firewall"

MOST_LIMITS = 9
"""AWS allows a web ACL ten rate rules, and one is the whole site's."""
FEWEST_REQUESTS, MOST_REQUESTS = 10, 2_000_000_000
"""AWS's own bounds of a rate rule."""
WINDOWS_SECONDS = (60, 120, 300, 600)
"""The windows in which AWS counts."""
PATTERN_LENGTH = 512
"""Characters of a regular expression in a rule."""
FIRST_PRIORITY, PRIORITIES = 1000, 10_000
"""Where the limits stand in the ACL. Each has the place that its name gives it, so that adding or removing one moves no other."""
KEYS_OF_A_LIMIT = 2
"""Address and path."""


def _group_name(value: str) -> str:
    if value not in GROUPS:
        raise ValueError(f"is not a managed rule group that can be used here; there is {', '.join(GROUPS)}")
    return value


GroupName = Annotated[str, checked(_group_name, enum=list(GROUPS))]
GroupVersion = Annotated[str, matching(r"Version_\d+\.\d+", "must be a version as AWS writes it, for example Version_1.23")]
RuleName = Annotated[str, matching(r"[A-Za-z0-9_-]{1,128}", "must be the name of a rule of the group, for example SizeRestrictions_BODY")]
LimitName = Annotated[
    str,
    matching(r"[a-z][a-z0-9-]{0,11}", "must be at most 12 lowercase letters, digits and hyphens, starting with a letter"),
]
ExactPath = Annotated[
    str,
    matching(
        r"/([A-Za-z0-9_.$/~@:+-]{0,253}[A-Za-z0-9_.$~@:+-])?",
        "must be a path without wildcards, query and slash at the end, for example /api/login",
    ),
]


class Group(Section):
    """A rule group that AWS maintains."""

    version: GroupVersion | None = None
    """A static version, for a group that has them; left out, it is the one that this release of the program was made for."""
    count: Annotated[tuple[RuleName, ...], counting(0, 100, "rules"), unique("rule")] = ()
    """Rules of the group that only count what they match, and block nothing."""


class Limit(Section):
    """How often one address may ask for a path."""

    paths: Annotated[tuple[ExactPath, ...], some("path"), unique("path")]
    """Whole paths; each is counted by itself."""
    requests: Annotated[int, within(FEWEST_REQUESTS, MOST_REQUESTS, "requests (AWS counts no less)")]
    """What one address may ask of one path within the window; beyond that it is blocked until it asks less."""
    window_seconds: Annotated[int, one_of(WINDOWS_SECONDS, "seconds")] = 300
    """How far back AWS counts."""

    @property
    def pattern(self) -> str:
        """The regular expression of the paths, with or without a slash at the end."""
        return f"^({'|'.join(re.escape(path.removesuffix('/')) for path in self.paths)})/?$"


def _default_groups() -> dict[str, Group]:
    names = (*BASELINE, "AWSManagedRulesUnixRuleSet", "AWSManagedRulesAnonymousIpList", "AWSManagedRulesBotControlRuleSet")
    counted = {
        "AWSManagedRulesAnonymousIpList": ("HostingProviderIPList",),
        "AWSManagedRulesBotControlRuleSet": ("CategoryHttpLibrary", "SignalNonBrowserUserAgent"),
    }
    return {name: Group(count=counted.get(name, ())) for name in names}


class WebFirewall(Section):
    """The web ACL in front of the CDN."""

    groups: dict[GroupName, Group] = Field(default_factory=_default_groups)
    """AWS's rule groups, by AWS's name; what is given here takes the place of the default. By default callers that are servers and
    programs are counted, not blocked: pipelines and partners are among them."""
    requests: Annotated[int, within(FEWEST_REQUESTS, MOST_REQUESTS, "requests (AWS counts no less)")] = 2000
    """What one address may ask of the whole site, files included, within five minutes."""
    limits: Annotated[
        dict[LimitName, Limit], counting(0, MOST_LIMITS, "limits (AWS allows a web ACL ten rate rules, and one is the whole site's)")
    ] = Field(default_factory=dict)
    """Lower limits for paths that are worth an attack, such as a login."""
    body_kb: Annotated[int, one_of((16, 32, 48, 64), "KB")] = 16
    """How much of a body is looked at; AWS charges for what is above 16. AWSManagedRulesCommonRuleSet blocks bodies above 8 KB
    (SizeRestrictions_BODY)."""

    def units(self) -> dict[str, int]:
        """The capacity units that the ACL takes, by rule."""
        limit = managed_rules.REGEX_UNITS + 2 * managed_rules.TRANSFORMATION_UNITS + KEYS_OF_A_LIMIT * managed_rules.AGGREGATION_KEY_UNITS
        return {
            "lockdown": 2 * managed_rules.IP_SET_UNITS,
            **{name: GROUPS[name].units for name in self.groups},
            "requests": managed_rules.RATE_UNITS,
            **{f"limits.{name}": managed_rules.RATE_UNITS + limit for name in self.limits},
        }


def priority(limit: str) -> int:
    """The place of a limit in the ACL: a number of its name's own."""
    return FIRST_PRIORITY + zlib.crc32(limit.encode()) % PRIORITIES


def told(units: Mapping[str, int]) -> str:
    """The capacity that an ACL takes, in words: the sum and, the largest first, what it is made of."""
    parts = sorted(units.items(), key=lambda part: -part[1])
    return f"{sum(units.values())} capacity units ({', '.join(f'{name} {count}' for name, count in parts)})"


def problems(firewall: WebFirewall) -> Iterator[Problem]:
    """What is wrong between the parts of the section."""
    for name, group in firewall.groups.items():
        yield from _group(name, group)
    missing = [name for name in BASELINE if name not in firewall.groups]
    if missing:
        yield Problem(f"{KEY}.groups", None, f"leaves out {', '.join(missing)}: name every group, since the default no longer counts")
    if sum(firewall.units().values()) > MOST_UNITS:
        yield Problem(f"{KEY}.groups", None, f"takes {told(firewall.units())}, and AWS allows a web ACL {MOST_UNITS}: leave out a group")
    yield from _limits(firewall.limits)


def _group(name: str, group: Group) -> Iterator[Problem]:
    known, key = GROUPS[name], f"{KEY}.groups.{name}"
    if group.version and not known.versioned:
        yield Problem(f"{key}.version", group.version, "is for groups that AWS gives versions, and this one has none: remove it")
    if known.versioned and not (group.version or known.version):
        yield Problem(f"{key}.version", None, "is missing: name one from AWS's changelog of managed rules, for example Version_2.0")
    for rule in group.count:
        if known.rules and rule not in known.rules:
            fix = f"it is one of {', '.join(known.rules)} (a new rule of AWS's is added to components/managed_rules.py)"
            yield Problem(f"{key}.count", rule, f"is no rule of the group, and AWS would ignore it: {fix}")


def _limits(limits: Mapping[str, Limit]) -> Iterator[Problem]:
    owners: dict[str, str] = {}
    places: dict[int, str] = {}
    for name, limit in limits.items():
        key = f"{KEY}.limits.{name}"
        if len(limit.pattern) > PATTERN_LENGTH:
            yield Problem(f"{key}.paths", f"{len(limit.paths)} paths", "are too long for one rule of AWS's: make two limits of them")
        for path in limit.paths:
            owner = owners.setdefault(path, name)
            if owner != name:
                yield Problem(f"{key}.paths", path, f"is limited by {owner} already: name it once")
        taken = places.setdefault(priority(name), name)
        if taken != name:
            yield Problem(key, None, f"would stand where {taken} stands in the web ACL: give it another name")
