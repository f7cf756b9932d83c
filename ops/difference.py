"""What differs between config and AWS, in the words of who operates it: `weights of api: config 100/0, AWS 90/10`."""

import copy
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pulumi.automation.events import OpType

from ops.parts import GROUP, RULE, TRAFFIC, is_site_traffic
from ops.plan import Step, label
from ops.site import SITE
from ops.site.shown import by_text

INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"
SIZES = {"minSize": "floor", "maxSize": "ceiling"}
"""What operators call the sizes of a group."""
PEERS = ("cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId")
SECRET = "4dabf18193072939515e22adb298388d"  # noqa: S105 -- the key by which the engine marks a map that stands for something else
DEFAULTS = "__defaults"
"""What the official provider writes beside inputs that it has filled in itself."""
LONGEST = 80
"""Characters of a value that are shown."""
OTHERWISE = "AWS has something else"


@dataclass(frozen=True)
class Difference:
    """One thing that AWS has otherwise than config."""

    what: str
    """The thing: `weights of api`, `MetricAlarm lb-5xx threshold`."""
    config: str | None
    """What it is by config; None where there is nothing to compare."""
    aws: str
    """What it is in AWS."""

    def __str__(self) -> str:
        return f"{self.what}: {self.aws}" if self.config is None else f"{self.what}: config {self.config}, AWS {self.aws}"


def differences(step: Step, keys: list[str], names: Mapping[str, str]) -> Iterator[Difference]:
    """What a step would put back, of the inputs that are named; `names` gives a service's name in config by its resources' name."""
    if step.op is OpType.CREATE:
        yield Difference(label(step.type, step.urn), None, "gone from AWS")
    elif not keys:
        yield Difference(label(step.type, step.urn), None, OTHERWISE)
    elif step.type in {INGRESS, EGRESS}:
        new, old = (opening(step.type, facts) for facts in (step.new, step.old))
        if new != old:
            yield Difference(f"security group rule {step.name}", new, old)
            return
        yield from _leaves_of(step, keys)
    elif step.type == RULE and step.name.endswith(TRAFFIC) and "actions" in keys and _targets(step.old) == _targets(step.new):
        yield from _traffic(step, names)
        yield from _leaves_of(step, [key for key in keys if key != "actions"])
    elif is_site_traffic(step) and keys == ["value"]:
        yield from _site(step)
    else:
        yield from _leaves_of(step, keys)


def opening(kind: str, facts: Mapping[str, Any]) -> str:
    """What a rule of a security group lets through: `tcp 443 from 0.0.0.0/0`."""
    start, end = facts.get("fromPort"), facts.get("toPort")
    ports = "" if start is None else f" {start}" if start == end else f" {start}-{end}"
    what = "all traffic" if facts.get("ipProtocol") == "-1" else f"{facts.get('ipProtocol')}{ports}"
    peer = next((facts[name] for name in PEERS if facts.get(name)), "nobody")
    return f"{what} {'from' if kind == INGRESS else 'to'} {peer}"


def is_secret(value: Any) -> bool:
    """Whether the engine marks a value as a secret; what it shows of it then is no value."""
    return isinstance(value, Mapping) and SECRET in value


def veiled(value: Any) -> Any:
    """A value with nothing but its mark left of every secret in it, and nothing that the provider noted for itself."""
    if is_secret(value):
        return {SECRET: ""}
    if isinstance(value, Mapping):
        return {key: veiled(part) for key, part in value.items() if key != DEFAULTS}
    return [veiled(part) for part in value] if isinstance(value, list) else value


def holds_secret(value: Any) -> bool:
    """Whether a value is a secret, or has one in it."""
    parts = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    return is_secret(value) or any(holds_secret(part) for part in parts)


def spelled(value: Any) -> str:
    """A value for people, cut where it is long; `nothing` for one that is not set, and never a secret."""
    if holds_secret(value):
        return "a secret"
    text = "nothing" if value is None else value if isinstance(value, str) else json.dumps(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _leaves_of(step: Step, keys: list[str]) -> Iterator[Difference]:
    for key in keys:
        size = SIZES.get(key) if step.type == GROUP else None
        what = f"{size} of {step.name.removesuffix('-group')}" if size else f"{label(step.type, step.urn)} {key}"
        yield from _told(what, step.new.get(key), step.old.get(key))


def _told(what: str, new: Any, old: Any) -> Iterator[Difference]:
    found = list(_leaves(new, old))
    for path, config, aws in found:
        yield Difference(f"{what}{path}", spelled(config), spelled(aws))
    if not found and (holds_secret(new) or holds_secret(old)):
        yield Difference(what, None, "a secret in it differs")
    elif not found:
        yield Difference(what, None, OTHERWISE)


def _leaves(new: Any, old: Any, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    """The innermost values that differ, with the path to each; two secrets are not told apart."""
    if isinstance(new, Mapping) and isinstance(old, Mapping) and not is_secret(new) and not is_secret(old):
        for key in sorted({*new, *old} - {DEFAULTS}):
            yield from _leaves(new.get(key), old.get(key), f"{path}.{key}")
    elif isinstance(new, list) and isinstance(old, list) and len(new) == len(old):
        for index, (left, right) in enumerate(zip(new, old, strict=True)):
            yield from _leaves(left, right, f"{path}[{index}]")
    elif veiled(new) != veiled(old):
        yield path, new, old


def _forwards(inputs: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [group for action in inputs.get("actions") or [] for group in (action.get("forward") or {}).get("targetGroups", [])]


def _traffic(step: Step, names: Mapping[str, str]) -> Iterator[Difference]:
    """The weights of a traffic rule, and what else its action has otherwise."""
    service, new, old = step.name.removesuffix(TRAFFIC), _weights(step.new), _weights(step.old)
    if new != old:
        yield Difference(f"weights of {names.get(service, service)}", new, old)
    new_rest, old_rest = _beside_weights(step.new), _beside_weights(step.old)
    if new == old or new_rest != old_rest:
        yield from _told(f"{label(step.type, step.urn)} actions", new_rest, old_rest)


def _site(step: Step) -> Iterator[Difference]:
    """What the site's key says otherwise, word by word where both can be read."""
    new, old = (by_text(str(inputs.get("value"))) for inputs in (step.new, step.old))
    if not new or not old:
        yield from _leaves_of(step, ["value"])
        return
    for what, config in new.told.items():
        if config != old.told[what]:
            yield Difference(f"{what} of {SITE}", config, old.told[what])


def _beside_weights(inputs: Mapping[str, Any]) -> list[Any]:
    """The actions without weights; how long clients would stick counts only where they do."""
    actions = copy.deepcopy(list(inputs.get("actions") or []))
    for forward in (action["forward"] for action in actions if action.get("forward")):
        sticky = forward.get("stickiness") or {}
        forward["stickiness"] = sticky if sticky.get("enabled") else {"enabled": False}
        for group in forward.get("targetGroups", []):
            group.pop("weight", None)
    return actions


def _targets(inputs: Mapping[str, Any]) -> list[Any]:
    return [group.get("arn") for group in _forwards(inputs)]


def _weights(inputs: Mapping[str, Any]) -> str:
    return "/".join(str(int(group.get("weight", 0))) for group in _forwards(inputs))
