import itertools
import time
from typing import Any

import pytest

from sandbox.provider import account as module
from sandbox.provider.account import Account, joined
from sandbox.provider.errors import ProviderError
from sandbox.provider.row import Call
from sandbox.provider.words import Words
from tests.sandbox.provider.driver import REGION

pytestmark = pytest.mark.usefixtures("endpoint")


def test_a_client_is_made_once_for_a_service_and_region() -> None:
    """Making one takes longer than most calls."""
    account = Account(REGION)
    assert account.client("kms") is account.client("kms", REGION)
    assert account.client("kms") is not account.client("kms", "us-east-1")


def counting(answers: "itertools.count[int]") -> Any:
    """Return an operation that answers how often it was asked."""
    return lambda _client, _facts: {"Number": next(answers)}


def test_a_state_that_comes_by_itself_is_waited_for() -> None:
    """The call is repeated until it is there."""
    call = Call(counting(itertools.count()), until="Number == `2`")
    assert Account(REGION).run(call, "kms", {}, Words("Key"), {}) == {"Number": 2}


def test_patience_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """With what was waited for."""
    monkeypatch.setattr(module, "PATIENCE_SECONDS", 0.0)
    call = Call("list_keys", until="Truncated == `7`")
    with pytest.raises(ProviderError, match="list_keys: gave up waiting until Truncated == `7`"):
        Account(REGION).run(call, "kms", {}, Words("Key"), {})


def test_a_cancelled_update_waits_no_longer() -> None:
    """Ctrl-C is obeyed."""
    account = Account(REGION)
    account.cancelled.set()
    start = time.monotonic()
    with pytest.raises(ProviderError, match="gave up"):
        account.run(Call("list_keys", until="Truncated == `7`"), "kms", {}, Words("Key"), {})
    assert time.monotonic() - start < 5


def test_an_operation_that_the_emulator_lacks_is_tried_once() -> None:
    """It answers 500, which botocore would try again, with a page that botocore cannot read."""
    account, sent = Account(REGION), list[Any]()
    account.client("autoscaling").meta.events.register("before-send", lambda request, **_: sent.append(request))
    call = Call("start_instance_refresh", "{AutoScalingGroupName: 'none'}")
    with pytest.raises(ProviderError, match="StartInstanceRefresh: the emulator failed or has no such operation"):
        account.run(call, "autoscaling", {}, Words("Group"), {})
    assert len(sent) == 1


def test_what_a_call_gives_completes_a_structure() -> None:
    """The names give one part of it, the expression another; where both give the same, the expression counts."""
    one, other = {"Config": {"Name": "a", "Comment": "b"}, "Id": 1}, {"Config": {"Comment": "c", "Items": [1]}, "Id": 2}
    assert joined(one, other) == {"Config": {"Name": "a", "Comment": "c", "Items": [1]}, "Id": 2}
