"""The stack's database in the emulated AWS, and a deployment that brings it to what config says, without an engine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pulumi.automation.events import OpType

from components.log_searches import SEARCHES
from ops.database.parts import (
    COMPONENT,
    DASHBOARD,
    EVENT_RULE,
    INSTANCE,
    MASTER,
    MASTER_ENTRY,
    MASTER_VALUE,
    PROXY,
    PROXY_NAME,
    PROXY_TARGET,
    SEARCH,
    instance_name,
)
from ops.guard import PARAMETER
from ops.parts import ROLE_POLICY
from ops.plan import Step
from ops.rotation import PASSWORD, SECRET_VERSION
from ops.secrets import SECRET
from settings_database import PRIMARY, RESTORED, Database
from tests.ops.cloud import Cloud
from tests.ops.stand_in import CloudTarget, StandIn, step_of
from tests.ops.state import resource

GROUP = "database"
"""The name of its parameter group and of its subnet group."""
ROLE = "arn:aws:iam::123456789012:role/proxy"


@dataclass
class Servers:
    """What RDS, SSM and Secrets Manager have of the database."""

    cloud: Cloud
    entry: str = ""
    identifiers: dict[str, str] = field(default_factory=dict)
    """By what config calls an instance, what AWS does."""

    @property
    def rds(self) -> Any:
        """RDS in the emulated AWS."""
        return self.cloud.client("rds")

    def make(self) -> None:
        """Make the primary, its replica, the proxy before it, and the parameters of the service that uses it."""
        self.entry = self.cloud.client("secretsmanager").create_secret(Name=MASTER, SecretString="1")["ARN"]
        self.rds.create_db_parameter_group(DBParameterGroupName=GROUP, DBParameterGroupFamily="postgres17", Description="database")
        self.rds.create_db_subnet_group(DBSubnetGroupName=GROUP, DBSubnetGroupDescription="database", SubnetIds=self.subnets())
        self.create(PRIMARY)
        replica = {"DBInstanceIdentifier": "database-r1", "VpcSecurityGroupIds": self.groups()}
        self.rds.create_db_instance_read_replica(**replica, SourceDBInstanceIdentifier="database")
        self.identifiers["r1"] = "database-r1"
        place = {"VpcSubnetIds": self.subnets(), "VpcSecurityGroupIds": self.groups()}
        self.rds.create_db_proxy(
            DBProxyName="proxy", EngineFamily="POSTGRESQL", DefaultAuthScheme="IAM_AUTH", Auth=[], RoleArn=ROLE, **place
        )
        self.register(PRIMARY)
        self.tell(self.proxy_host)

    def create(self, called: str) -> None:
        """Make an instance that stands alone."""
        self.identifiers[called] = "database" if called == PRIMARY else f"database-{called}"
        self.rds.create_db_instance(
            DBInstanceIdentifier=self.identifiers[called],
            DBInstanceClass="db.t4g.medium",
            Engine="postgres",
            EngineVersion="17.11",
            AllocatedStorage=20,
            MasterUsername="switchyard",
            MasterUserPassword="0" * 16,
            BackupRetentionPeriod=7,
            DBParameterGroupName=GROUP,
            DBSubnetGroupName=GROUP,
            VpcSecurityGroupIds=self.groups(),
        )

    def subnets(self) -> list[str]:
        """The subnets of the cloud."""
        return [each["SubnetId"] for each in self.cloud.client("ec2").describe_subnets()["Subnets"]][:2]

    def groups(self) -> list[str]:
        """A security group of the cloud."""
        return [self.cloud.client("ec2").describe_security_groups()["SecurityGroups"][0]["GroupId"]]

    @property
    def proxy_host(self) -> str:
        """Where the proxy answers."""
        return str(self.rds.describe_db_proxies(DBProxyName="proxy")["DBProxies"][0]["Endpoint"])

    def register(self, called: str) -> None:
        """Put an instance behind the proxy, and nothing else."""
        for target in self.rds.describe_db_proxy_targets(DBProxyName="proxy")["Targets"]:
            self.rds.deregister_db_proxy_targets(DBProxyName="proxy", DBInstanceIdentifiers=[target["RdsResourceId"]])
        self.rds.register_db_proxy_targets(DBProxyName="proxy", DBInstanceIdentifiers=[self.identifiers[called]])

    def tell(self, host: str) -> None:
        """Write what the service is told."""
        self.cloud.client("ssm").put_parameter(Name="/api/DATABASE_HOST", Value=host, Type="String", Overwrite=True)

    def remove(self) -> None:
        """Leave nothing behind for the next test."""
        self.rds.delete_db_proxy(DBProxyName="proxy")
        there = {each["DBInstanceIdentifier"] for each in self.rds.describe_db_instances()["DBInstances"]}
        for identifier in sorted(there & {*self.identifiers.values()}, reverse=True):
            self.rds.delete_db_instance(DBInstanceIdentifier=identifier, SkipFinalSnapshot=True)
        self.rds.delete_db_parameter_group(DBParameterGroupName=GROUP)
        self.rds.delete_db_subnet_group(DBSubnetGroupName=GROUP)
        self.cloud.client("secretsmanager").delete_secret(SecretId=self.entry, ForceDeleteWithoutRecovery=True)


class Databases(StandIn):
    """Knows the database too: what the state has of it, and of which steps the engine does what."""

    def __init__(self, target: CloudTarget, servers: Servers) -> None:
        super().__init__(target)
        self.servers = servers
        config = self.config
        self.version, self.use = config.own_password_version, config.use
        self.promoted: set[str] = set()
        self.backed_up: dict[str, int] = {}
        self.does = {PASSWORD, SECRET_VERSION, INSTANCE, PARAMETER, PROXY_TARGET}
        """What the engine comes to before it ends."""

    @property
    def config(self) -> Database:
        """The section as the file has it."""
        config = self.target.file.settings().database
        assert config
        return config

    @property
    def resources(self) -> Sequence[Mapping[str, Any]]:
        """The instances, the password, the proxy and the parameters beside the rest."""
        instances = [
            resource(INSTANCE, instance_name(called), f"db-{identifier}", {"identifier": identifier})
            for called, identifier in self.servers.identifiers.items()
        ]
        secret = [resource(SECRET, MASTER_ENTRY, self.servers.entry), resource(SECRET_VERSION, MASTER_VALUE, "1")]
        proxy = [
            resource(PROXY, PROXY_NAME, "proxy", outputs={"endpoint": self.servers.proxy_host}),
            resource(PROXY_TARGET, f"{PROXY_NAME}-target", "target"),
        ]
        listed = [(SEARCH, f"database-log-{role}") for role in SEARCHES]
        listed += [(DASHBOARD, "dashboard"), (EVENT_RULE, "database-events"), (ROLE_POLICY, f"{PROXY_NAME}-logs-in")]
        told = [resource(PARAMETER, f"api-endpoint-DATABASE_{what}", f"/api/DATABASE_{what}") for what in ("HOST", "READERS")]
        return [
            *super().resources,
            *instances,
            resource(PASSWORD, MASTER, "none"),
            *secret,
            *proxy,
            *told,
            *(resource(*each, "") for each in listed),
        ]

    def _steps(self) -> list[Step]:
        return [*super()._steps(), *self._rotating(), *self._promoting(), *self._restoring(), *self._leading()]

    def _rotating(self) -> list[Step]:
        if self.version == self.config.own_password_version:
            return []
        made = [step_of(PASSWORD, MASTER, op=OpType.REPLACE), step_of(SECRET_VERSION, MASTER_VALUE, op=OpType.REPLACE)]
        return [*made, *(step_of(INSTANCE, instance_name(each), ("password",)) for each in (PRIMARY, *sorted(self.promoted)))]

    def _promoting(self) -> list[Step]:
        steps = []
        for name, replica in self.config.replicas.items():
            if replica.promoted and name not in self.promoted:
                steps += [
                    step_of(INSTANCE, instance_name(name), ("replicateSourceDb", "multiAz"), {"replicateSourceDb": "database"}),
                    step_of(PARAMETER, "api-endpoint-DATABASE_READERS", ("value",)),
                ]
            elif (replica.backup_days or 0) != self.backed_up.get(name, 0):
                steps.append(step_of(INSTANCE, instance_name(name), ("backupRetentionPeriod",)))
        return steps

    def _restoring(self) -> list[Step]:
        if not self.config.restore or RESTORED in self.servers.identifiers:
            return []
        return [step_of(kind, RESTORED, op=OpType.CREATE) for kind in (COMPONENT, INSTANCE)]

    def _leading(self) -> list[Step]:
        if self.config.use == self.use:
            return []
        return [
            step_of(PARAMETER, "api-endpoint-DATABASE_HOST", ("value",)),
            step_of(PROXY_TARGET, f"{PROXY_NAME}-target", op=OpType.REPLACE),
        ]

    def _write(self, step: Step) -> None:
        if step.type not in {PASSWORD, SECRET_VERSION, INSTANCE, COMPONENT, PARAMETER, PROXY_TARGET}:
            super()._write(step)
        elif step.type not in self.does:
            return
        elif step.type == SECRET_VERSION:
            self.cloud.client("secretsmanager").put_secret_value(
                SecretId=self.servers.entry, SecretString=str(self.config.password_version)
            )
            self.version = self.config.own_password_version
        elif step.type == PROXY_TARGET:
            self.servers.register(self.config.use)
            self.use = self.config.use
        elif step.type == INSTANCE and step.op is OpType.CREATE:
            self.servers.create(RESTORED)
        elif step.type == INSTANCE and "password" not in step.keys:
            self._change(step.name.removeprefix("replica-"))

    def _change(self, name: str) -> None:
        replica, identifier = self.config.replicas[name], self.servers.identifiers[name]
        if replica.promoted:
            self.servers.rds.promote_read_replica(DBInstanceIdentifier=identifier, BackupRetentionPeriod=self.config.backup_days)
            self.promoted.add(name)
            return
        days = replica.backup_days or 0
        self.servers.rds.modify_db_instance(DBInstanceIdentifier=identifier, BackupRetentionPeriod=days, ApplyImmediately=True)
        self.backed_up[name] = days
