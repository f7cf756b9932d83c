import pulumi_aws as aws
import pytest

from components.naming import fingerprint
from tests.configs import rendered
from tests.graph import names, statements, takes_from
from tests.rendering import Rendering, render_all, stack_config

DOMAINS = ("data", "logs", "edge-logs", "alarms", "edge-alarms", "copy-alarms", "site", "site-copy", "backup", "backup-copy")
ACCOUNT = {"AWS": "arn:aws:iam::123456789012:root"}


@pytest.mark.parametrize("domain", DOMAINS)
def test_a_key_rotates_and_is_hard_to_lose(old_stack: Rendering, domain: str) -> None:
    """Protected by the engine, and KMS waits its longest before a key is gone."""
    key = old_stack.one(aws.kms.Key, f"encryption-{domain}")
    assert key.protect
    assert key.inputs["enableKeyRotation"] is True
    assert key.inputs["deletionWindowInDays"] == 30
    assert old_stack.one(aws.kms.Alias, f"encryption-{domain}-alias").inputs["name"] == f"alias/switchyard/prod/{domain}"


@pytest.mark.parametrize("domain", DOMAINS)
def test_a_key_s_administration_is_the_account_s_own_iam(old_stack: Rendering, domain: str) -> None:
    """The one statement of kms:*, for KMS refuses a key that nobody could administer."""
    found = statements(old_stack.one(aws.kms.Key, f"encryption-{domain}").inputs["policy"])
    wide = [sid for sid, statement in found.items() if "kms:*" in statement["Action"]]
    assert wide == ["IamOfThisAccount"]
    assert found["IamOfThisAccount"]["Principal"] == ACCOUNT


def test_only_the_stack_s_fleets_use_the_data_key_past_iam(old_stack: Rendering) -> None:
    """Their role exists before the key, in a new account too; grants are for AWS's own resources."""
    key = old_stack.one(aws.kms.Key, "encryption-data")
    found = statements(key.inputs["policy"])
    role = {"AWS": "arn:aws:iam:eu-west-1:123456789012:encryption-fleets"}
    assert found.keys() == {"IamOfThisAccount", "FleetDisks", "FleetDiskGrants"}
    assert found["FleetDisks"]["Principal"] == found["FleetDiskGrants"]["Principal"] == role
    assert found["FleetDiskGrants"]["Action"] == ["kms:CreateGrant"]
    assert found["FleetDiskGrants"]["Condition"] == {"Bool": {"kms:GrantIsForAWSResource": "true"}}
    assert takes_from(old_stack, key, "policy", aws.iam.ServiceLinkedRole) == {"encryption-fleets"}


def test_the_logs_key_serves_log_groups_of_this_stack(old_stack: Rendering) -> None:
    """CloudWatch Logs of the region, for groups below the stack's path and its databases'; nothing else but the CDN's access log."""
    found = statements(old_stack.one(aws.kms.Key, "encryption-logs").inputs["policy"])
    assert found.keys() == {"IamOfThisAccount", "LogGroupsOfThisStack", "AccessLogOfTheCdn"}
    statement = found["LogGroupsOfThisStack"]
    assert statement["Principal"] == {"Service": "logs.eu-west-1.amazonaws.com"}
    paths = ("/switchyard/prod/*", "/aws/rds/instance/switchyard-prod-*", "/aws/rds/proxy/switchyard-prod-*")
    groups = [f"arn:aws:logs:eu-west-1:123456789012:log-group:{path}" for path in paths]
    assert statement["Condition"] == {"ArnLike": {"kms:EncryptionContext:aws:logs:arn": groups}}


def test_the_logs_key_lets_deliveries_of_this_account_in(old_stack: Rendering) -> None:
    """Those of us-east-1, where a distribution's log is delivered from: without them its bucket stays empty."""
    statement = statements(old_stack.one(aws.kms.Key, "encryption-logs").inputs["policy"])["AccessLogOfTheCdn"]
    assert statement["Principal"] == {"Service": "delivery.logs.amazonaws.com"}
    assert {"kms:GenerateDataKey*", "kms:Decrypt"} <= set(statement["Action"])
    assert statement["Condition"] == {
        "StringEquals": {"aws:SourceAccount": "123456789012"},
        "ArnLike": {"aws:SourceArn": "arn:aws:logs:us-east-1:123456789012:delivery-source:*"},
    }


