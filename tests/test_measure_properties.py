"""What holds of every valid config: an emergency measure touches what it says and nothing else, as a flip does."""

import copy
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ops.measures import IP_SETS, LOCKDOWN_RULE, QUARANTINE, measure_of, networks
from ops.parts import COMES_AND_GOES, Address, Part
from settings import Settings, parse
from settings_types import Color
from tests.configs import values
from tests.rendering import Registration, render_all
from tests.test_properties import _valid, quick
from tests.valid_configs import ALLOWED, configs, stacks

ON: dict[str, Any] = {
    "scale-floor": 1000,
    "maintenance": True,
    "lockdown": True,
    "aggressive-caching": True,
    "disabled-features": ["search", "exports"],
}
"""Each measure, and what sets it to something that no drawn config has."""
OFF: dict[str, Any] = {"scale-floor": 0, "disabled-features": []}

Made = dict[Address, Registration]


def _rendered(stack: str, config: dict[str, Any]) -> Made:
    return {(made.type, made.name): made for made in render_all(stack, config).registrations}


def _parsed(stack: str, config: dict[str, Any]) -> Settings:
    return parse(stack, "eu-west-1", values(config))


def _with(config: dict[str, Any], **measures: Any) -> dict[str, Any]:
    """The same stack with some measures set."""
    other = copy.deepcopy(config)
    other["switchyard:contingency"] = {**other["switchyard:contingency"], **ALLOWED, **measures}
    return other


def _touched(one: Made, two: Made, parts: dict[Address, Part]) -> set[Address]:
    """What differs between two renderings, held to the parts: which come and go, and which inputs of the others may change."""
    gone = one.keys() ^ two.keys()
    assert gone <= {where for where, part in parts.items() if part.ops == COMES_AND_GOES}
    changed = {where for where in one.keys() & two.keys() if one[where] != two[where]}
    assert changed <= parts.keys()
    for where in changed:
        before, after = one[where].inputs, two[where].inputs
        assert {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)} <= parts[where].keys
    return gone | changed


@pytest.mark.parametrize("name", ON)
@given(stacks(), configs())
@settings(quick, max_examples=3)
def test_a_measure_touches_what_it_says_and_nothing_else(name: str, stack: str, config: dict[str, Any]) -> None:
    """For every config that is valid with it and without it; `impose` refuses whatever else a preview holds."""
    measure = measure_of(name)
    off, on = (_with(config, **{measure.setting: value}) for value in (OFF.get(name, False), ON[name]))
    assume(_valid(stack, off) and _valid(stack, on))
    parsed = _parsed(stack, on)
    parts = {part.address(parsed): part for part in measure.about(parsed, ())}
    touched = _touched(_rendered(stack, off), _rendered(stack, on), parts)
    if name == "disabled-features":
        assert touched == parts.keys()
    if name == "lockdown":
        names = {found for _, found in touched}
        assert names == {LOCKDOWN_RULE} if parsed.cdn.is_public else names <= {*IP_SETS}


@given(stacks(), configs(), st.data())
@settings(quick, max_examples=5)
def test_a_quarantine_touches_one_color_s_own_rules_and_what_its_group_does(
    stack: str, config: dict[str, Any], data: st.DataObject
) -> None:
    """Rules go, processes are suspended: not the template, so that instances stay as they are; not the twin, nor another service."""
    service = data.draw(st.sampled_from(sorted(config["switchyard:services"])))
    section = config["switchyard:services"][service]
    section.pop("canary", None)
    name = f"{service}.{Color(section['live']).other}"
    on = _with(config, quarantine=[name])
    assume(_valid(stack, _with(config)) and _valid(stack, on))
    parsed = _parsed(stack, on)
    parts = {part.address(parsed): part for part in QUARANTINE.about(parsed, [name])}
    assert _touched(_rendered(stack, _with(config)), _rendered(stack, on), parts) == parts.keys()


@given(stacks(), configs())
@settings(quick, max_examples=3)
def test_who_may_pass_is_read_by_the_firewall_and_the_gate_alone(stack: str, config: dict[str, Any]) -> None:
    """Two sets of networks, and the value of the gate's key."""
    one, other = _with(config), _with(config, allowed_networks=["198.51.100.0/24", "2001:db8:1::/48"])
    assume(_valid(stack, one) and _valid(stack, other))
    parsed = _parsed(stack, other)
    touched = _touched(_rendered(stack, one), _rendered(stack, other), {part.address(parsed): part for part in networks()})
    names = {name for _, name in touched}
    assert names == {"routing-maintenance", *(IP_SETS if parsed.cdn.is_public else ())}
