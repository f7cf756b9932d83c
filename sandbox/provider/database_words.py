"""The vocabulary of a database instance: AWS's words for its properties, and when each of them is said."""

from sandbox.provider.words import Words

NOUN = "DBInstance"

NAMES = {
    "caCertIdentifier": "CACertificateIdentifier",
    "instanceClass": "DBInstanceClass",
    "parameterGroupName": "DBParameterGroupName",
    "username": "MasterUsername",
    "password": "MasterUserPassword",
    "backupWindow": "PreferredBackupWindow",
    "maintenanceWindow": "PreferredMaintenanceWindow",
    "iamDatabaseAuthenticationEnabled": "EnableIAMDatabaseAuthentication",
    "performanceInsightsEnabled": "EnablePerformanceInsights",
    "enabledCloudwatchLogsExports": "EnableCloudwatchLogsExports",
    "replicateSourceDb": "SourceDBInstanceIdentifier",
    "snapshotIdentifier": "DBSnapshotIdentifier",
    "resourceId": "DbiResourceId",
    "replicas": "ReadReplicaDBInstanceIdentifiers",
    "masterUserSecrets": "MasterUserSecret",
}
"""AWS's words for an instance's properties, where they are other ones."""

WORDS = Words(NOUN, NAMES)

CHANGED = (
    *("allocatedStorage", "autoMinorVersionUpgrade", "backupRetentionPeriod", "backupWindow", "caCertIdentifier", "copyTagsToSnapshot"),
    *("databaseInsightsMode", "dbSubnetGroupName", "dedicatedLogVolume", "deletionProtection", "enabledCloudwatchLogsExports"),
    *("engineLifecycleSupport", "engineVersion", "iamDatabaseAuthenticationEnabled", "identifier", "instanceClass", "iops", "licenseModel"),
    *("maintenanceWindow", "manageMasterUserPassword", "masterUserSecretKmsKeyId", "maxAllocatedStorage", "monitoringInterval"),
    *("monitoringRoleArn", "multiAz", "networkType", "optionGroupName", "parameterGroupName", "password", "performanceInsightsEnabled"),
    *(
        "performanceInsightsKmsKeyId",
        "performanceInsightsRetentionPeriod",
        "port",
        "publiclyAccessible",
        "storageThroughput",
        "storageType",
    ),
    "vpcSecurityGroupIds",
)
"""What ModifyDBInstance changes."""

FOR_LIFE = (
    *("availabilityZone", "characterSetName", "dbName", "engine", "kmsKeyId", "restoreToPointInTime", "snapshotIdentifier"),
    *("storageEncrypted", "timezone", "username"),
)
"""What an instance is born with and keeps."""

MONITORING = ("monitoringInterval", "monitoringRoleArn")
"""What AWS takes together."""

IRREGULAR = {"identifier": "NewDBInstanceIdentifier", "port": "DBPortNumber"}
"""What a change calls otherwise than a creation."""

STEERING = ("allowMajorVersionUpgrade", "applyImmediately")

MADE = (*CHANGED, *FOR_LIFE, *STEERING, "replicateSourceDb")
"""All that a creation carries."""

ENDING = ("deleteAutomatedBackups", "finalSnapshotIdentifier", "skipFinalSnapshot")
