import pulumi_aws as aws
import pytest

from components.endpoints import INTERFACES
from tests.graph import names, statements, takes_from
from tests.rendering import Rendering


def test_an_instance_reaches_all_that_it_calls(new_stack: Rendering) -> None:
    """Boot, image, log, parameters, secrets, keys and Session Manager, with no internet at all."""
    made = {endpoint.inputs["serviceName"].removeprefix("com.amazonaws.eu-west-1.") for endpoint in new_stack.of(aws.ec2.VpcEndpoint)}
    assert made == {"s3", "ec2", "ecr.api", "ecr.dkr", "logs", "ssm", "ssmmessages", "secretsmanager", "kms"}


@pytest.mark.parametrize("service", INTERFACES)
def test_an_interface_endpoint_serves_the_account_privately(old_stack: Rendering, service: str) -> None:
    """In each zone, under the service's usual name, behind its group, for principals of this account."""
    endpoint = old_stack.one(aws.ec2.VpcEndpoint, f"endpoints-{service.replace('.', '-')}")
    assert endpoint.inputs["vpcEndpointType"] == "Interface"
    assert endpoint.inputs["privateDnsEnabled"] is True
    assert takes_from(old_stack, endpoint, "subnetIds", aws.ec2.Subnet) == {f"network-app-{zone}" for zone in "abc"}
    assert takes_from(old_stack, endpoint, "securityGroupIds", aws.ec2.SecurityGroup) == {"firewall-endpoints"}
    (statement,) = statements(endpoint.inputs["policy"]).values()
    assert statement["Condition"] == {"StringEquals": {"aws:PrincipalAccount": "123456789012"}}


def test_s3_is_read_through_the_application_tier_s_tables(old_stack: Rendering) -> None:
    """Image layers and packages are fetched; nothing is written through it."""
    endpoint = old_stack.one(aws.ec2.VpcEndpoint, "endpoints-s3")
    assert endpoint.inputs["vpcEndpointType"] == "Gateway"
    tables = takes_from(old_stack, endpoint, "routeTableIds", aws.ec2.RouteTable)
    assert tables == names(old_stack.of(aws.ec2.RouteTable)) - {"network-public", "network-data"}
    assert [statement["Action"] for statement in statements(endpoint.inputs["policy"]).values()] == [["s3:GetObject"]]
