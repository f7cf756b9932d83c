"""Inputs as the engine is to record them: completed as the official provider does, and refused where AWS would refuse."""

from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.provider import limits, tags
from sandbox.provider.account import model_of
from sandbox.provider.caller import ELSEWHERE, Properties
from sandbox.provider.limits import Limit
from sandbox.provider.resource import Resource
from sandbox.provider.row import KEPT, Row, steps
from sandbox.provider.schema import Failure
from sandbox.provider.wire import UNKNOWN, known
from sandbox.provider.words import Walk


def completed(resource: Resource, logical: str, seed: bytes, old: Properties, new: Properties) -> Properties:
    """Return the inputs with defaults, name, region and `tagsAll`. Raises NameTooLongError."""
    row, schema, account = resource.row, resource.schema, resource.account
    inputs = with_defaults({name: value for name, value in new.items() if value is not None}, row.defaults)
    if "region" in schema.inputs:
        inputs.setdefault("region", account.region)
    if schema.taggable:
        inputs["tagsAll"] = tags.merged(inputs.get("tags"), account.default_tags)
    if row.naming.input_name in schema.inputs and row.naming.input_name not in inputs:
        inputs[row.naming.input_name] = row.naming.name(logical, seed, old, inputs)
    return inputs


def with_defaults(given: Properties, defaults: Mapping[str, Any]) -> Properties:
    """Return the inputs completed; a default for a member (`healthCheck.port`) counts where the object, or a list of such, is given."""
    inputs = {**given}
    for path, default in defaults.items():
        name, _, member = path.partition(".")
        if not member:
            inputs.setdefault(name, default)
        elif isinstance(inputs.get(name), dict):
            inputs[name] = with_defaults(inputs[name], {member: default})
        elif isinstance(inputs.get(name), list):
            inputs[name] = [with_defaults(item, {member: default}) if isinstance(item, dict) else item for item in inputs[name]]
    return inputs


def failures(resource: Resource, inputs: Properties) -> list[Failure]:
    """Everything that is wrong with the inputs, one reason a property."""
    found: dict[str, str] = {}
    for path, reason in _all(resource, inputs):
        found.setdefault(path, reason)
    return list(found.items())


def _all(resource: Resource, inputs: Properties) -> Iterator[Failure]:
    row = resource.row
    misfits = list(resource.schema.failures(inputs))
    yield from misfits
    if misfits:
        return  # the rest reads the inputs by their types
    yield from _of_row(row, inputs)
    if resource.schema.taggable and isinstance(inputs.get("tagsAll"), dict):
        yield from tags.failures(inputs["tagsAll"])
    if row.create or not row.recorded:
        yield from _of_calls(resource, inputs)


def _of_row(row: Row, inputs: Properties) -> Iterator[Failure]:
    """Find what the row itself refuses."""
    for group in row.conflicts:
        given = [name for name in group if inputs.get(name) is not None]
        if len(given) > 1:
            yield given[0], f"conflicts with {', '.join(given[1:])}: give one of {', '.join(group)}"
    name = Limit(1, row.naming.limit, row.naming.pattern, row.naming.says)
    for path, limit in (*limits.OF_NAMES.items(), *row.limits.items(), (row.naming.input_name, name)):
        for where, value in limits.at(inputs, path):
            reason = limit.failure(value)
            if reason:
                yield where, reason
    if row.check:
        yield from row.check(known(inputs))


def _of_calls(resource: Resource, inputs: Properties) -> Iterator[Failure]:
    """Find what botocore's model of the calls refuses, and inputs that reach no call."""
    row, found = resource.row, list[Failure]()

    def leaf(path: str, value: Any, shape: Any) -> None:
        reason = "" if value == UNKNOWN else limits.of_shape(value, shape)
        if reason:
            found.append((path, reason))

    carried = {*ELSEWHERE, *KEPT, *row.kept, row.naming.prefix_property}
    for call in (*filter(None, [row.create]), *steps(row.update), *steps(row.delete)):
        carried |= resource.carried(call)
    for call in (*filter(None, [row.create]), *steps(row.update)):
        if not callable(call.operation):
            model = model_of(resource.account.client(row.boto3_service), call.operation)
            told = {name: value for name, value in known(inputs, places=True).items() if name not in ELSEWHERE}
            resource.words.parameters(told, model.input_shape, Walk(leaf))
    yield from found
    for name in sorted(inputs.keys() - carried):
        if inputs[name] not in (None, UNKNOWN, False, "", [], {}):
            yield name, f"the sandbox does not bring {name} of {resource.schema.token} to AWS: its row names it in no call"
