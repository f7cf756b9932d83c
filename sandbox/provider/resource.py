"""The life of a resource: a row at work on an account. Property maps are plain here, without secrets or unknowns."""

import re
from dataclasses import dataclass

from sandbox.provider import diff, tags
from sandbox.provider.account import missing
from sandbox.provider.caller import Caller, Properties, tolerating_gone
from sandbox.provider.errors import PartialError, ProviderError, is_gone
from sandbox.provider.row import steps


@dataclass(frozen=True)
class Found:
    """What is there: the resource's id and outputs, and which of these AWS spoke of just now (None: it says "not set")."""

    id: str
    outputs: Properties
    spoken: Properties


class Resource(Caller):
    """Makes, reads, changes and deletes resources of one type."""

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Make it; return id and outputs. Raises PartialError when it exists but a later step failed."""
        facts = self.facts(inputs)
        if self.row.recorded or not self.row.create:
            return self._record(facts, inputs)
        self.look_before(facts)
        made = self.run(self.row.create, facts, inputs, self.born_with(inputs))
        spoken = {name: value for name, value in self.spoken(made).items() if value is not None}
        facts = {**spoken, **facts}
        id_ = facts["id"] = self.id_of(made, facts)
        state = {**spoken, **inputs, **self.computed(facts)}
        try:
            return id_, self._complete(id_, {**facts, **state}, state, inputs)
        except Exception as error:
            raise PartialError(error, id_, state, inputs) from error

    def _complete(self, id_: str, facts: Properties, state: Properties, inputs: Properties) -> Properties:
        """Do what belongs to the creation beside the first call; return the outputs."""
        for call in steps(self.row.after):
            self.run(call, facts, {})
        self.tag(inputs if self.born_with(inputs) else {}, inputs, facts)
        self.apply(self.row.update, facts, inputs, set(inputs) - (self.carried(self.row.create) if self.row.create else set()))
        return self._outputs(id_, state, inputs)

    def _record(self, facts: Properties, inputs: Properties) -> tuple[str, Properties]:
        """Make something that lives in the engine's state only."""
        made = self.computed(facts)
        id_ = self.row.id.format_map({**facts, **made})
        rest = self.computed({**facts, **made, "id": id_}, tuple(self.row.computed.keys() - made.keys()))
        return id_, {**inputs, **made, **rest}

    def read(self, id_: str, state: Properties, inputs: Properties) -> Found | None:
        """Look at it; None when it is gone. With no state and no inputs the id alone must do (import)."""
        if self.row.recorded:
            if not state:
                raise ProviderError(f"{self.schema.token} cannot be imported: {self.row.recorded}")
            return Found(id_, state, {})
        if not state:
            id_, inputs = self._placed(id_, inputs)
        parsed = self.parsed(id_)
        id_ = self.row.id.format_map(parsed) if parsed and "{" in self.row.id else id_
        facts = {**self.facts(inputs), **parsed, **state, **inputs, "id": id_}
        answered = self._look(facts)
        if answered is None:
            return None
        id_ = answered.pop("id", id_)
        state = {**{name: inputs[name] for name in self.row.lost if name in inputs}, **state}
        spoken = {name: value for name, value in answered.items() if name not in self.row.lost or name not in state}
        if self.schema.taggable and "tags" in spoken:
            spoken |= tags.split(spoken["tags"] or {}, inputs.get("tags") or {}, self.account.default_tags)
        spoken |= self.computed({**facts, **spoken})
        spoken = {**{name: value for name, value in {**parsed, "region": facts["region"]}.items() if name in self.schema.outputs}, **spoken}
        outputs = {name: value for name, value in {**state, **spoken}.items() if value is not None}
        return Found(id_, outputs, spoken)

    def _placed(self, id_: str, inputs: Properties) -> tuple[str, Properties]:
        """Return the id of an import without the region that may follow it, `id@us-east-1`, and the inputs with that."""
        elsewhere = re.fullmatch(r"(.+)@([a-z]{2}(?:-[a-z]+)+-\d)", id_) if "region" in self.schema.inputs else None
        return (elsewhere[1], {**inputs, "region": elsewhere[2]}) if elsewhere else (id_, inputs)

    def _look(self, facts: Properties) -> Properties | None:
        """Run the calls that read; the first one decides whether it is there, and what the others do not find is "not set"."""
        spoken: Properties = {}
        for number, call in enumerate(self.reads()):
            try:
                thing = self.run(call, {**spoken, **facts}, {})
            except Exception as error:
                if not is_gone(error):
                    raise
                thing = missing(call, self.client(facts)) if number else None
            if not thing and not number:
                return None
            if self.row.imports and not number:
                spoken["id"] = self.id_of(thing, facts)
            spoken |= self.spoken(thing)
        return spoken

    def _outputs(self, id_: str, state: Properties, inputs: Properties) -> Properties:
        found = self.read(id_, state, inputs)
        if not found:
            raise ProviderError("it was gone right after the change")
        return found.outputs

    def inputs(self, found: Found, old: Properties) -> Properties:
        """Return the inputs that would have made what is there, so that drift shows up against the program's."""
        if old:
            return {name: value for name, value in diff.drifted(old, found.spoken).items() if value is not None}
        there = {name: value for name, value in found.outputs.items() if name in self.schema.inputs or name == "tagsAll"}
        return {**{path: default for path, default in self.row.defaults.items() if "." not in path}, **there}

    def update(self, id_: str, state: Properties, old: Properties, new: Properties) -> Properties:
        """Change what differs between two sets of inputs; return the outputs.

        Raises PartialError when a call fails. As the official provider does, it then says that the resource is as it should have become.
        """
        changed = {change.name for change in diff.changes(old, new, self.schema.computed)}
        state = self.outlook(state, old, new)
        facts = {**self.facts(new), **state, "id": id_, "old": old}
        if self.row.recorded:
            return {**state, **self.computed(facts, self.row.fresh)}
        self.look_before(facts)
        try:
            if "tagsAll" in changed:
                self.tag(old, new, facts)
            self.apply(self.row.update, facts, new, changed)
        except Exception as error:
            raise PartialError(error, id_, state, new) from error
        return self._outputs(id_, state, new)

    def outlook(self, state: Properties, old: Properties, new: Properties) -> Properties:
        """Return the outputs that an update can be expected to have."""
        removed = set(old) - set(new) - self.schema.computed
        return {**{name: value for name, value in state.items() if name not in removed}, **new}

    def chosen(self, state: Properties, old: Properties) -> Properties:
        """Return the inputs with what AWS chose where they said nothing: a program that now says the same changes nothing."""
        return {**{name: value for name, value in state.items() if name in self.schema.inputs and name in self.schema.computed}, **old}

    def renewed(self, old: Properties, new: Properties) -> tuple[str, ...]:
        """Return the outputs that an update makes anew."""
        changed = {change.name for change in diff.changes(old, new, self.schema.computed)}
        return self.row.fresh if changed - {"tags", "tagsAll"} else ()

    def delete(self, id_: str, state: Properties, inputs: Properties) -> None:
        """Delete it; gone already is as good."""
        facts = {**self.facts(inputs), **state, **inputs, "id": id_}
        for call in steps(self.row.delete):
            with tolerating_gone():
                self.run(call, facts, {})
