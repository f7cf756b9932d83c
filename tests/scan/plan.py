"""A rendered stack in the form of `terraform show -json`, which scanners read: the same resources under Terraform's names."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from policies.rules.wire import SIGNATURE_KEY
from tests.policies.given import Given

EXCEPTIONS = {
    "aws_lb_load_balancer": "aws_lb",
    "aws_s3_bucket_replication_config": "aws_s3_bucket_replication_configuration",
    **{
        f"aws_rds_{thing}": f"aws_db_{thing}"
        for thing in ("instance", "parameter_group", "proxy", "proxy_default_target_group", "proxy_target", "subnet_group")
    },
}
"""What Terraform calls otherwise."""
BLOCKS = {
    *("default_actions", "actions", "conditions", "rules", "target_groups"),
    *("origins", "origin_groups", "ordered_cache_behaviors", "members", "copy_actions", "log_delivery_configurations", "parameters"),
}
"""Lists of blocks, which Terraform names in the singular."""
FREE = {"tags", "dimensions"}
"""Maps whose keys are the program's."""


def type_of(token: str) -> str:
    """Terraform's name of a type: `aws:lb/targetGroup:TargetGroup` is `aws_lb_target_group`."""
    _, module, name = token.split(":")
    service = module.partition("/")[0]
    found = f"aws_{'' if service == 'ec2' else f'{service}_'}{_snake(name)}"
    return EXCEPTIONS.get(found, found)


def plan(stack: Sequence[Given]) -> Mapping[str, Any]:
    """All resources of AWS's provider, with their values and, between them, the references."""
    made = [each for each in stack if each.type.startswith("aws:")]
    addresses = {each.urn: f"{type_of(each.type)}.{re.sub(r'[^A-Za-z0-9_-]', '_', each.name)}" for each in made}

    def listed(more: Callable[[Given], Mapping[str, Any]]) -> list[dict[str, Any]]:
        heads = ({"address": addresses[each.urn], "mode": "managed", "type": type_of(each.type), "name": each.name} for each in made)
        return [{**head, **more(each)} for head, each in zip(heads, made, strict=True)]

    return {
        "format_version": "1.2",
        "terraform_version": "1.9.0",
        "planned_values": {"root_module": {"resources": listed(lambda each: {"values": _values(each)})}},
        "resource_changes": listed(lambda each: {"change": {"actions": ["create"], "before": None, "after": _values(each)}}),
        "configuration": {"root_module": {"resources": listed(lambda each: {"expressions": _expressions(each, addresses)})}},
    }


def _values(resource: Given) -> dict[str, Any]:
    values = {_snake(name): _value(value, _snake(name)) for name, value in resource.inputs.items() if not name.startswith("__")}
    if isinstance(values.get("tags"), list):
        values["tag"] = values.pop("tags")
    return {_singular(name): value for name, value in values.items()}


def _value(value: Any, name: str) -> Any:
    """An object is a block, and so stands in a list of one."""
    if isinstance(value, Mapping) and SIGNATURE_KEY in value:
        return _value(value["value"], name)
    if isinstance(value, Mapping):
        return dict(value) if name in FREE else [_block(value)]
    if isinstance(value, list):
        return [_block(each) if isinstance(each, Mapping) else each for each in value]
    return value


def _block(value: Mapping[str, Any]) -> dict[str, Any]:
    return {_singular(_snake(name)): _value(part, _snake(name)) for name, part in value.items() if not name.startswith("__")}


def _expressions(resource: Given, addresses: Mapping[str, str]) -> dict[str, Any]:
    named = {name: [addresses[urn] for urn in urns if urn in addresses] for name, urns in resource.sources.items()}
    return {_singular(_snake(name)): {"references": [f"{one}.id" for one in found] + found} for name, found in named.items() if found}


def _singular(name: str) -> str:
    return name.removesuffix("s") if name in BLOCKS else name


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
