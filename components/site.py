"""The static site's files: the bucket that releases are uploaded to, and its copy in the second region."""

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.documents import allow, assumed_by, for_account, policy
from components.site_bucket import SiteBucket, SiteBucketArgs

ENCRYPTED = aws.s3.BucketReplicationConfigRuleSourceSelectionCriteriaArgs(
    sse_kms_encrypted_objects=aws.s3.BucketReplicationConfigRuleSourceSelectionCriteriaSseKmsEncryptedObjectsArgs(status="Enabled")
)


@dataclass(frozen=True, kw_only=True)
class SiteArgs:
    """Where the files are, and their keys."""

    account_id: str
    """Only distributions of this account read."""
    copy_region: str
    """The second region."""
    key_arns: Mapping[str | None, pulumi.Input[str]]
    """A key by region (None for the stack's own) that the CDN may decrypt with."""
    log_retention_days: int
    """How long the record of requests is kept."""


class Site(pulumi.ComponentResource):
    """Two private buckets with the same files: the CDN asks the copy when the first one fails.

    A file is in the copy within minutes, seldom more. What is deleted stays in the copy, so that nobody deletes the site by one mistake.
    Stateful: protected. Costs by what is stored and read; a release of 10 MB is a fraction of a cent a month, twice.
    """

    bucket: pulumi.Output[str]
    """Where releases are uploaded."""
    domain_name: pulumi.Output[str]
    """The bucket, as the CDN finds it."""
    copy_domain_name: pulumi.Output[str]
    """Its copy, as the CDN finds it."""

    def __init__(self, name: str, args: SiteArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("switchyard:site:Site", name, None, opts)
        home = self._bucket(name, args, None)
        copy = self._bucket(f"{name}-copy", args, args.copy_region)
        role = self._copier(name, args)
        may = self._may_copy(name, args, role, home, copy)
        self._copies(name, args, role, may, home, copy)
        self.bucket, self.domain_name, self.copy_domain_name = home.name, home.domain_name, copy.domain_name
        self.register_outputs({})

    def _bucket(self, name: str, args: SiteArgs, region: str | None) -> SiteBucket:
        bucket_args = SiteBucketArgs(
            account_id=args.account_id, key_arn=args.key_arns[region], log_retention_days=args.log_retention_days, region=region
        )
        return SiteBucket(name, bucket_args, opts=pulumi.ResourceOptions(parent=self))

    def _copier(self, name: str, args: SiteArgs) -> aws.iam.Role:
        own = for_account(args.account_id)
        return aws.iam.Role(
            f"{name}-copier",
            assume_role_policy=assumed_by("s3.amazonaws.com", Condition=own),
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _may_copy(self, name: str, args: SiteArgs, role: aws.iam.Role, home: SiteBucket, copy: SiteBucket) -> aws.iam.RolePolicy:
        read = [f"s3:GetObjectVersion{what}" for what in ("ForReplication", "Acl", "Tagging")]
        write = ["s3:ReplicateObject", "s3:ReplicateTags"]
        return aws.iam.RolePolicy(
            f"{name}-may-copy",
            role=role.name,
            policy=policy(
                allow(["s3:GetReplicationConfiguration", "s3:ListBucket"], [home.arn]),
                allow(read, [pulumi.Output.concat(home.arn, "/*")]),
                allow(write, [pulumi.Output.concat(copy.arn, "/*")]),
                allow(["kms:Decrypt"], [args.key_arns[None]]),
                allow(["kms:Encrypt", "kms:GenerateDataKey"], [args.key_arns[args.copy_region]]),
            ),
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _copies(
        self, name: str, args: SiteArgs, role: aws.iam.Role, may: aws.iam.RolePolicy, home: SiteBucket, copy: SiteBucket
    ) -> aws.s3.BucketReplicationConfig:
        key = aws.s3.BucketReplicationConfigRuleDestinationEncryptionConfigurationArgs(replica_kms_key_id=args.key_arns[args.copy_region])
        destination = aws.s3.BucketReplicationConfigRuleDestinationArgs(bucket=_arn(copy), encryption_configuration=key)
        rule = aws.s3.BucketReplicationConfigRuleArgs(
            id="everything",
            status="Enabled",
            priority=1,
            filter=aws.s3.BucketReplicationConfigRuleFilterArgs(prefix=""),
            delete_marker_replication=aws.s3.BucketReplicationConfigRuleDeleteMarkerReplicationArgs(status="Disabled"),
            source_selection_criteria=ENCRYPTED,
            destination=destination,
        )
        return aws.s3.BucketReplicationConfig(
            f"{name}-copies",
            bucket=home.versioned,
            role=role.arn,
            rules=[rule],
            opts=pulumi.ResourceOptions(parent=self, depends_on=[may]),
        )


def _arn(bucket: SiteBucket) -> pulumi.Output[str]:
    return pulumi.Output.concat("arn:aws:s3:::", bucket.versioned)
