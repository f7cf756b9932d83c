import json
from typing import Any

import pytest
from moto.s3.models import FakeBucket

from sandbox.emulator_mends import mend

LOGGING = {"Effect": "Allow", "Principal": {"Service": "logging.s3.amazonaws.com"}, "Action": ["s3:PutObject"]}
TLS = {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"}
ALLOWED = {**LOGGING, "Resource": ["arn:aws:s3:::log/*"]}


def may_log(*statements: dict[str, Any], prefix: str = "requests/") -> bool:
    """Whether a bucket called `log` takes another one's access log, by a policy of these statements."""
    mend()
    bucket = FakeBucket("log", "123456789012", "eu-west-1")
    bucket.policy = json.dumps({"Statement": statements}).encode() if statements else None
    return bool(FakeBucket._log_permissions_enabled_policy(bucket, prefix))


@pytest.mark.parametrize(
    "resource", ["arn:aws:s3:::log/*", ["arn:aws:s3:::log/requests/*"], ["arn:aws:s3:::other/*", "arn:aws:s3:::log/*"]]
)
def test_a_policy_that_lets_logs_in_is_understood(resource: Any) -> None:
    """As one text or as a list, whatever other statements say."""
    assert may_log(TLS, {**LOGGING, "Resource": resource})


@pytest.mark.parametrize(
    "statement",
    [
        {**ALLOWED, "Effect": "Deny"},
        {**ALLOWED, "Principal": {"AWS": "123456789012"}},
        {**ALLOWED, "Action": "s3:GetObject"},
        {**ALLOWED, "Resource": "arn:aws:s3:::other/*"},
        {**ALLOWED, "Resource": "arn:aws:s3:::log/elsewhere/*"},
    ],
)
def test_any_other_policy_lets_none_in(statement: dict[str, Any]) -> None:
    """Another effect, principal, action, bucket or prefix; nor does no policy at all."""
    assert not may_log(statement)
    assert not may_log()
