"""Caches, values of secrets and backups: what AWS refuses, what changes in place, and what shows up as drift."""

from typing import Any

import pytest

from tests.sandbox.provider.driver import Made, bare
from tests.sandbox.provider.specs.backup import COPY_REGION
from tests.sandbox.provider.specs.elasticache import ON, PASSWORDS
from tests.sandbox.provider.world import World

USER = {"userId": "api", "userName": "api", "engine": "valkey", "accessString": ON}

GROUP = {"description": "-", "engine": "valkey", "nodeType": "cache.t4g.small"}

RULE = {"ruleName": "daily", "targetVaultName": "vault"}

TESTS = {"scheduleExpression": "cron(0 5 * * ? *)", "recoveryPointSelection": {"algorithm": "LATEST_WITHIN_WINDOW", "includeVaults": ["*"]}}

RESTORED = {"name": "x", "restoreTestingPlanName": "weekly", "iamRoleArn": "arn:aws:iam::123456789012:role/x"}


def mode(type_: str, *passwords: str) -> dict[str, Any]:
    """Return how a user proves who it is."""
    return {"authenticationMode": {"type": type_, **({"passwords": list(passwords)} if passwords else {})}}


REFUSED: dict[str, tuple[str, dict[str, Any], str]] = {
    "a short password": ("elasticache.User", {**USER, "passwords": ["hunter2"]}, "passwords"),
    "three passwords": ("elasticache.User", {**USER, "passwords": [*PASSWORDS, "the-third-of-the-passwords"]}, "passwords"),
    "IAM and a password": ("elasticache.User", {**USER, **mode("iam", *PASSWORDS)}, "authenticationMode.passwords"),
    "IAM and another name": ("elasticache.User", {**USER, **mode("iam"), "userName": "web"}, "userName"),
    "two ways in": ("elasticache.User", {**USER, **mode("iam"), "passwords": PASSWORDS}, "passwords"),
    "a user of memcached": ("elasticache.User", {**USER, "engine": "memcached"}, "engine"),
    "an id with two hyphens": ("elasticache.UserGroup", {"userGroupId": "a--b", "engine": "valkey"}, "userGroupId"),
    "no replica to fail over to": (
        "elasticache.ReplicationGroup",
        {**GROUP, "automaticFailoverEnabled": True, "numCacheClusters": 1},
        "numCacheClusters",
    ),
    "zones without failover": ("elasticache.ReplicationGroup", {**GROUP, "multiAzEnabled": True}, "multiAzEnabled"),
    "a key for nothing": ("elasticache.ReplicationGroup", {**GROUP, "kmsKeyId": "x", "atRestEncryptionEnabled": False}, "kmsKeyId"),
    "users in the clear": (
        "elasticache.ReplicationGroup",
        {**GROUP, "userGroupIds": ["a"], "transitEncryptionEnabled": False},
        "transitEncryptionEnabled",
    ),
    "a short token": ("elasticache.ReplicationGroup", {**GROUP, "authToken": "hunter2"}, "authToken"),
    "a window without its day": ("elasticache.ReplicationGroup", {**GROUP, "maintenanceWindow": "03:00-04:00"}, "maintenanceWindow"),
    "no value": ("secretsmanager.SecretVersion", {"secretId": "a", "secretString": ""}, "secretString"),
    "a value twice": ("secretsmanager.SecretVersion", {"secretId": "a", "secretString": "a", "secretStringWo": "a"}, "secretString"),
    "an unknown event": (
        "backup.VaultNotifications",
        {"backupVaultName": "vault", "snsTopicArn": "x", "backupVaultEvents": ["BROKEN"]},
        "backupVaultEvents[0]",
    ),
    "a vault with a dot": ("backup.Vault", {"name": "a.b"}, "name"),
    "a lock of a day": ("backup.VaultLockConfiguration", {"backupVaultName": "vault", "changeableForDays": 1}, "changeableForDays"),
    "a lock upside down": (
        "backup.VaultLockConfiguration",
        {"backupVaultName": "vault", "minRetentionDays": 9, "maxRetentionDays": 8},
        "minRetentionDays",
    ),
    "half an hour to start": ("backup.Plan", {"rules": [{**RULE, "startWindow": 30}]}, "rules[0].startWindow"),
    "two rules of a name": ("backup.Plan", {"rules": [RULE, {**RULE, "ruleName": "weekly"}, RULE]}, "rules[0].ruleName"),
    "cold for a month": (
        "backup.Plan",
        {"rules": [{**RULE, "lifecycle": {"coldStorageAfter": 30, "deleteAfter": 60}}]},
        "rules[0].lifecycle.deleteAfter",
    ),
    "continuous for a year": (
        "backup.Plan",
        {"rules": [{**RULE, "enableContinuousBackup": True, "lifecycle": {"deleteAfter": 365}}]},
        "rules[0].lifecycle.deleteAfter",
    ),
    "an auto-name, which has a hyphen": ("backup.RestoreTestingPlan", TESTS, "name"),
    "everything and one thing": (
        "backup.RestoreTestingSelection",
        {**RESTORED, "protectedResourceType": "RDS", "protectedResourceArns": ["*", "arn:aws:rds:eu-west-1:123456789012:db:x"]},
        "protectedResourceArns",
    ),
    "a test of caches": ("backup.RestoreTestingSelection", {**RESTORED, "protectedResourceType": "Redis"}, "protectedResourceType"),
}


