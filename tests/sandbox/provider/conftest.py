"""A moto server for the whole run, and plugins that act on it."""

import logging
import uuid
from collections.abc import Iterator

import pytest
from moto.server import ThreadedMotoServer

from tests.sandbox.provider.driver import CONFIG, REGION, Driver
from tests.sandbox.provider.world import World


@pytest.fixture(scope="session")
def endpoint() -> Iterator[str]:
    """Start moto on a free port, and let boto3 find it."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("moto.settings.ACM_VALIDATION_WAIT", 0)  # moto has read its environment when it was imported
        patch.setenv("MOTO_EC2_LOAD_DEFAULT_AMIS", "false")
        server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        server.start()
        host, port = server.get_host_and_port()
        patch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        patch.setenv("AWS_ACCESS_KEY_ID", "sandbox")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "sandbox")
        patch.setenv("AWS_DEFAULT_REGION", REGION)
        yield f"http://{host}:{port}"
        server.stop()


@pytest.fixture(scope="session")
def aws(endpoint: str) -> Iterator[Driver]:
    """Serve the aws plugin, configured."""
    assert endpoint
    driver = Driver("aws", CONFIG)
    yield driver
    driver.close()


@pytest.fixture(scope="session")
def random() -> Iterator[Driver]:
    """Serve the random plugin, configured."""
    driver = Driver("random", {})
    yield driver
    driver.close()


@pytest.fixture
def world(aws: Driver, random: Driver) -> World:
    """Make resources for a test, under names that no other test uses."""
    return World({"aws": aws, "random": random}, uuid.uuid4().hex[:6])
