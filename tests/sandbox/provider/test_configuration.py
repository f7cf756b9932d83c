import grpc
import pytest
from pulumi.runtime.proto import provider_pb2

from sandbox.provider import configuration
from sandbox.provider.account import Account
from sandbox.provider.errors import ProviderError
from sandbox.provider.wire import UNKNOWN, encode
from tests.sandbox.provider.driver import ACCOUNT_ID, CONFIG, REGION, Driver


@pytest.mark.usefixtures("endpoint")
def test_the_account_has_region_tags_and_id() -> None:
    """The settings come as the SDK sends them; the id comes from STS."""
    account = configuration.account("aws", CONFIG)
    assert account.region == REGION
    assert account.default_tags == {"Project": "switchyard", "Owner": "default"}
    assert account.id == ACCOUNT_ID


def test_another_account_is_refused(endpoint: str) -> None:
    """In the official provider's words."""
    assert endpoint
    plugin = Driver("aws")
    with pytest.raises(grpc.RpcError, match=f"AWS account ID not allowed: {ACCOUNT_ID}"):
        plugin.configure({**CONFIG, "allowedAccountIds": '["999999999999"]'})
    plugin.close()


@pytest.mark.parametrize("url", ["", "https://sts.eu-west-1.amazonaws.com", "http://10.0.0.1:5000"])
def test_nothing_beyond_this_machine_is_acted_on(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sandbox's provider must never meet a real account."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", url)
    with pytest.raises(ProviderError, match="acts on an emulator on this machine only"):
        Account(REGION).verify()


def test_a_setting_that_the_provider_lacks_is_named(aws: Driver) -> None:
    """With what comes close."""
    request = provider_pb2.CheckRequest(news=encode({"regoin": REGION, "version": "7.51.1", "__internal": {}}))
    (failure,) = aws.stub.CheckConfig(request).failures
    assert failure.property == "regoin"
    assert "did you mean 'region'" in failure.reason


def test_a_region_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    """From the settings or the environment."""
    monkeypatch.delenv("AWS_REGION", raising=False)
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
    assert list(configuration.failures("aws", {})) == []
    monkeypatch.delenv("AWS_DEFAULT_REGION")
    assert [path for path, _ in configuration.failures("aws", {})] == ["region"]
    assert list(configuration.failures("random", {})) == []


def test_settings_that_are_not_known_yet_are_not_checked_against_aws(monkeypatch: pytest.MonkeyPatch) -> None:
    """A preview may not know the account."""
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    assert configuration.account("aws", {"region": REGION, "allowedAccountIds": UNKNOWN}).region == REGION


def test_settings_that_are_no_json_stay_text() -> None:
    """A profile may be called anything."""
    assert configuration.read({"profile": "{x", "skipMetadataApiCheck": "true"}) == {"profile": "{x", "skipMetadataApiCheck": True}
