"""`switchyard sandbox open`: what it does before it serves; a browser sees the rest (tests/engine/test_open.py)."""

import pytest

from components.edge import CACHING_KEY, MAINTENANCE_KEY, TRAFFIC_KEY, caching_value, maintenance_value
from ops.commands.sandbox_open import keys, sandbox_open
from ops.errors import BadInputError
from tests.ops.stand_in import StandIn


def test_the_functions_read_what_the_store_holds_now(stack: StandIn) -> None:
    """All three keys; a store that lacks one, or does not answer, is silent to them."""
    stores, store = stack.cloud.client("cloudfront-keyvaluestore"), stack.cloud.site["store"]
    told = {MAINTENANCE_KEY: maintenance_value(on=True, allowed_networks=["203.0.113.0/24"]), CACHING_KEY: caching_value(on=False)}
    for key, value in told.items():
        stores.put_key(KvsARN=store, Key=key, Value=value, IfMatch=stores.describe_key_value_store(KvsARN=store)["ETag"])
    assert keys(stack) == {TRAFFIC_KEY: stack.cloud.shown(), **told}
    stores.delete_key(KvsARN=store, Key=CACHING_KEY, IfMatch=stores.describe_key_value_store(KvsARN=store)["ETag"])
    assert keys(stack) is None


def test_a_stack_on_aws_is_not_opened_here(stack: StandIn) -> None:
    """It has an address of its own."""
    with pytest.raises(BadInputError, match="staging is not opened in the sandbox"):
        sandbox_open(stack, 0)
