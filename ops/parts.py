"""What a command is about: named properties of named resources, or resources that come and go, and nothing else of the stack."""

import copy
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from pulumi.automation.events import OpType

from ops.plan import LEFT, Plan, Step, label
from settings import Settings
from settings_types import Color

RULE = "aws:lb/listenerRule:ListenerRule"
BUCKET = "aws:s3/bucket:Bucket"
GROUP = "aws:autoscaling/group:Group"
TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate"
ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy"
STORE_KEY = "aws:cloudfront/keyvaluestoreKey:KeyvaluestoreKey"

TRAFFIC = "-traffic"
"""How the logical name of a service's weighted rule ends."""
SITE_TRAFFIC = "routing-traffic"
"""The logical name of the key that says which release of the site users see."""
FLIPPED = ("live", "canary", "percent", "previous")
"""What of that key's value a flip may change."""

STACK = ""
"""As a service: the stack's own resources, which belong to none."""
COMES_AND_GOES = frozenset({OpType.CREATE, OpType.DELETE})

Address = tuple[str, str]
"""Type and logical name: what tells a resource of the stack from all others, also before it is made."""


@dataclass(frozen=True)
class Part:
    """What may happen to one resource."""

    type: str
    service: str
    """The service, by its name in config; STACK for a resource that belongs to none."""
    role: str
    """How the resource's logical name goes on after the name under which the service came up; the whole name for one of the stack's."""
    keys: frozenset[str] = frozenset()
    """The inputs that may change in an update."""
    ops: AbstractSet[OpType] = frozenset({OpType.UPDATE})
    """What may be done to it."""

    def address(self, settings: Settings) -> Address:
        """Where it is in the stack."""
        return self.type, self.name(settings)

    def name(self, settings: Settings) -> str:
        """The resource's logical name."""
        return f"{settings.resource_name(self.service)}{self.role}"

    def moving(self, settings: Settings) -> str:
        """How an unfinished change of it is called among what is half-done."""
        return f"updating {label(self.type, f'::{self.name(settings)}')}"


def traffic_rule(service: str) -> Part:
    """The weights that say which color takes a service's traffic."""
    return Part(RULE, service, TRAFFIC, frozenset({"actions"}))


def site_traffic() -> Part:
    """The key that says which release of the site users see."""
    return Part(STORE_KEY, STACK, SITE_TRAFFIC, frozenset({"value"}))


def group_floor(service: str, color: Color) -> Part:
    """The least size of a color's group."""
    return Part(GROUP, service, f"-{color}-group", frozenset({"minSize"}))


def pins(service: str, color: Color) -> Sequence[Part]:
    """What enters a color's instances with a release: template, the group's version of it, the repository that the role may pull."""
    return (
        Part(TEMPLATE, service, f"-{color}-boot", frozenset({"imageId", "userData", "tagSpecifications"})),
        Part(GROUP, service, f"-{color}-group", frozenset({"mixedInstancesPolicy"})),
        Part(ROLE_POLICY, service, f"-{color}-may", frozenset({"policy"})),
    )


def strays(plan: Plan, parts: Mapping[Address, Part]) -> Iterator[Step]:
    """The steps of a plan that are not about these parts, given by where they are; what a replacement has left is `up`'s to take away."""
    steps = (step for step in plan.steps if step.op is not LEFT)
    return (step for step in steps if step.address not in parts or not _within(step, parts[step.address]))


def _within(step: Step, part: Part) -> bool:
    if step.op not in part.ops:
        return False
    if step.op is not OpType.UPDATE:
        return True
    changed = {re.split(r"[.\[]", key)[0] for key in step.keys}
    if not changed or not changed <= part.keys:
        return False
    if is_site_traffic(step):
        return _beside_flip(step.old) == _beside_flip(step.new)
    return step.type != RULE or _beside_weights(step.old) == _beside_weights(step.new)


def is_site_traffic(step: Step) -> bool:
    """Whether it is about the key that says which release of the site users see."""
    return (step.type, step.name) == (STORE_KEY, SITE_TRAFFIC)


def _told(inputs: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the site's key says by its inputs; empty where that is not known or no object."""
    try:
        told = json.loads(str(inputs.get("value")))
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _beside_flip(inputs: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The site's key without what a flip changes; a value that nobody can read is unlike any other."""
    told = _told(inputs)
    return {key: value for key, value in told.items() if key not in FLIPPED} if told else None


def _beside_weights(inputs: Mapping[str, Any]) -> Any:
    """The action of a rule without its weights: target groups, stickiness."""
    actions = copy.deepcopy(inputs.get("actions") or [])
    for action in actions:
        for group in (action.get("forward") or {}).get("targetGroups", []):
            group.pop("weight", None)
    return actions
