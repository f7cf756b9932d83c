"""The reference of stack config, made from its models: a JSON Schema for editors and a page for people.

`python -m ops.schema > docs/reference/settings.schema.json` and `python -m ops.schema page > docs/reference/settings.md`.
"""

import json
import sys
import typing
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic.fields import FieldInfo

from settings import NAMESPACE, REGION_KEY, STACK_KEY, Settings
from settings_types import Section

Schema = Mapping[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
HEAD = f"""# Settings

<!-- Made by `python -m ops.schema page > docs/reference/settings.md`; a test holds it to the program. -->

Stack config, as it stands in `Pulumi.<stack>.yaml` under `config:`. Any leaf can be set from the shell, as in
`pulumi config set --path '{NAMESPACE}:services.api.live' green`. A key that is not listed here is an error.
"""


def settings_schema() -> str:
    """The JSON Schema of a stack file, as text."""
    model = _tidied(Settings.model_json_schema())
    properties = {_key(name): schema for name, schema in model["properties"].items() if name != STACK_KEY}
    config = {
        "type": "object",
        "properties": properties,
        "required": [_key(name) for name in model["required"] if name != STACK_KEY],
        "propertyNames": {"anyOf": [{"enum": list(properties)}, {"not": {"pattern": f"^{NAMESPACE}:"}}]},
    }
    stack_file = {
        "$schema": DIALECT,
        "title": "Stack config of Switchyard",
        "type": "object",
        "properties": {"config": config},
        "required": ["config"],
        "$defs": model["$defs"],
    }
    return json.dumps(stack_file, indent=2, ensure_ascii=False) + "\n"


def settings_page() -> str:
    """The page of all settings as Markdown: a table a section, with key, type, default and meaning."""
    places: dict[type[Section], list[str]] = {}
    for path, section in _sections(Settings, ""):
        places.setdefault(section, []).append(path)
    return "\n".join([HEAD, *(_table(section, paths) for section, paths in places.items())])


def _key(name: str) -> str:
    return name if name == REGION_KEY else f"{NAMESPACE}:{name}"


def _tidied(schema: Any) -> Any:
    """The schema without pydantic's titles, which only repeat the names, and closed to names of another form than a mapping's keys have."""
    if isinstance(schema, list):
        return [_tidied(member) for member in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {"additionalProperties": False} if "patternProperties" in schema else {}
    return {**{key: _tidied(value) for key, value in schema.items() if not (key == "title" and isinstance(value, str))}, **closed}


def _sections(section: type[Section], path: str) -> Iterator[tuple[str, type[Section]]]:
    """Every section below and including this one, with the path where it stands."""
    yield path, section
    for name, field in section.model_fields.items():
        below = _below(field.annotation, f"{path}.{name}" if path else _key(name))
        if below:
            yield from _sections(below[1], below[0])


def _below(annotation: Any, path: str) -> tuple[str, type[Section]] | None:
    """The section that a field holds, itself or as the member of a mapping or list, and its path."""
    if isinstance(annotation, type) and issubclass(annotation, Section):
        return path, annotation
    member = {dict: f"{path}.<name>", tuple: f"{path}[0]"}.get(typing.get_origin(annotation), path)
    found = (_below(inner, member) for inner in typing.get_args(annotation))
    return next((below for below in found if below), None)


def _table(section: type[Section], paths: Sequence[str]) -> str:
    model = section.model_json_schema()
    kinds = {name: _type(schema, model) for name, schema in model["properties"].items()}
    rows = [
        f"| `{_name(section, name)}` | {kinds[field.alias or name]} | {_default(field)} | {' '.join((field.description or '').split())} |"
        for name, field in section.model_fields.items()
        if field.alias != STACK_KEY
    ]
    heading = "## " + " and ".join(f"`{path}`" for path in paths) + f"\n\n{(section.__doc__ or '').strip()}\n" if paths[0] else ""
    return "\n".join([heading, "| setting | type | default | meaning |", "|---|---|---|---|", *rows, ""]).lstrip("\n")


def _name(section: type[Section], name: str) -> str:
    alias = section.model_fields[name].alias
    return alias or (_key(name) if section is Settings else name)


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "required"
    default = field.get_default(call_default_factory=True)
    if isinstance(default, Section):
        return "its defaults"
    return "none" if default is None else f"`{json.dumps(default, default=_brief)}`"


def _brief(section: Section) -> Any:
    return section.model_dump(mode="json", exclude_defaults=True)


def _type(schema: Schema, model: Schema) -> str:
    """What a setting is, in words."""
    if "anyOf" in schema:
        return _type(schema["anyOf"][0], model)
    resolved = model["$defs"][schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
    if "enum" in resolved:
        return "one of " + ", ".join(f"`{value}`" for value in resolved["enum"])
    if "minimum" in resolved:
        return f"{resolved['minimum']} to {resolved['maximum']}"
    words = {"integer": "number", "boolean": "`true` or `false`", "object": "section" if "properties" in resolved else "mapping"}
    if resolved.get("type") == "array":
        return f"list: {_type(resolved['items'], model)}"
    return words.get(str(resolved.get("type")), "text")


if __name__ == "__main__":
    sys.stdout.write(settings_page() if sys.argv[1:] == ["page"] else settings_schema())
