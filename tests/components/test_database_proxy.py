import json

import pulumi_aws as aws

from tests.components.test_database import address, logins, told
from tests.configs import rendered
from tests.graph import statements, takes_from, waits_for
from tests.rendering import Rendering

ACCOUNT = "123456789012"


def test_services_write_through_the_proxy_and_read_from_the_replicas(old_stack: Rendering) -> None:
    """AWS lets no proxy stand before a replica; each login is on the thing itself, under the service's own name."""
    found = told(old_stack)
    assert found["HOST"] == "database-proxy.proxy-c1a2b3.rds.amazonaws.com"
    assert found["READERS"] == f"{address('replica-r1')},{address('replica-r2')}"
    assert logins(old_stack) == ["prx-database-proxy/api", "db-REPLICAR1/api", "db-REPLICAR2/api"]


def test_the_proxy_takes_and_makes_logins_by_iam_alone(old_stack: Rendering) -> None:
    """Over TLS, with no secret in between, and as nobody but the services."""
    proxy = old_stack.one(aws.rds.Proxy, "database-proxy")
    assert (proxy.inputs["defaultAuthScheme"], proxy.inputs["requireTls"], proxy.inputs["engineFamily"]) == ("IAM_AUTH", True, "POSTGRESQL")
    assert "auths" not in proxy.inputs
    policy = old_stack.one(aws.iam.RolePolicy, "database-proxy-logs-in").inputs["policy"]
    (statement,) = statements(policy).values()
    assert statement["Action"] == ["rds-db:connect"]
    assert statement["Resource"] == [f"arn:aws:rds-db:eu-west-1:{ACCOUNT}:dbuser:db-DATABASE/api"]
    assert waits_for(old_stack, proxy, aws.iam.RolePolicy) == {"database-proxy-logs-in"}


def test_rds_takes_the_proxy_s_role_without_a_condition(old_stack: Rendering) -> None:
    """With one on the account the proxy would never get it: it knows no global condition keys."""
    role = old_stack.one(aws.iam.Role, "database-proxy-role")
    (statement,) = json.loads(role.inputs["assumeRolePolicy"])["Statement"]
    assert statement == {"Effect": "Allow", "Principal": {"Service": "rds.amazonaws.com"}, "Action": "sts:AssumeRole"}


def test_services_reach_the_proxy_where_they_would_reach_the_database(new_stack: Rendering) -> None:
    """And only the proxy's own group reaches the database from there, on its one port."""
    proxy = new_stack.one(aws.rds.Proxy, "database-proxy")
    assert takes_from(new_stack, proxy, "vpcSecurityGroupIds", aws.ec2.SecurityGroup) == {"firewall-database", "database-proxy"}
    way_in = new_stack.one(aws.vpc.SecurityGroupIngressRule, "database-proxy-in")
    way_out = new_stack.one(aws.vpc.SecurityGroupEgressRule, "database-proxy-out")
    for rule, of, source in ((way_in, "firewall-database", "database-proxy"), (way_out, "database-proxy", "firewall-database")):
        assert (rule.inputs["fromPort"], rule.inputs["toPort"], rule.inputs["ipProtocol"]) == (5432, 5432, "tcp")
        assert takes_from(new_stack, rule, "securityGroupId", aws.ec2.SecurityGroup) == {of}
        assert takes_from(new_stack, rule, "referencedSecurityGroupId", aws.ec2.SecurityGroup) == {source}


def test_the_pool_is_config_s(new_stack: Rendering) -> None:
    """How long one waits for a connection, and how many there are."""
    pool = new_stack.one(aws.rds.ProxyDefaultTargetGroup, "database-proxy-pool")
    assert pool.inputs["connectionPoolConfig"] == {"connectionBorrowTimeout": 10, "maxConnectionsPercent": 90}
    assert new_stack.one(aws.rds.Proxy, "database-proxy").inputs["idleClientTimeout"] == 1800


def test_the_proxy_s_log_ends(new_stack: Rendering) -> None:
    """Its group is there first, under the name that RDS would give it."""
    proxy, log = new_stack.one(aws.rds.Proxy, "database-proxy"), new_stack.one(aws.cloudwatch.LogGroup, "database-proxy-log")
    assert log.inputs["name"] == f"/aws/rds/proxy/{proxy.inputs['name']}"
    assert (log.inputs["retentionInDays"], log.protect) == (365, True)
    assert takes_from(new_stack, log, "kmsKeyId", aws.kms.Key) == {"encryption-logs"}
    assert waits_for(new_stack, proxy, aws.cloudwatch.LogGroup) == {"database-proxy-log"}


def test_the_proxy_is_led_to_another_instance_under_the_same_address() -> None:
    """It takes one instance at a time, so the first is let go before the second is taken."""
    stack = rendered({"database.restore": {"from": "before-the-mistake"}, "database.use": "restored"}, preview=False)
    target = stack.one(aws.rds.ProxyTarget, "database-proxy-target")
    assert target.delete_before_replace
    assert target.inputs["dbInstanceIdentifier"] == stack.one(aws.rds.Instance, "restored").inputs["identifier"]
    assert told(stack)["HOST"] == told(stack)["READERS"] == "database-proxy.proxy-c1a2b3.rds.amazonaws.com"
    assert logins(stack) == ["prx-database-proxy/api"]


def test_a_proxy_may_be_there_before_anybody_uses_it() -> None:
    """It then may log in as nobody: IAM takes no statement on nothing."""
    stack = rendered({"services.api.uses": []})
    assert [made.name for made in stack.of(aws.iam.RolePolicy) if made.name.startswith("database-proxy")] == []
    assert len(stack.of(aws.rds.Proxy)) == 1
