"""An account of the emulator in this process, with what is added to it."""

from collections.abc import Callable, Iterator
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from sandbox.added.every import add_all
from sandbox.provider.errors import GONE

REGION = "eu-west-1"

Refused = Callable[..., str]


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> Iterator[boto3.session.Session]:
    """Speak to an empty account."""
    for name in ("AWS_ENDPOINT_URL", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    add_all()
    with mock_aws():
        yield boto3.session.Session("testing", "testing", region_name=REGION)


@pytest.fixture
def caches(session: boto3.session.Session) -> Any:
    """Speak to ElastiCache."""
    return session.client("elasticache")


@pytest.fixture
def backups(session: boto3.session.Session) -> Any:
    """Speak to AWS Backup."""
    return session.client("backup")


@pytest.fixture
def role(session: boto3.session.Session) -> str:
    """Make a role that AWS Backup may take on."""
    trust = '{"Statement": [{"Effect": "Allow", "Principal": {"Service": "backup.amazonaws.com"}, "Action": "sts:AssumeRole"}]}'
    return str(session.client("iam").create_role(RoleName="backup", AssumeRolePolicyDocument=trust)["Role"]["Arn"])


@pytest.fixture
def refused() -> Refused:
    """Return the code with which AWS would end a call."""

    def code(call: Any, **parameters: Any) -> str:
        with pytest.raises(ClientError) as caught:
            call(**parameters)
        assert caught.value.response["Error"]["Message"]
        return str(caught.value.response["Error"]["Code"])

    return code


def says_gone(code: str) -> bool:
    """Whether the sandbox's provider takes a code for "there is none"."""
    return bool(GONE.search(code))
