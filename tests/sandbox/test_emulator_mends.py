import json
from typing import Any
from unittest.mock import create_autospec

import pytest
from moto.cloudfront.exceptions import OriginDoesNotExist
from moto.cloudfront.models import DistributionConfig
from moto.iam.access_control import PermissionResult
from moto.s3.models import FakeBucket
from moto.secretsmanager.models import SecretsManagerBackend

from sandbox.emulator_mends import mend

LOGGING = {"Effect": "Allow", "Principal": {"Service": "logging.s3.amazonaws.com"}, "Action": ["s3:PutObject"]}
TLS = {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"}
ALLOWED = {**LOGGING, "Resource": ["arn:aws:s3:::log/*"]}


def may_log(*statements: dict[str, Any], prefix: str = "requests/") -> bool:
    """Whether a bucket called `log` takes another one's access log, by a policy of these statements."""
    mend()
    bucket = create_autospec(FakeBucket, instance=True, arn="arn:aws:s3:::log")
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


def distribution(target: str) -> DistributionConfig:
    """A distribution's config whose default behavior leads to `target`; there are an origin `site` and a group `either`."""
    mend()
    group = {"Id": "either", "Members": {"Quantity": 1, "Items": [{"OriginId": "site"}]}}
    return DistributionConfig(
        {
            "CallerReference": "1",
            "Origins": {"Quantity": 1, "Items": [{"Id": "site", "DomainName": "site.s3.eu-west-1.amazonaws.com"}]},
            "OriginGroups": {"Quantity": 1, "Items": [group]},
            "DefaultCacheBehavior": {"TargetOriginId": target, "ViewerProtocolPolicy": "redirect-to-https"},
        }
    )


@pytest.mark.parametrize("target", ["site", "either"])
def test_a_behavior_leads_to_an_origin_or_to_a_group_of_them(target: str) -> None:
    """And keeps what it was told."""
    assert vars(distribution(target))["DefaultCacheBehavior"].target_origin_id == target


def test_a_behavior_that_leads_nowhere_is_still_refused() -> None:
    """As AWS refuses it."""
    with pytest.raises(OriginDoesNotExist):
        distribution("elsewhere")


DENIED_WITHOUT_TLS = {**TLS, "Condition": {"Bool": {"aws:SecureTransport": "false"}}}
READER = {
    "Effect": "Allow",
    "Principal": {"Service": "cloudfront.amazonaws.com"},
    "Action": "s3:GetObject",
    "Resource": "arn:aws:s3:::site/*",
}
FROM_OURS = {**READER, "Condition": {"ArnLike": {"aws:SourceArn": "arn:aws:cloudfront::123456789012:distribution/*"}}}


def permission(*statements: dict[str, Any]) -> object:
    """What the emulator says of reading an object of the bucket `site`."""
    mend()
    bucket = create_autospec(FakeBucket, instance=True)
    bucket.policy = json.dumps({"Version": "2012-10-17", "Statement": statements}).encode() if statements else None
    return FakeBucket.get_permission(bucket, "s3:GetObject", "arn:aws:s3:::site/index.html")


@pytest.mark.parametrize(
    ("statements", "result"),
    [
        ((), PermissionResult.NEUTRAL),
        ((DENIED_WITHOUT_TLS,), PermissionResult.NEUTRAL),
        ((DENIED_WITHOUT_TLS, FROM_OURS), PermissionResult.NEUTRAL),
        ((DENIED_WITHOUT_TLS, READER), PermissionResult.PERMITTED),
        ((TLS,), PermissionResult.DENIED),
    ],
)
def test_a_statement_with_a_condition_holds_for_nobody(statements: tuple[dict[str, Any], ...], result: PermissionResult) -> None:
    """The emulator would take each of them as a refusal, and no object could be written to a bucket that demands TLS."""
    assert permission(*statements) is result


def test_a_version_of_a_secret_has_the_date_of_its_own() -> None:
    """Not that of the question, which is what the emulator would say."""
    mend()
    backend = SecretsManagerBackend("eu-west-1", "123456789012")
    backend.create_secret("entry", "one", None, "", [], None, None, [], force_overwrite=False)
    (version,) = backend.secrets["entry"].versions.values()
    version["createdate"] = 1
    (listed,) = json.loads(backend.list_secret_version_ids("entry"))["Versions"]
    assert listed["CreatedDate"] == 1
    assert listed["VersionStages"] == ["AWSCURRENT"]
