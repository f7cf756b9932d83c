"""The emulator's server for the whole run, and plugins that act on it."""

import logging
import threading
import uuid
from collections.abc import Iterator

import pytest
from werkzeug.serving import make_server

from sandbox.emulator_mends import mend
from sandbox.emulator_process import Application
from sandbox.loopback import HOST
from tests.sandbox.provider.driver import CONFIG, REGION, Driver
from tests.sandbox.provider.world import World

ACCOUNT = "123456789012"


@pytest.fixture(scope="session")
def endpoint() -> Iterator[str]:
    """Serve the emulator on a free port, and let boto3 find it."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    mend()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("moto.settings.ACM_VALIDATION_WAIT", 0)  # moto has read its environment when it was imported
        patch.setenv("MOTO_EC2_LOAD_DEFAULT_AMIS", "false")
        mend()
        server = make_server(HOST, 0, Application({}), threaded=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://{HOST}:{server.server_port}"
        patch.setenv("AWS_ENDPOINT_URL", url)
        patch.setenv("AWS_ACCESS_KEY_ID", ACCOUNT)
        patch.setenv("AWS_SECRET_ACCESS_KEY", "sandbox")
        patch.setenv("AWS_DEFAULT_REGION", REGION)
        yield url
        server.shutdown()
        server.server_close()


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
