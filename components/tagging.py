"""The tag by which a thing without a name of its own is found again in AWS: its logical name."""

from collections.abc import Mapping
from typing import Any

import pulumi

RESOURCE_TAG = "resource"
"""The key. Beside the provider's `project` and `stack` it tells a nameless thing of a type apart from every other."""

NAMES = frozenset({"name", "bucket"})
"""Inputs by which AWS itself tells things apart."""


def name_tag(args: pulumi.ResourceTransformationArgs) -> pulumi.ResourceTransformationResult | None:
    """Add the tag to a resource that takes tags and no name; what instances are given at launch is not among these.

    A resource's own tags are those that the provider sums up in `tags_all`: an Auto Scaling group's are a list, for its instances.
    """
    if not args.type_.startswith("aws:") or NAMES & args.props.keys() or not {"tags", "tags_all"} <= args.props.keys():
        return None
    own = args.props["tags"]
    tags = own.apply(lambda known: _named(known, args.name)) if isinstance(own, pulumi.Output) else _named(own, args.name)
    return pulumi.ResourceTransformationResult({**args.props, "tags": tags}, args.opts)


def _named(tags: Any, name: str) -> Mapping[str, pulumi.Input[str]]:
    return {**(tags or {}), RESOURCE_TAG: name}
