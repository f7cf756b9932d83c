"""S3: what a bucket gives to others: replicas to other buckets, its log to one of them, and objects to pages of other origins."""

from collections.abc import Iterator
from typing import Any

from sandbox.provider.errors import ProviderError
from sandbox.provider.limits import Limit
from sandbox.provider.row import Call, Facts, Row, inside
from sandbox.provider.rows.s3 import OWNED, setting
from sandbox.provider.schema import Failure


def _replication_failures(inputs: Facts) -> Iterator[Failure]:
    """A rule with a filter has a priority of its own, and says what becomes of delete markers; keys and encrypted objects go together."""
    rules = inputs.get("rules") or []
    for index, rule in enumerate(rules):
        at = f"rules[{index}]"
        destination, source = rule.get("destination") or {}, rule.get("sourceSelectionCriteria") or {}
        if "filter" in rule and "prefix" in rule:
            yield f"{at}.prefix", "goes with no filter"
        if "filter" in rule and "deleteMarkerReplication" not in rule:
            yield f"{at}.deleteMarkerReplication", "must be given with a filter"
        if "filter" in rule and len(rules) > 1 and rule.get("priority") in [other.get("priority") for other in rules[:index]]:
            yield f"{at}.priority", f"{rule.get('priority')} is another rule's already"
        if source.get("sseKmsEncryptedObjects") and destination and "encryptionConfiguration" not in destination:
            yield f"{at}.destination.encryptionConfiguration", "must name the key for encrypted objects"
        if destination.get("encryptionConfiguration") and not source.get("sseKmsEncryptedObjects"):
            yield f"{at}.sourceSelectionCriteria", "must have sseKmsEncryptedObjects where the replicas have a key"
        if destination.get("replicationTime") and "metrics" not in destination:
            yield f"{at}.destination.metrics", "must be given with replicationTime"


def _refuse_unversioned(client: Any, facts: Facts) -> None:
    """Replication goes from a bucket that keeps versions to others that do."""
    for name in (facts["bucket"], *(rule["destination"]["bucket"].rpartition(":")[2] for rule in facts["rules"])):
        if client.get_bucket_versioning(Bucket=name).get("Status") != "Enabled":
            raise ProviderError(f"InvalidRequest: Versioning must be 'Enabled' on the bucket {name} to apply a replication configuration")


REPLICATION_LIMITS = {
    "rules": Limit(1, 1000),
    "rules.id": Limit(1, 255),
    "rules.priority": Limit(0),
    "rules.destination.bucket": Limit(pattern=r"arn:[\w-]+:s3:::.+", says="a bucket's ARN"),
    **dict.fromkeys(
        ("rules.destination.metrics.eventThreshold.minutes", "rules.destination.replicationTime.time.minutes"), Limit(choices=(15,))
    ),
}

RULES = "ReplicationConfiguration.{Role: Role, Rules: Rules[].{ID: ID, Priority: Priority, Status: Status, Destination: Destination}}"
"""What the emulator gives back of a replication; of the rest it says the same of each rule."""

LOGGING = ("targetBucket", "targetPrefix", "targetObjectKeyFormat", "targetGrants")

CORS = ("GET", "HEAD", "PUT", "POST", "DELETE")


def _cors_failures(inputs: Facts) -> Iterator[Failure]:
    for index, rule in enumerate(inputs.get("corsRules") or []):
        for method in set(rule.get("allowedMethods") or ()) - set(CORS):
            yield f"corsRules[{index}].allowedMethods", f"{method!r} is not one of {', '.join(CORS)}"


def _stop_logging(client: Any, facts: Facts) -> None:
    client.put_bucket_logging(Bucket=facts["id"], BucketLoggingStatus={})


ROWS = (
    setting(
        "aws.s3.BucketReplicationConfig",
        "bucket_replication",
        take=RULES,
        before=Call(_refuse_unversioned),
        names=inside("ReplicationConfiguration", "role", "rules"),
        limits=REPLICATION_LIMITS,
        check=_replication_failures,
    ),
    setting(
        "aws.s3.BucketCorsConfiguration",
        "bucket_cors",
        names={"corsRules": "CORSConfiguration.CORSRules"},
        replaces=OWNED,
        limits={"corsRules": Limit(1, 100), "corsRules.id": Limit(high=255), "corsRules.allowedMethods": Limit(1)},
        check=_cors_failures,
    ),
    Row(
        type="aws.s3.BucketLogging",
        create=Call("put_bucket_logging"),
        id="{bucket}",
        read=Call("get_bucket_logging", "{Bucket: id}", "LoggingEnabled"),
        update=Call("put_bucket_logging"),
        delete=Call(_stop_logging),
        names=inside("BucketLoggingStatus.LoggingEnabled", *LOGGING),
        replaces=OWNED,
        lost=("targetObjectKeyFormat",),
    ),
)
