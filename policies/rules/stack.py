"""All resources of a stack, indexed once for all rules."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from policies.rules.resource import OUTPUTS, Resource


class Stack:
    """The resources by type, by URN and by what their properties come from; in the order of their URNs, so that reports are stable.

    `others` are known by URN alone: values may come from them, and they count for nothing else.
    """

    def __init__(self, resources: Iterable[Resource], others: Iterable[Resource] = ()) -> None:
        self._by_urn: dict[str, Resource] = {each.urn: each for each in others}
        self._by_type: defaultdict[str, list[Resource]] = defaultdict(list)
        self._dependents: defaultdict[tuple[str, str, str], list[Resource]] = defaultdict(list)
        for resource in sorted(resources, key=lambda each: each.urn):
            self._by_urn[resource.urn] = resource
            self._by_type[resource.type].append(resource)
            for property_name, urns in resource.sources.items():
                for urn in urns:
                    self._dependents[urn, resource.type, property_name].append(resource)

    @property
    def urns(self) -> Collection[str]:
        """All URNs."""
        return self._by_urn

    @property
    def types(self) -> Collection[str]:
        """All types of which there is a resource."""
        return self._by_type

    def of_type(self, kind: str) -> Sequence[Resource]:
        """Return all resources of a type."""
        return self._by_type.get(kind, ())

    def sources(self, resource: Resource, property_name: str, kind: str) -> Sequence[Resource]:
        """Return the resources of type `kind` that a property's value comes from; values that are plain text have no source."""
        found = (self._by_urn.get(urn) for urn in sorted(resource.sources.get(property_name, ())))
        return [source for source in found if source and source.type == kind]

    def dependents(self, resource: Resource, kind: str, property_name: str) -> Sequence[Resource]:
        """Return the resources of type `kind` whose property's value comes from `resource`."""
        return self._dependents.get((resource.urn, kind, property_name), ())

    def origins(self, resource: Resource, path: str) -> Sequence[str]:
        """Return the URNs of the resources that the value at `path` comes from: for an output, the resource itself."""
        head = re.split(r"[.\[]", path, maxsplit=1)[0]
        if head == OUTPUTS:
            return [resource.urn]
        return sorted(self._by_urn.get(resource.urn, resource).sources.get(head, ()))