@pytest.mark.parametrize(("domain", "region"), [("site", None), ("site-copy", "eu-central-1")])
def test_the_site_s_keys_let_distributions_of_this_account_decrypt(old_stack: Rendering, domain: str, region: str | None) -> None:
    """And nothing more; each in the region of its bucket, since a key serves no other."""
    key, alias = old_stack.one(aws.kms.Key, f"encryption-{domain}"), old_stack.one(aws.kms.Alias, f"encryption-{domain}-alias")
    assert key.inputs.get("region") == alias.inputs.get("region") == region
    found = statements(key.inputs["policy"])
    assert found.keys() == {"IamOfThisAccount", "SiteAtTheEdge"}
    statement = found["SiteAtTheEdge"]
    assert statement["Principal"] == {"Service": "cloudfront.amazonaws.com"}
    assert statement["Action"] == ["kms:Decrypt"]
    assert statement["Condition"] == {"ArnLike": {"aws:SourceArn": "arn:aws:cloudfront::123456789012:distribution/*"}}


def test_the_alarms_key_lets_publishers_in(old_stack: Rendering) -> None:
    """CloudWatch, AWS Backup and EventBridge, for this account, and the fleets' role; all only as much as publishing needs."""
    found = statements(old_stack.one(aws.kms.Key, "encryption-alarms").inputs["policy"])
    assert found.keys() == {"IamOfThisAccount", "AlarmsPublish", "EventsPublish", "FleetsPublish", "BackupsPublish"}
    for sid, service in (("AlarmsPublish", "cloudwatch"), ("BackupsPublish", "backup")):
        assert found[sid]["Principal"] == {"Service": f"{service}.amazonaws.com"}
        assert found[sid]["Condition"] == {"StringEquals": {"aws:SourceAccount": "123456789012"}}
    for sid in ("AlarmsPublish", "EventsPublish", "FleetsPublish", "BackupsPublish"):
        assert found[sid]["Action"] == ["kms:Decrypt", "kms:GenerateDataKey*"]


def test_alarms_at_the_edge_have_a_key_there(old_stack: Rendering) -> None:
    """A key serves its own region only; there are no fleets, so CloudWatch alone publishes."""
    key, alias = old_stack.one(aws.kms.Key, "encryption-edge-alarms"), old_stack.one(aws.kms.Alias, "encryption-edge-alarms-alias")
    assert key.inputs["region"] == alias.inputs["region"] == "us-east-1"
    assert statements(key.inputs["policy"]).keys() == {"IamOfThisAccount", "AlarmsPublish"}


def test_alarms_of_the_copies_have_a_key_beside_them(old_stack: Rendering) -> None:
    """In the second region, where AWS Backup tells of the vault there."""
    key = old_stack.one(aws.kms.Key, "encryption-copy-alarms")
    assert key.inputs["region"] == "eu-central-1"
    assert statements(key.inputs["policy"]).keys() == {"IamOfThisAccount", "AlarmsPublish", "BackupsPublish"}


@pytest.mark.parametrize("domain", ["backup", "backup-copy"])
def test_backups_are_read_by_whom_iam_lets(old_stack: Rendering, domain: str) -> None:
    """No service stands in the key's policy: AWS Backup comes in a role whose own policy names the key."""
    assert statements(old_stack.one(aws.kms.Key, f"encryption-{domain}").inputs["policy"]).keys() == {"IamOfThisAccount"}


def test_a_second_region_at_the_edge_has_one_key_for_alarms() -> None:
    """Where the copies are in us-east-1, so are the edge's alarms."""
    made = rendered({"recovery.region": "us-east-1"})
    assert "encryption-copy-alarms" not in names(made.of(aws.kms.Key))
    assert names(made.of(aws.sns.Topic)) == {f"topics-{place}" for place in ("page", "ticket", "edge-page", "edge-ticket")}


def test_the_fleets_role_is_the_stack_s_own(new_stack: Rendering) -> None:
    """Its suffix names project and stack, and the role's name fits into 64 characters however long the stack's is."""
    longest = "x" * 40
    for stack, rendering in {"prod": new_stack, longest: render_all(longest, stack_config("prod"))}.items():
        role = rendering.one(aws.iam.ServiceLinkedRole, "encryption-fleets")
        suffix = role.inputs["customSuffix"]
        assert role.inputs["awsServiceName"] == "autoscaling.amazonaws.com"
        assert suffix.startswith(f"switchyard-{stack}"[:29])
        assert suffix.endswith(fingerprint(f"switchyard/{stack}/fleets"))
        assert len(f"AWSServiceRoleForAutoScaling_{suffix}") <= 64
