"""Emergency measures in stack config: what is refused names the key and the fix, and what is not named is not on."""

import pytest

from settings_contingency import KEY, Contingency
from settings_types import Color
from tests.configs import Changes, parsed, refusal

NETWORKS = "contingency.allowed_networks"
SHUT_OUT = f"True shuts out everybody, you included: name the networks that may pass in {KEY}.allowed_networks (`switchyard impose "
MOVE = "move the traffic first: `switchyard rollback api`; or end it: `switchyard lift quarantine "
MANY = [f"203.0.113.{place}/32" for place in range(60)]

REFUSED: dict[str, tuple[Changes, str]] = {
    "a floor below nothing": ({"contingency.scale_floor": -1}, "scale_floor: -1 must be 0 to 1000 instances."),
    "a lockdown of everybody": ({"contingency.lockdown": True}, f"lockdown: {SHUT_OUT}lockdown --allow NETWORK`)."),
    "a maintenance for everybody": ({"contingency.maintenance": True}, f"maintenance: {SHUT_OUT}maintenance --allow NETWORK`)."),
    "a network with bits of a host": (
        {NETWORKS: ["203.0.113.1/24"]},
        (
            "allowed_networks[0]: '203.0.113.1/24' must be a network written with its first address, "
            "for example 203.0.113.0/24 or 2001:db8::/48 (AWS takes no /0)."
        ),
    ),
    "the whole internet": (
        {NETWORKS: ["0.0.0.0/0"]},
        (
            "allowed_networks[0]: '0.0.0.0/0' must be a network written with its first address, "
            "for example 203.0.113.0/24 or 2001:db8::/48 (AWS takes no /0)."
        ),
    ),
    "more networks than the edge can read": ({NETWORKS: MANY}, "allowed_networks: '60 networks' are more than the edge can read"),
    "a feature in capitals": (
        {"contingency.disabled_features": ["Search"]},
        "disabled_features[0]: 'Search' must be at most 32 lowercase letters, digits and hyphens, starting with a letter.",
    ),
    "a quarantine of no color": (
        {"contingency.quarantine": ["api"]},
        "quarantine[0]: 'api' must be a service and a color, for example api.green.",
    ),
    "a quarantine of a stranger": (
        {"contingency.quarantine": ["shop.green"]},
        "quarantine[0]: 'shop.green' names no service; there is api, web.",
    ),
    "a quarantine of the live color": (
        {"contingency.quarantine": ["web.green", "api.blue"]},
        f"quarantine[1]: 'api.blue' takes 100 % of the traffic of api, which would fail: {MOVE}api.blue`.",
    ),
    "a quarantine of the canary": (
        {"contingency.quarantine": ["api.green"], "services.api.canary": {"color": "green", "percent": 10}},
        f"quarantine[0]: 'api.green' takes 10 % of the traffic of api, which would fail: {MOVE}api.green`.",
    ),
}


@pytest.mark.parametrize("mistake", REFUSED)
def test_each_refusal_names_the_key_and_the_fix(mistake: str) -> None:
    """One line a mistake."""
    changes, told = REFUSED[mistake]
    assert f"{KEY}.{told}" in refusal(changes)


def test_nothing_is_on_unless_it_is_named() -> None:
    """The committed stacks name no measure."""
    assert parsed({}).contingency == Contingency()
    assert Contingency().features_value == "[]"


def test_a_color_is_in_quarantine_by_service_and_color() -> None:
    """Its twin is not, nor another service's."""
    contingency = parsed({"contingency.quarantine": ["api.green"]}).contingency
    assert contingency.quarantines("api", Color.GREEN)
    assert not contingency.quarantines("api", Color.BLUE)
    assert not contingency.quarantines("web", Color.GREEN)


@pytest.mark.parametrize("measure", ["lockdown", "maintenance"])
def test_with_a_network_named_the_doors_may_close(measure: str) -> None:
    """Of either family."""
    contingency = parsed({f"contingency.{measure}": True, NETWORKS: ["203.0.113.0/24", "2001:db8::/48"]}).contingency
    assert getattr(contingency, measure)


def test_the_variable_of_the_features_is_reserved() -> None:
    """An instance refuses to start when a variable is told twice."""
    told = "is set by switchyard:contingency.disabled_features: choose another name"
    assert told in refusal({"services.api.blue.env": {"DISABLED_FEATURES": "[]"}})
    assert f"becomes DISABLED_FEATURES, which {told}" in refusal({"services.api.blue.secrets": ["disabled-features"]})


def test_the_list_is_read_in_the_order_of_config() -> None:
    """As JSON, which a service of any language reads; no feature's name needs an escape."""
    assert Contingency(disabled_features=("search", "exports")).features_value == '["search","exports"]'