@pytest.mark.parametrize(("kind", "inputs", "where"), REFUSED.values(), ids=REFUSED)
def test_what_aws_refuses_is_refused_at_the_check(kind: str, inputs: dict[str, Any], where: str, world: World) -> None:
    """The failure names the property, and repeats no secret."""
    failures = world.driver("aws").check(f"aws.{kind}", "x", inputs)[1]
    assert next(iter(failures)) == where
    assert "hunter2" not in str(failures)


def refreshed(world: World, made: Made) -> Made:
    """Return a resource as a refresh records it."""
    id_, outputs, inputs = world.driver(made.type).read(made)
    return Made(made.type, made.name, id_, inputs, outputs)


def drift(world: World, made: Made) -> set[str]:
    """Return the inputs that a refresh finds changed."""
    return set(world.driver(made.type).diff(refreshed(world, made), made.inputs).diffs)


def change(world: World, made: Made, **inputs: Any) -> Made:
    """Change some inputs of a resource in place."""
    driver = world.driver(made.type)
    checked, failures = driver.check(made.type, made.name, {**bare(made.inputs), **inputs}, made.inputs)
    assert failures == {}
    assert list(driver.diff(made, checked).replaces) == []
    return driver.update(made, checked)


def test_a_user_gets_a_new_password_beside_the_one_in_use(world: World) -> None:
    """Then the old one goes; the state holds what it was given, and AWS counts them."""
    name = world.name()
    made = world.make("aws.elasticache.User", **{**USER, "userId": name, **mode("password", PASSWORDS[0])})
    for passwords in (PASSWORDS, PASSWORDS[1:]):
        made = change(world, made, **mode("password", *passwords))
        assert bare(made.inputs)["authenticationMode"]["passwords"] == passwords
        assert bare(made.outputs)["authenticationMode"]["passwordCount"] == len(passwords)
        assert drift(world, made) == set()


def test_replicas_are_added_and_taken_away(world: World) -> None:
    """In place, and counted in both ways."""
    made = world.make("aws.elasticache.ReplicationGroup", **GROUP, numCacheClusters=1)
    made = change(world, made, numCacheClusters=3, automaticFailoverEnabled=True)
    assert [made.outputs[name] for name in ("numCacheClusters", "replicasPerNodeGroup")] == [3, 2]
    assert len(change(world, made, numCacheClusters=2).outputs["memberClusters"]) == 2


def test_a_group_counts_its_replicas_as_the_program_does(world: World) -> None:
    """By shard, where the program says that."""
    made = world.make("aws.elasticache.ReplicationGroup", **GROUP, numNodeGroups=1, replicasPerNodeGroup=1)
    assert made.outputs["numCacheClusters"] == 2
    assert change(world, made, replicasPerNodeGroup=2).outputs["numCacheClusters"] == 3


