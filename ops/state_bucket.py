"""The S3 bucket that holds the engine's state of one stack."""

import re
from collections.abc import Mapping
from typing import Any

from botocore.exceptions import ClientError

from ops.desired import Statement, Thing, answer, holds, with_statements
from ops.errors import BadInputError, RefusedError
from ops.state_key import StateKey

OLD_VERSION_DAYS = 90
"""Every step of an update writes the state anew: three months outlast a damage that nobody has noticed, and bound what versions cost."""
ABANDONED_UPLOAD_DAYS = 7
MAX_NAME = 63
"""https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html"""

PRIVATE = {"BlockPublicAcls": True, "IgnorePublicAcls": True, "BlockPublicPolicy": True, "RestrictPublicBuckets": True}
OWNED = "BucketOwnerEnforced"
LOCATION_OF_NONE = "us-east-1"
"""The region that S3 wants not named when a bucket is made there."""
ABSENT = {
    "404",
    "NoSuchBucket",
    "NoSuchBucketPolicy",
    "NoSuchLifecycleConfiguration",
    "NoSuchPublicAccessBlockConfiguration",
    "NoSuchTagSet",
    "OwnershipControlsNotFoundError",
    "ServerSideEncryptionConfigurationNotFoundError",
}

LIFECYCLE: Mapping[str, Any] = {
    "ID": "switchyard",
    "Status": "Enabled",
    "Filter": {"Prefix": ""},
    "NoncurrentVersionExpiration": {"NoncurrentDays": OLD_VERSION_DAYS},
    "Expiration": {"ExpiredObjectDeleteMarker": True},  # each operation's lock leaves one
    "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": ABANDONED_UPLOAD_DAYS},
}


def bucket_name(stack: str, account_id: str, region: str) -> str:
    """The bucket of a stack's state; BadInputError when S3 would not take it."""
    name = f"switchyard-state-{stack}-{account_id}-{region}"
    if len(name) > MAX_NAME or not re.fullmatch(r"[a-z0-9-]+", name):
        allowed = f"lowercase letters, digits and hyphens, {MAX_NAME - len(name) + len(stack)} at most"
        raise BadInputError(f"No bucket can be called {name}: for its state a stack's name has {allowed}.", "Rename the stack file.")
    return name


class StateBucket:
    """A private, versioned, encrypted bucket that this account alone reaches, over TLS alone. Stateful: nothing here deletes it.

    No upload is refused for want of an encryption header: the engine sends none, and the bucket's default encrypts it
    (https://github.com/pulumi/pulumi/issues/9341).
    """

    def __init__(self, s3: Any, name: str, account_id: str, region: str, key: StateKey) -> None:
        self.name = name
        self._s3 = s3
        self._account_id = account_id
        self._region = region
        self._key = key
        self._ours = {"Bucket": name, "ExpectedBucketOwner": account_id}
        both = [f"arn:aws:s3:::{name}", f"arn:aws:s3:::{name}/*"]
        everybody = {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": both}
        foreign = {"StringNotEquals": {"aws:PrincipalAccount": account_id}, "BoolIfExists": {"aws:PrincipalIsAWSService": "false"}}
        self._statements: Mapping[str, Statement] = {
            "TLS only": {"Sid": "TlsOnly", **everybody, "Condition": {"Bool": {"aws:SecureTransport": "false"}}},
            "this account only": {"Sid": "ThisAccountOnly", **everybody, "Condition": foreign},
        }

    def things(self) -> list[Thing]:
        """The bucket first, then what is to be so with it."""
        expiry = f"old versions after {OLD_VERSION_DAYS} days, uploads after {ABANDONED_UPLOAD_DAYS}"
        return [
            Thing("bucket", "there", self._there, self._create),
            Thing("bucket: versioning", "Enabled", self._versioning, self._version),
            Thing("bucket: encryption", f"aws:kms, {self._key.alias}", self._encryption, self._encrypt),
            Thing("bucket: public access", "blocked", self._public_access, self._block),
            Thing("bucket: ownership", OWNED, self._ownership, self._own),
            Thing("bucket: policy", ", ".join(self._statements), self._policy, self._refuse),
            Thing("bucket: expiry", expiry, lambda: self._expiry(expiry), self._expire),
        ]

    def _ask(self, what: str) -> Mapping[str, Any]:
        return answer(lambda: getattr(self._s3, f"get_{what}")(**self._ours), ABSENT)

    def _put(self, what: str, **settings: Any) -> None:
        getattr(self._s3, f"put_{what}")(**self._ours, **settings)

    def _there(self) -> str:
        try:
            return "there" if answer(lambda: self._s3.head_bucket(**self._ours), ABSENT) else ""
        except ClientError as error:
            if error.response["Error"]["Code"] != "403":
                raise
            told = f"The bucket {self.name} is another account's, or these credentials may not look at it."
            raise RefusedError(told, "Bucket names are everybody's: ask AWS whose it is, or let the credentials list it.") from None

    def _create(self) -> None:
        where = {} if self._region == LOCATION_OF_NONE else {"CreateBucketConfiguration": {"LocationConstraint": self._region}}
        self._s3.create_bucket(Bucket=self.name, ObjectOwnership=OWNED, **where)
        self._s3.get_waiter("bucket_exists").wait(**self._ours)

    def _versioning(self) -> str:
        return str(self._ask("bucket_versioning").get("Status", ""))

    def _version(self) -> None:
        self._put("bucket_versioning", VersioningConfiguration={"Status": "Enabled"})

    def _encryption(self) -> str:
        rules = self._ask("bucket_encryption").get("ServerSideEncryptionConfiguration", {}).get("Rules", [{}])
        default = rules[0].get("ApplyServerSideEncryptionByDefault", {})
        key = default.get("KMSMasterKeyID", "")
        return ", ".join(filter(None, [default.get("SSEAlgorithm", ""), self._key.alias if key and key == self._key.arn else key]))

    def _encrypt(self) -> None:
        default = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": self._key.arn}
        rule = {"ApplyServerSideEncryptionByDefault": default, "BucketKeyEnabled": True}
        self._put("bucket_encryption", ServerSideEncryptionConfiguration={"Rules": [rule]})

    def _public_access(self) -> str:
        found = self._ask("public_access_block").get("PublicAccessBlockConfiguration", {})
        open_ways = [way for way in PRIVATE if not found.get(way)]
        return f"without {', '.join(open_ways)}" if found and open_ways else "blocked" if found else ""

    def _block(self) -> None:
        self._put("public_access_block", PublicAccessBlockConfiguration=PRIVATE)

    def _ownership(self) -> str:
        rules = self._ask("bucket_ownership_controls").get("OwnershipControls", {}).get("Rules", [])
        return ", ".join(rule["ObjectOwnership"] for rule in rules)

    def _own(self) -> None:
        self._put("bucket_ownership_controls", OwnershipControls={"Rules": [{"ObjectOwnership": OWNED}]})

    def _policy(self) -> str:
        document = str(self._ask("bucket_policy").get("Policy", ""))
        return ", ".join(words for words, statement in self._statements.items() if holds(document, statement))

    def _refuse(self) -> None:
        document = str(self._ask("bucket_policy").get("Policy", ""))
        self._put("bucket_policy", Policy=with_statements(document, *self._statements.values()))

    def _expiry(self, wanted: str) -> str:
        rules = self._ask("bucket_lifecycle_configuration").get("Rules", [])
        return wanted if rules == [LIFECYCLE] else "other rules" if rules else ""

    def _expire(self) -> None:
        self._put("bucket_lifecycle_configuration", LifecycleConfiguration={"Rules": [LIFECYCLE]})
