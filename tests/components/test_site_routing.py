import json
from typing import Any

import pulumi_aws as aws
import pytest

from components import edge
from tests.configs import rendered
from tests.graph import takes_from, waits_for
from tests.rendering import Rendering

KEYS = ("traffic", "maintenance", "caching")
FUNCTIONS = {"site": edge.site_function, "service": edge.service_function, "answers": edge.answers_function}


def value(rendering: Rendering, key: str) -> Any:
    """What a key says."""
    return json.loads(rendering.one(aws.cloudfront.KeyvaluestoreKey, f"routing-{key}").inputs["value"])


def test_each_thing_that_moves_has_a_key_of_its_own(new_stack: Rendering) -> None:
    """All in one store, of which a function may have one."""
    made = new_stack.of(aws.cloudfront.KeyvaluestoreKey)
    assert {found.inputs["key"]: found.name for found in made} == {key: f"routing-{key}" for key in KEYS}
    for found in made:
        assert takes_from(new_stack, found, "keyValueStoreArn", aws.cloudfront.KeyValueStore) == {"routing-store"}


def test_the_keys_say_what_config_says() -> None:
    """The site's releases; who passes while maintenance is on; whether answers are kept against their will."""
    site = {"live": "r2", "canary": {"release": "r3", "percent": 5}, "previous": "r1", "single_page": True}
    networks = ["203.0.113.0/24", "2001:db8::/48"]
    made = rendered({"site": site, "contingency": {"maintenance": True, "allowed_networks": networks, "aggressive_caching": True}})
    assert value(made, "traffic") == {"live": "r2", "canary": "r3", "percent": 5, "single_page": True, "previous": "r1"}
    assert value(made, "maintenance") == {"on": True, "allowed_networks": networks}
    assert value(made, "caching") == {"on": True}


def test_a_site_without_a_canary_says_so() -> None:
    """Nobody sees another release, and the key has the same form."""
    made = rendered({"site": {"live": "r1"}})
    assert value(made, "traffic") == {"live": "r1", "canary": "", "percent": 0, "single_page": False, "previous": ""}
    assert value(made, "maintenance") == {"on": False, "allowed_networks": []}
    assert value(made, "caching") == {"on": False}


@pytest.mark.parametrize("role", FUNCTIONS)
def test_a_function_is_published_once_every_key_is_there(new_stack: Rendering, role: str) -> None:
    """Without the key there is no release to show; it runs the composed code on the runtime that reads keys."""
    function = new_stack.one(aws.cloudfront.Function, f"routing-{role}")
    assert function.inputs["code"] == FUNCTIONS[role]()
    assert (function.inputs["runtime"], function.inputs["publish"]) == ("cloudfront-js-2.0", True)
    assert waits_for(new_stack, function, aws.cloudfront.KeyvaluestoreKey) == {f"routing-{key}" for key in KEYS}
    assert takes_from(new_stack, function, "keyValueStoreAssociations", aws.cloudfront.KeyValueStore) == {"routing-store"}


def test_every_function_is_watched_where_its_figures_are(new_stack: Rendering) -> None:
    """In us-east-1."""
    alarms = [found for found in new_stack.of(aws.cloudwatch.MetricAlarm) if "FunctionName" in found.inputs["dimensions"]]
    assert {found.name for found in alarms} == {
        f"routing-{role}-{what}" for role in FUNCTIONS for what in ("invalid", "fails", "throttled")
    }
    assert {found.inputs["region"] for found in alarms} == {"us-east-1"}
