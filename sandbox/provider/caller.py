"""A row's calls, run on an account: what they carry, what they are given, and what they speak of."""

import contextlib
import functools
import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.provider import schema, tags
from sandbox.provider.account import Account, expression, model_of
from sandbox.provider.errors import ProviderError, is_gone
from sandbox.provider.row import Call, Calls, Row, steps
from sandbox.provider.words import Words

Properties = dict[str, Any]

ELSEWHERE = frozenset({"region", "tags", "tagsAll"})
"""Inputs that every row has and no call carries by name: the client and the tag calls take care of them."""


@dataclass(frozen=True)
class Caller:
    """A resource type in an account."""

    row: Row
    account: Account

    @functools.cached_property
    def schema(self) -> schema.Schema:
        """What the type takes and gives."""
        return schema.load(self.row.type)

    @functools.cached_property
    def words(self) -> Words:
        """The type's vocabulary."""
        return Words(self.row.noun or self.row.type.split(".")[-1], self.row.names)

    def carried(self, call: Call) -> set[str]:
        """Return the inputs that a call brings to AWS."""
        if call.on:
            return set(call.on)
        given = re.findall(r"[A-Za-z]\w*", call.give)
        return self.by_name(call) | (set(given) & set(self.schema.inputs))

    def by_name(self, call: Call) -> set[str]:
        """Return the inputs that a call carries because its parameters are named like them."""
        shape = None if callable(call.operation) else model_of(self.client({}), call.operation).input_shape
        names = (set(call.on) or set(self.schema.inputs)) - ELSEWHERE
        return {name for name in names if shape and self.words.carries(name, shape)}

    def apply(self, calls: Calls, facts: Properties, inputs: Properties, changed: set[str]) -> None:
        """Run those calls that carry something changed."""
        for call in steps(calls):
            if self.carried(call) & changed:
                self.run(call, facts, inputs)

    def look_before(self, facts: Properties) -> None:
        """Refuse what AWS would refuse for the state of other resources."""
        for call in steps(self.row.before):
            self.run(call, facts, {})

    def run(self, call: Call, facts: Properties, inputs: Properties, beside: Properties | None = None) -> Any:
        """Run one call, unless its condition is false; return what it takes from the answer. It carries what stands `beside`, too."""
        if call.when and not expression(call.when).search(facts):
            return None
        carried = {name: inputs[name] for name in self.by_name(call) if name in inputs} if inputs else {}
        return self.account.run(call, self.row.boto3_service, facts, self.words, {**carried, **(beside or {})})

    def born_with(self, inputs: Properties) -> Properties:
        """Return what the creation carries of the tags: as on AWS, nothing is there untagged for a moment, except where AWS has it so."""
        if not self.schema.taggable or not self.row.create or callable(self.row.create.operation):
            return {}
        shape = model_of(self.client({}), self.row.create.operation).input_shape
        return tags.at_birth(self.row, shape.members, inputs.get("tagsAll") or {})

    def tag(self, old: Properties, new: Properties, facts: Properties) -> None:
        """Bring the tags from what they were to `tagsAll`."""
        before, after = old.get("tagsAll") or {}, new.get("tagsAll") or {}
        if self.schema.taggable and before != after:
            tagging = tags.of_row(self.row)
            removed = sorted(set(before) - set(after))
            if removed:
                self.run(tagging.remove, {**facts, "keys": removed}, {})
            if after:
                self.run(tagging.add, {**facts, "tags": after}, {})

    def reads(self) -> tuple[Call, ...]:
        """Return the calls that look at the resource, tags included."""
        listing = tags.of_row(self.row).list if self.schema.taggable else None
        return (*steps(self.row.read), listing) if listing else steps(self.row.read)

    def client(self, facts: Mapping[str, Any]) -> Any:
        """Return the boto3 client for a resource, in its own region."""
        return self.account.client(self.row.boto3_service, str(facts.get("region") or ""))

    def facts(self, inputs: Mapping[str, Any]) -> Properties:
        """Return what every call may use, beside the inputs."""
        clients = functools.partial(self.account.client, region=str(inputs.get("region") or ""))
        fixed = {"region": self.account.region, "account": self.account.id, "clients": clients, "unique": secrets.token_hex(9)[:17]}
        return {**fixed, "old": {}, **inputs}

    def spoken(self, thing: Any) -> Properties:
        """Return the properties that an answer speaks of."""
        return self.words.properties(thing, self.schema.outputs) if isinstance(thing, Mapping) else {}

    def computed(self, facts: Mapping[str, Any], names: tuple[str, ...] | None = None) -> Properties:
        """Return the outputs that AWS does not answer, those whose facts are there."""
        result: Properties = {}
        for name, rule in self.row.computed.items():
            if names is None or name in names:
                with contextlib.suppress(KeyError):
                    known = {**facts, **result}
                    result[name] = rule(known) if callable(rule) else rule.format_map(known)
        return result

    def id_of(self, made: Any, facts: Mapping[str, Any]) -> str:
        """Return the id of what a call has made. Raises ProviderError when the answer has none."""
        if "{" in self.row.id:
            return self.row.id.format_map(facts)
        id_ = expression(self.row.id).search(made)
        if not id_:
            raise ProviderError(f"nothing was made; the answer is {made}")
        return str(id_)

    def parsed(self, id_: str) -> Properties:
        """Return the properties that an id is made of: `{role}:{name}` read backwards; the form of an import counts as well."""
        for form in filter(None, (self.row.imports, self.row.id)):
            pattern = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+?)", re.escape(form))
            match = "{" in form and re.fullmatch(pattern, id_)
            if match:
                return match.groupdict()
        if "{" in self.row.id:
            raise ProviderError(f"{id_!r} is no id of {self.schema.token}: it has the form {self.row.id}")
        return {}


@contextlib.contextmanager
def tolerating_gone() -> Iterator[None]:
    """Let it pass when AWS says that the thing is not there."""
    try:
        yield
    except Exception as error:
        if not is_gone(error):
            raise
