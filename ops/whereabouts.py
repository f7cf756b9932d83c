"""How AWS is asked for a thing whose creation was begun and not noted the end of. What is asked for each type is in `ops/searches.py`."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import jmespath
from botocore.exceptions import ClientError

from ops.target import Target

Facts = Mapping[str, Any]
"""The inputs of a creation, and of its stack `account`, `region`, and `labels`: the tags (`key`, `value`) that tell its things apart."""

GONE = re.compile(r"NotFound|NoSuch|NotExist|Nonexist|^404$")
"""Every AWS service has an error code of its own for a thing that is not there; all say it in one of these words."""


@dataclass(frozen=True)
class Search:
    """Where to look for the things of one type."""

    service: str
    operation: str
    """boto3's names."""
    give: str
    """JMESPath over the facts: the parameters."""
    take: str
    """JMESPath over the answer: the list of what it may be."""
    id: str
    """What tells it from others: JMESPath over one of the list, or a text with `{input}` in it."""
    alike: Mapping[str, str] = field(default_factory=dict)
    """What AWS cannot be asked for: JMESPath over one of the list, and over the facts, which have to say the same."""
    still: "Search | None" = None
    """A second look at each, by `{id: ...}`, where AWS lists what is as good as deleted; what it finds counts."""
    imports: str = "{id}"
    """By what the provider imports it, where that is more: a text with `{id}` and `{input}` in it."""

    def ids(self, target: Target, facts: Facts) -> list[str]:
        """Return what there is, by id. Raises botocore's errors, but for one that says that there is nothing."""
        wanted = {path: _text(jmespath.search(of, facts)) for path, of in self.alike.items()}
        like = [one for one in self._listed(target, facts) if {path: _text(jmespath.search(path, one)) for path in wanted} == wanted]
        found = [self.name(facts) or str(jmespath.search(self.id, one)) for one in like]
        if not self.still:
            return found
        return [id_ for each in found for id_ in self.still.ids(target, {"id": each, "region": facts["region"]})]

    def name(self, inputs: Facts) -> str:
        """Return the id where inputs make it; empty where AWS gives one."""
        known = {name: _text(value) for name, value in inputs.items()}
        return self.id.format_map(defaultdict(str, known)) if "{" in self.id else ""

    def _listed(self, target: Target, facts: Facts) -> list[Any]:
        client = target.client(self.service, str(facts["region"]))
        try:
            answer = getattr(client, self.operation)(**jmespath.search(self.give, facts))
        except ClientError as error:
            if GONE.search(error.response["Error"]["Code"]):
                return []
            raise
        return jmespath.search(self.take, answer) or []


def _text(value: Any) -> str:
    """Return a value as the other side may write it: 443 or `"443"`, a name in DNS with a dot at its end or without."""
    return str(value).rstrip(".")
