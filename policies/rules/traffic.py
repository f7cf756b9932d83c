"""How the rules find colors, services and shares of traffic in a stack: by the tags that components/blue_green.py sets."""

from collections.abc import Sequence

from policies.rules.properties import Properties
from policies.rules.resource import Resource

COLORS = ("blue", "green")


def moves_traffic(listener_rule: Resource) -> bool:
    """Tell whether a listener rule serves users: all do but those tagged as previews of one color."""
    return bool(listener_rule.tag("role") != "preview")


def shares(listener_rule: Resource) -> Sequence[Properties]:
    """Return the entries of target group and weight, in the order in which they stand in the rule."""
    return [share for action in listener_rule.items("actions") for share in action.items("forward.targetGroups")]