def test_changes_beside_the_program_show_up(world: World) -> None:
    """Of a group, of a user, of parameters and of a plan."""
    caches, name = world.client("elasticache"), world.name()
    group = world.make("aws.elasticache.ReplicationGroup", **GROUP, snapshotRetentionLimit=7)
    caches.modify_replication_group(ReplicationGroupId=group.id, SnapshotRetentionLimit=0)
    user = world.make("aws.elasticache.User", **{**USER, "userId": name, "passwords": PASSWORDS})
    caches.modify_user(UserId=name, AccessString="off")
    parameters = world.make("aws.elasticache.ParameterGroup", family="valkey8", parameters=[{"name": "timeout", "value": "300"}])
    caches.reset_cache_parameter_group(CacheParameterGroupName=parameters.id, ResetAllParameters=True)
    plan = world.make("aws.backup.Plan", rules=[RULE])
    told = {"RuleName": "daily", "TargetBackupVaultName": "vault", "Lifecycle": {"DeleteAfterDays": 1}, "StartWindowMinutes": 90}
    world.client("backup").update_backup_plan(BackupPlanId=plan.id, BackupPlan={"BackupPlanName": "x", "Rules": [told]})
    assert [drift(world, made) for made in (group, user, parameters)] == [{"snapshotRetentionLimit"}, {"accessString"}, {"parameters"}]
    assert drift(world, plan) == {"name", "rules"}


def test_a_rule_is_completed_as_the_official_provider_does(world: World) -> None:
    """Its windows are not those that AWS would choose."""
    (rule,) = world.make("aws.backup.Plan", rules=[RULE]).outputs["rules"]
    assert {name: rule[name] for name in ("startWindow", "completionWindow", "scheduleExpressionTimezone")} == {
        "startWindow": 60,
        "completionWindow": 180,
        "scheduleExpressionTimezone": "Etc/UTC",
    }


def test_backups_live_in_the_region_that_they_name(world: World) -> None:
    """A copy's vault is where the program says."""
    made = world.make("aws.backup.Vault", region=COPY_REGION)
    assert f":{COPY_REGION}:" in made.outputs["arn"]
    assert drift(world, made) == set()


def version(world: World, **inputs: Any) -> Made:
    """Make a value of a secret."""
    return world.make("aws.secretsmanager.SecretVersion", **inputs)


def test_a_new_value_leaves_the_one_before_it_to_be_read(world: World) -> None:
    """It is made before the old one is dropped; the old one keeps AWS's own label."""
    entry = world.id("aws.secretsmanager.Secret")
    old, new = (version(world, secretId=entry, secretString=value) for value in ("one", "two"))
    world.driver(old.type).delete(old)
    told = world.client("secretsmanager")
    assert [told.get_secret_value(SecretId=entry, VersionStage=f"AWS{stage}")["SecretString"] for stage in ("CURRENT", "PREVIOUS")] == [
        "two",
        "one",
    ]
    assert drift(world, new) == set()


def test_a_value_is_a_secret_in_the_state(world: World) -> None:
    """However it was given; and it is read back, so that a change beside the program shows up."""
    made = version(world, secretId=world.id("aws.secretsmanager.Secret"), secretString="one")
    assert made.outputs["secretString"] != "one"
    assert bare(made.outputs)["secretString"] == "one"
    assert made.outputs["secretArn"] == made.outputs["arn"]


def test_a_value_that_is_told_only_once_is_not_read_back(world: World) -> None:
    """A new number makes a new version of it."""
    entry = world.id("aws.secretsmanager.Secret")
    made = version(world, secretId=entry, secretStringWo="one", secretStringWoVersion=1)
    assert made.outputs["hasSecretStringWo"]
    assert "secretString" not in bare(refreshed(world, made).outputs)
    assert world.client("secretsmanager").get_secret_value(SecretId=entry)["SecretString"] == "one"


def test_a_value_goes_with_its_entry(world: World) -> None:
    """Also while that only waits for its deletion."""
    entry = world.make("aws.secretsmanager.Secret")
    made = version(world, secretId=entry.id, secretString="one")
    world.driver(entry.type).delete(entry)
    assert world.driver(made.type).read(made)[0] == ""
