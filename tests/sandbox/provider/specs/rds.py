"""Specs of RDS's database instances."""

from typing import Any

from tests.sandbox.provider.specs.iam import TRUST
from tests.sandbox.provider.world import Spec, World

PASSWORDS = ("x" * 20, "y" * 20)


def subnet_group(world: World) -> str:
    """Return a new subnet group."""
    return world.id("aws.rds.SubnetGroup", subnetIds=world.subnets(world.vpc()))


def instance(world: World) -> dict[str, Any]:
    """Return the inputs of an instance, with as much as the program uses."""
    return {
        "engine": "postgres",
        "engineVersion": "17.6",
        "instanceClass": "db.m7g.large",
        "allocatedStorage": 100,
        "maxAllocatedStorage": 500,
        "storageType": "gp3",
        "storageEncrypted": True,
        "kmsKeyId": world.make("aws.kms.Key").outputs["arn"],
        "dbName": "app",
        "username": "switchyard",
        "password": PASSWORDS[0],
        "port": 5432,
        "multiAz": True,
        "iamDatabaseAuthenticationEnabled": True,
        "dbSubnetGroupName": subnet_group(world),
        "parameterGroupName": world.id("aws.rds.ParameterGroup", family="postgres17"),
        "vpcSecurityGroupIds": [world.id("aws.ec2.SecurityGroup", vpcId=world.vpc())],
        "backupRetentionPeriod": 7,
        "backupWindow": "02:00-02:30",
        "maintenanceWindow": "Mon:03:00-Mon:04:00",
        "copyTagsToSnapshot": True,
        "deletionProtection": False,
        "enabledCloudwatchLogsExports": ["postgresql", "upgrade"],
        "monitoringInterval": 60,
        "monitoringRoleArn": world.make("aws.iam.Role", assumeRolePolicy=TRUST.format("monitoring.rds")).outputs["arn"],
        "performanceInsightsEnabled": True,
        "performanceInsightsRetentionPeriod": 7,
        "caCertIdentifier": "rds-ca-rsa2048-g1",
        "applyImmediately": True,
        "skipFinalSnapshot": True,
        "tags": {"backup": "daily"},
    }


SPECS = (
    Spec(
        type="aws.rds.Instance",
        inputs=instance,
        change={
            "password": PASSWORDS[1],
            "instanceClass": "db.m7g.xlarge",
            "engineVersion": "17.7",
            "backupRetentionPeriod": 14,
            "multiAz": False,
            "deletionProtection": True,
            "identifier": "another",
            "port": 5433,
            "enabledCloudwatchLogsExports": ["postgresql"],
            "monitoringInterval": 30,
            "performanceInsightsRetentionPeriod": 31,
            "tags": {"backup": "weekly"},
        },
        replace={"username": "another", "kmsKeyId": "arn:aws:kms:eu-west-1:123456789012:key/b"},
        not_imported=("password", "applyImmediately", "skipFinalSnapshot", "maintenanceWindow"),
    ),
)
