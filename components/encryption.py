"""Keys by domain, so that what may read logs cannot read data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pulumi
import pulumi_aws as aws

from components.documents import Statement, allow, for_account, policy
from components.naming import EDGE_REGION, fixed_name, identifiers, stack_path
from settings import Settings

DELETION_WINDOW_DAYS = 30
"""The longest that KMS offers: a key lost by mistake takes its data with it."""
SUFFIX_LIMIT = 35
"""A role's name has 64 characters, and AWS begins this one with `AWSServiceRoleForAutoScaling_`."""
FIREWALL_LOGS = "aws-waf-logs-*"
"""AWS delivers a web ACL's log to no log group of another name."""
PUBLISH = ("kms:Decrypt", "kms:GenerateDataKey*")
"""What publishing to an encrypted topic takes."""
USE = ("kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey")


@dataclass(frozen=True, kw_only=True)
class EncryptionArgs:
    """What the keys' policies name, and where keys are needed."""

    settings: Settings
    """The account whose administrators manage the keys, its regions, and where there are backups."""


class Encryption(pulumi.ComponentResource):
    """KMS keys with rotation, and the service-linked role under which the fleets encrypt their disks.

    A key serves its own region only, so that logs and alarms have one in each region that has any.

    Each policy lets in the AWS services that must use the key and nobody else beyond IAM of this account. The role is the stack's
    own, so that the data key's policy names a principal that exists in a new account too. Stateful: the keys are protected.
    A key costs about 1 USD a month.
    """

    data_key_arn: pulumi.Output[str]
    """Encrypts disks and secrets."""
    logs_key_arn: pulumi.Output[str]
    """Encrypts log groups."""
    edge_logs_key_arn: pulumi.Output[str]
    """Encrypts the web firewall's log group."""
    alarms_key_arns: Mapping[str | None, pulumi.Output[str]]
    """Encrypt alarm topics, by region (None for the stack's own); CloudWatch may use them."""
    site_key_arns: Mapping[str | None, pulumi.Output[str]]
    """Encrypt the static site's files, by region; the CDN may decrypt with them."""
    backup_key_arns: Mapping[str | None, pulumi.Output[str]]
    """Encrypt what is in the vaults, by region."""
    fleet_role_arn: pulumi.Output[str]
    """The service-linked role that Auto Scaling acts under."""

    def __init__(self, name: str, args: EncryptionArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("switchyard:encryption:Encryption", name, None, opts)
        role = self._fleet_role(name)
        administrators = _administrators(args)
        self.data_key_arn = self._key(name, "data", policy(administrators, *_disk_statements(role.arn)))
        logs = policy(administrators, _log_statement(args, args.settings.region, *_own_logs()), _delivery_statement(args))
        self.logs_key_arn = self._key(name, "logs", logs)
        self.edge_logs_key_arn = self._key(
            name, "edge-logs", policy(administrators, _log_statement(args, EDGE_REGION, FIREWALL_LOGS)), EDGE_REGION
        )
        self.alarms_key_arns = {
            region: self._key(name, domain, policy(administrators, *_publishers(args, role.arn, region)), region)
            for region, domain in _alarm_domains(args).items()
        }
        site = policy(administrators, _site_statement(args))
        self.site_key_arns = {
            None: self._key(name, "site", site),
            args.settings.recovery.region: self._key(name, "site-copy", site, args.settings.recovery.region),
        }
        self.backup_key_arns = {
            region: self._key(name, "backup-copy" if region else "backup", policy(administrators), region)
            for region in args.settings.backup_regions
        }
        self.fleet_role_arn = role.arn
        self.register_outputs({})

    def _fleet_role(self, name: str) -> aws.iam.ServiceLinkedRole:
        return aws.iam.ServiceLinkedRole(
            f"{name}-fleets",
            aws_service_name="autoscaling.amazonaws.com",
            custom_suffix=fixed_name("fleets", SUFFIX_LIMIT),
            description="Auto Scaling of this stack's fleets",
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _key(self, name: str, domain: str, document: pulumi.Output[str], region: str | None = None) -> pulumi.Output[str]:
        key = aws.kms.Key(
            f"{name}-{domain}",
            description=f"{pulumi.get_project()} {pulumi.get_stack()}: {domain}",
            deletion_window_in_days=DELETION_WINDOW_DAYS,
            enable_key_rotation=True,
            policy=document,
            region=region,
            opts=pulumi.ResourceOptions(parent=self, protect=True),
        )
        aws.kms.Alias(
            f"{name}-{domain}-alias",
            name=f"alias{stack_path(domain)}",
            target_key_id=key.key_id,
            region=region,
            opts=pulumi.ResourceOptions(parent=self),
        )
        return key.arn


def _administrators(args: EncryptionArgs) -> Statement:
    root = f"arn:aws:iam::{args.settings.account_id}:root"
    return {"Sid": "IamOfThisAccount", **allow(["kms:*"], ["*"], Principal={"AWS": root})}


def _disk_statements(role_arn: pulumi.Output[str]) -> tuple[Statement, Statement]:
    principal: Mapping[str, Any] = {"AWS": role_arn}
    grants = {"Bool": {"kms:GrantIsForAWSResource": "true"}}
    return (
        allow(USE, ["*"], Sid="FleetDisks", Principal=principal),
        allow(["kms:CreateGrant"], ["*"], Sid="FleetDiskGrants", Principal=principal, Condition=grants),
    )


def _own_logs() -> tuple[str, ...]:
    """The log groups below the stack's path, and those of its databases and their proxy, whose names are RDS's."""
    return f"{stack_path()}/*", f"/aws/rds/instance/{identifiers()}", f"/aws/rds/proxy/{identifiers()}"


def _log_statement(args: EncryptionArgs, region: str, *paths: str) -> Statement:
    groups = [f"arn:aws:logs:{region}:{args.settings.account_id}:log-group:{path}" for path in paths]
    return allow(
        USE,
        ["*"],
        Sid="LogGroupsOfThisStack",
        Principal={"Service": f"logs.{region}.amazonaws.com"},
        Condition={"ArnLike": {"kms:EncryptionContext:aws:logs:arn": groups}},
    )


def _delivery_statement(args: EncryptionArgs) -> Statement:
    """The CDN's access log goes into a bucket by CloudWatch's deliveries, which stand in us-east-1."""
    own = {
        **for_account(args.settings.account_id),
        "ArnLike": {"aws:SourceArn": f"arn:aws:logs:{EDGE_REGION}:{args.settings.account_id}:delivery-source:*"},
    }
    return allow(USE, ["*"], Sid="AccessLogOfTheCdn", Principal={"Service": "delivery.logs.amazonaws.com"}, Condition=own)


def _site_statement(args: EncryptionArgs) -> Statement:
    own = {"ArnLike": {"aws:SourceArn": f"arn:aws:cloudfront::{args.settings.account_id}:distribution/*"}}
    return allow(["kms:Decrypt"], ["*"], Sid="SiteAtTheEdge", Principal={"Service": "cloudfront.amazonaws.com"}, Condition=own)


def _alarm_domains(args: EncryptionArgs) -> Mapping[str | None, str]:
    """The alarms' keys by region: here, at the edge, and where the copies of backups are."""
    known: dict[str | None, str] = {None: "alarms", EDGE_REGION: "edge-alarms"}
    return {**dict.fromkeys(args.settings.backup_regions, "copy-alarms"), **known}


def _publishers(args: EncryptionArgs, role_arn: pulumi.Output[str], region: str | None) -> Sequence[Statement]:
    own = for_account(args.settings.account_id)
    alarms = allow(PUBLISH, ["*"], Sid="AlarmsPublish", Principal={"Service": "cloudwatch.amazonaws.com"}, Condition=own)
    fleets = allow(PUBLISH, ["*"], Sid="FleetsPublish", Principal={"AWS": role_arn})
    backups = allow(PUBLISH, ["*"], Sid="BackupsPublish", Principal={"Service": "backup.amazonaws.com"}, Condition=own)
    here = [] if region else [_event_statement(args), fleets]
    return [alarms, *here, *([backups] if region in args.settings.backup_regions else [])]


def _event_statement(args: EncryptionArgs) -> Statement:
    """EventBridge says on whose behalf it publishes to the topic alone, not to the key of an encrypted one; that knows the topic."""
    topics = f"arn:aws:sns:{args.settings.region}:{args.settings.account_id}:*"
    own = {"ArnLike": {"kms:EncryptionContext:aws:sns:topicArn": topics}}
    return allow(PUBLISH, ["*"], Sid="EventsPublish", Principal={"Service": "events.amazonaws.com"}, Condition=own)
